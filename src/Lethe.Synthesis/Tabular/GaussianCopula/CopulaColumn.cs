using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.GaussianCopula;

/// <summary>A column as a copula has it: its marginal distribution, tied to none, one or two latent normal dimensions.</summary>
internal abstract class CopulaColumn
{
    // A score at probability 0 or 1 would be infinite.
    private const double Edge = 1e-6;

    /// <summary>Number of latent dimensions.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Learns the marginal of a training column.</summary>
    public static CopulaColumn Fit(Column column) => column is NumericColumn numbers ? NumericQuantiles.Fit(numbers) : LevelIntervals.Fit((DiscreteColumn)column);

    /// <summary>The scores of the training rows in every dimension.</summary>
    public abstract IEnumerable<LatentDimension> Score(Column column, RandomStream random);

    /// <summary>The column of latent rows.</summary>
    /// <param name="schema">Schema of the column.</param>
    /// <param name="z">rows × <paramref name="stride"/>, row-major.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="stride">Latent dimensions in all.</param>
    /// <param name="offset">The column's first dimension.</param>
    /// <param name="condition">The condition that the latent rows meet, or null.</param>
    public abstract Column Invert(ColumnSchema schema, ReadOnlySpan<double> z, int rows, int stride, int offset, Condition? condition);

    /// <summary>Per dimension the latent ranges whose values meet a condition; null when none does.</summary>
    public abstract LatentRange[][]? Preimage(Condition condition);

    public abstract void Save(ModelWriter writer, int column);

    public static CopulaColumn Load(ModelReader reader, int column, ColumnSchema schema) =>
        schema.IsNumeric ? NumericQuantiles.Load(reader, column) : LevelIntervals.Load(reader, column, schema);

    protected static double NormalScore(double u) => StandardNormal.Inverse(Math.Clamp(u, Edge, 1 - Edge));

    /// <summary>Dimension of a discrete content: scores drawn uniformly inside each level's interval.</summary>
    /// <param name="levels">Level of each row.</param>
    /// <param name="ends">Interval ends in probability, 0 = ends[0] … ends[K] = 1.</param>
    /// <param name="random">One draw a row.</param>
    protected static LatentDimension Discrete(int[] levels, double[] ends, RandomStream random)
    {
        double[] scores = new double[levels.Length];
        for (int i = 0; i < levels.Length; i++)
            scores[i] = NormalScore(ends[levels[i]] + ((ends[levels[i] + 1] - ends[levels[i]]) * random.NextOpenDouble()));
        return new LatentDimension(scores, levels, [.. ends.Select(StandardNormal.Inverse)]);
    }

    /// <summary>Ends of consecutive intervals with lengths in proportion to the counts.</summary>
    protected static double[] IntervalEnds(ReadOnlySpan<int> counts)
    {
        long total = 0, run = 0;
        foreach (int count in counts)
            total += count;
        double[] ends = new double[counts.Length + 1];
        for (int k = 0; k < counts.Length; k++)
        {
            run += counts[k];
            ends[k + 1] = (double)run / total;
        }

        return ends;
    }
}
