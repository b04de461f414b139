namespace Lethe.Evaluation.Utility;

/// <summary>What a utility evaluation does.</summary>
public sealed record UtilityOptions
{
    /// <summary>Downstream learners. Fewer save time; <see cref="Learner.Core"/> is what published comparisons use.</summary>
    public IReadOnlyList<Learner> Learners { get; init; } = Learner.All;

    /// <summary>Also train on S and test on S, on R and test on S, and on both together.</summary>
    public bool OtherDesigns { get; init; } = true;

    /// <summary>Compare permutation importances and coefficients of models trained on real and on synthetic data.</summary>
    public bool Importances { get; init; } = true;

    /// <summary>Bootstrap resamples of the holdout behind intervals without a formula, 0 for none; cut on large holdouts to 2 million drawn rows, but not below 200.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>Resamples for a holdout of this size.</summary>
    internal int ResamplesFor(int rows) => Math.Min(Resamples, Math.Max(200, 2_000_000 / Math.Max(1, rows)));

    /// <summary>Most rows of each table; larger tables are subsampled by the seed.</summary>
    public int MaxRows { get; init; } = 10_000;
}
