using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>
/// What a clinical figure looks at. Synthetic and holdout stays are cut at random to the same number, because most distances shrink with the size
/// of a set: only then is the holdout's figure the floor of the synthetic one.
/// </summary>
internal sealed class StayMetricInput
{
    /// <summary>Lays the cohorts on one grid, fitted on the training stays.</summary>
    /// <exception cref="ArgumentException">The cohorts do not have the same channels.</exception>
    public StayMetricInput(Cohort train, Cohort? holdout, Cohort synthetic, GridOptions grid, Seed seed, CancellationToken cancellation = default)
    {
        Codec = GridCodec.Fit(train, grid);
        int n = holdout is null ? synthetic.Count : Math.Min(holdout.Count, synthetic.Count);
        Train = StaySet.Of(train, Codec);
        Synthetic = StaySet.Of(Cut(synthetic, n, seed.Stream("synthetic-stays")), Codec);
        Holdout = holdout is null ? null : StaySet.Of(Cut(holdout, n, seed.Stream("holdout-stays")), Codec);
        (Seed, Cancellation) = (seed, cancellation);
    }

    public GridCodec Codec { get; }

    /// <summary>All training stays.</summary>
    public StaySet Train { get; }

    /// <summary>Synthetic stays, as many as of the holdout at most.</summary>
    public StaySet Synthetic { get; }

    /// <summary>Holdout stays, as many as synthetic ones at most; null without a holdout.</summary>
    public StaySet? Holdout { get; }

    public Seed Seed { get; }

    public CancellationToken Cancellation { get; }

    private static Cohort Cut(Cohort cohort, int n, RandomStream stream)
    {
        if (cohort.Count <= n)
            return cohort;
        int[] rows = stream.Permutation(cohort.Count)[..n];
        Array.Sort(rows);
        return cohort.Take(rows);
    }
}
