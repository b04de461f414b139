using Lethe.Data.Tables;
using Lethe.Evaluation.Plausibility;
using Lethe.Evaluation.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Metrics;

/// <summary>What a metric gets: the real training rows paired with the synthetic ones and, where there is a holdout, with it. All aligned.</summary>
public sealed class MetricInput
{
    /// <summary>Aligns the tables and pairs them.</summary>
    /// <param name="train">Real rows that the generator saw.</param>
    /// <param name="synthetic">Synthetic rows.</param>
    /// <param name="holdout">Real rows that the generator never saw, or null.</param>
    /// <param name="seed">Decides subsamples, folds and permutations.</param>
    /// <exception cref="Data.Problems.DataException">The tables do not have the same columns.</exception>
    public MetricInput(Table train, Table synthetic, Table? holdout, Seed seed)
    {
        Table[] aligned = holdout is null ? TableAlignment.Align(train, synthetic) : TableAlignment.Align(train, synthetic, holdout);
        Synthetic = new TablePair(aligned[0], aligned[1], seed);
        Holdout = holdout is null ? null : new TablePair(aligned[0], aligned[2], seed);
        Seed = seed;
    }

    /// <summary>Training rows against synthetic rows.</summary>
    public TablePair Synthetic { get; }

    /// <summary>Training rows against holdout rows; null without a holdout.</summary>
    public TablePair? Holdout { get; }

    /// <summary>Decides every random draw.</summary>
    public Seed Seed { get; }

    /// <summary>Rules on plausible rows; may be empty.</summary>
    public IReadOnlyList<PlausibilityRule> Rules { get; init; } = [];

    /// <summary>How many rows the costly figures look at.</summary>
    public RowLimits Limits { get; init; } = new();

    /// <summary>Stops the work between figures.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Rows that every table has, at most <paramref name="most"/>: for figures that need tables of one size.</summary>
    public int CommonRows(int most) =>
        Math.Min(Math.Min(Synthetic.Real.RowCount, Synthetic.Other.RowCount), Math.Min(Holdout?.Other.RowCount ?? most, most));
}
