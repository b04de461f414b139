using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.GaussianCopula;

/// <summary>The fitted copula: marginals and R. Sampling: z = Lε, u = Φ(z), x = F⁻¹(u).</summary>
internal sealed class FittedGaussianCopula(Descriptor descriptor, Schema schema, CopulaColumn[] columns, double[,] r, double[,] factor) : FittedTableSynthesizer
{
    public override Descriptor Descriptor { get; } = descriptor;

    public override Schema Schema { get; } = schema;

    public override FitReport Report { get; } = new()
    {
        Deviations =
        [
            "Marginals are empirical, not fitted parametric families.",
            "Correlations with discrete columns are maximum likelihood estimates unless 'discrete-correlation' is 'drawn'.",
            "Missing values of a numeric column are modelled by an indicator of their own.",
        ],
        LearntFromData = ["The sorted values of every numeric column.", "The level frequencies of every discrete column.", "Missing shares.", "One correlation matrix."],
    };

    /// <summary>Latent dimensions in all.</summary>
    private int Dimensions => r.GetLength(0);

    public static FittedGaussianCopula Load(ModelReader reader)
    {
        CopulaColumn[] columns = [.. reader.Schema.Columns.Select((c, j) => CopulaColumn.Load(reader, j, c))];
        int d = columns.Sum(c => c.Dimensions);
        double[] flat = reader.FiniteDoubles("correlation", d, d);
        double[,] r = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                r[i, j] = flat[(i * d) + j];
        }

        double[,] factor = Cholesky.TryFactor(r) ?? throw new InvalidDataException("The model's 'correlation' is not positive definite: the file is damaged.");
        return new FittedGaussianCopula(GaussianCopulaSynthesizer.Registration.Descriptor, reader.Schema, columns, r, factor);
    }

    public override void Save(ModelWriter writer)
    {
        writer.Add("correlation", [.. r.Cast<double>()], Dimensions, Dimensions);
        for (int j = 0; j < columns.Length; j++)
            columns[j].Save(writer, j);
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    protected override Table SampleChunk(int rows, RandomStream stream, IReadOnlyList<Condition> conditions)
    {
        ConditionedNormal normal = new(r, factor, Held(conditions));
        int d = Dimensions;
        double[] z = new double[rows * d], scratch = new double[d];
        for (int i = 0; i < rows; i++)
            normal.Draw(stream, z.AsSpan(i * d, d), scratch);

        List<Column> made = [];
        int offset = 0;
        for (int j = 0; j < columns.Length; j++)
        {
            Condition? condition = conditions.FirstOrDefault(c => c.Column == Schema.Columns[j].Name);
            made.Add(columns[j].Invert(Schema.Columns[j], z, rows, d, offset, condition));
            offset += columns[j].Dimensions;
        }

        return new Table(Schema, made);
    }

    private Dictionary<int, LatentRange[]> Held(IReadOnlyList<Condition> conditions)
    {
        Dictionary<int, LatentRange[]> held = [];
        foreach (Condition condition in conditions)
        {
            int column = Schema.IndexOf(condition.Column), offset = columns.Take(column).Sum(c => c.Dimensions);
            LatentRange[][] ranges = columns[column].Preimage(condition)
                ?? throw new SynthesisException($"No value that column '{condition.Column}' can take meets its condition; widen the condition.");
            for (int k = 0; k < ranges.Length; k++)
                held[offset + k] = ranges[k];
        }

        return held;
    }
}
