using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.AdversarialRandomForest;

/// <summary>FORGE: a leaf with probability ∝ w_l Π_{j∈E} p_lj(E_j), then each column on its own inside it.</summary>
internal sealed class FittedAdversarialRandomForest(Descriptor descriptor, Schema schema, ForestColumn[] columns, LeafDensities densities, FitReport report) : FittedTableSynthesizer
{
    public override Descriptor Descriptor { get; } = descriptor;

    public override Schema Schema { get; } = schema;

    public override FitReport Report { get; } = report;

    public static FittedAdversarialRandomForest Load(ModelReader reader)
    {
        ForestColumn[] columns = [.. reader.Schema.Columns.Select((c, j) => ForestColumn.Load(reader, j, c))];
        return new FittedAdversarialRandomForest(AdversarialRandomForestSynthesizer.Registration.Descriptor, reader.Schema, columns, LeafDensities.Load(reader, columns), FitReport.Empty);
    }

    public override void Save(ModelWriter writer)
    {
        for (int j = 0; j < columns.Length; j++)
            columns[j].Save(writer, j);
        densities.Save(writer);
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    protected override Table SampleChunk(int rows, RandomStream stream, IReadOnlyList<Condition> conditions)
    {
        Condition?[] evidence = [.. Schema.Columns.Select(c => conditions.FirstOrDefault(w => w.Column == c.Name))];
        double[] cumulative = Cumulative(evidence);
        double[][] cells = [.. columns.Select(_ => new double[rows])];
        for (int i = 0; i < rows; i++)
        {
            int leaf = Find(cumulative, stream.NextDouble() * cumulative[^1]);
            for (int j = 0; j < cells.Length; j++)
                cells[j][i] = densities.Columns[j].Draw(leaf, stream, evidence[j]);
        }

        return new Table(Schema, columns.Select((c, j) => c.ToColumn(cells[j])));
    }

    /// <summary>Running sums of the leaf weights given the evidence.</summary>
    private double[] Cumulative(Condition?[] evidence)
    {
        double[] cumulative = new double[densities.Weights.Length];
        double run = 0;
        for (int l = 0; l < cumulative.Length; l++)
        {
            double weight = densities.Weights[l];
            for (int j = 0; j < evidence.Length && weight > 0; j++)
                weight *= evidence[j] is { } condition ? densities.Columns[j].Mass(l, condition) : 1;
            cumulative[l] = run += weight;
        }

        return run > 0
            ? cumulative
            : throw new SynthesisException($"The model gives no probability to the conditions on {string.Join(", ", evidence.OfType<Condition>().Select(c => $"'{c.Column}'"))} together; widen one condition.");
    }

    /// <summary>The first leaf whose running sum exceeds <paramref name="u"/>.</summary>
    private static int Find(double[] cumulative, double u)
    {
        int low = 0, high = cumulative.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] > u)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
