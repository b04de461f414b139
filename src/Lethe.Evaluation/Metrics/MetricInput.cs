using Lethe.Data.Tables;
using Lethe.Evaluation.Plausibility;
using Lethe.Evaluation.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Metrics;

/// <summary>What a metric gets: the real training rows paired with the synthetic ones and, where there is a holdout, with it. All aligned.</summary>
public sealed class MetricInput
{
    private const int SplitCount = 20;

    private readonly Lazy<IReadOnlyList<TablePair>> _realSplits;

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
        _realSplits = new(MakeRealSplits);
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

    /// <summary>
    /// Real against real: training and holdout rows pooled and split anew at random, twenty times, with the sizes that they have. The
    /// spread of a figure over them is the band in which differences mean nothing. Empty without a holdout.
    /// </summary>
    public IReadOnlyList<TablePair> RealSplits => _realSplits.Value;

    /// <summary>Rows that every table has, at most <paramref name="most"/>: for figures that need tables of one size.</summary>
    public int CommonRows(int most) =>
        Math.Min(Math.Min(Synthetic.Real.RowCount, Synthetic.Other.RowCount), Math.Min(Holdout?.Other.RowCount ?? most, most));

    private TablePair[] MakeRealSplits()
    {
        if (Holdout is null)
            return [];
        Table train = TablePair.Cut(Holdout.Real, Limits.Neighbours, Seed.Derive("band-train")), holdout = TablePair.Cut(Holdout.Other, Limits.Neighbours, Seed.Derive("band-holdout"));
        Table pooled = train.Append(holdout);
        return [.. Enumerable.Range(0, SplitCount).Select(k =>
        {
            int[] order = Seed.Stream("band", k).Permutation(pooled.RowCount);
            return new TablePair(pooled.Take(order.AsSpan(0, train.RowCount)), pooled.Take(order.AsSpan(train.RowCount)), Seed.Derive("band", k));
        })];
    }
}
