namespace Lethe.Learning.Boosting;

/// <summary>Whether boosting watches a held-out part of the rows and stops when its loss no longer falls.</summary>
public enum EarlyStopping
{
    /// <summary>Only above 10 000 rows.</summary>
    Auto,

    /// <summary>Always.</summary>
    On,

    /// <summary>Never: all iterations run.</summary>
    Off,
}

/// <summary>Histogram gradient boosting's settings; the defaults are those of the reference.</summary>
public sealed record HistogramGradientBoostingOptions
{
    /// <summary>Shrinkage of each tree, &gt; 0.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Boosting iterations, ≥ 1: one tree each, or one per class for more than two classes.</summary>
    public int Iterations { get; init; } = 100;

    /// <summary>Most leaves of a tree, ≥ 2; null = no limit.</summary>
    public int? MaxLeaves { get; init; } = 31;

    /// <summary>Largest number of splits above a leaf, ≥ 1; null = no limit.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>Fewest rows in a leaf, ≥ 1. Lower it below 100 rows, where the default allows hardly any split.</summary>
    public int MinSamplesLeaf { get; init; } = 20;

    /// <summary>λ ≥ 0, the L2 penalty on leaf values.</summary>
    public double L2 { get; init; }

    /// <summary>Most bins of a feature, 2 … 255, not counting the one for missing values.</summary>
    public int MaxBins { get; init; } = 255;

    /// <summary>When to stop early.</summary>
    public EarlyStopping EarlyStopping { get; init; } = EarlyStopping.Auto;

    /// <summary>Share of rows held out for early stopping, in (0, 1).</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Stop when the held-out loss has not improved over this many iterations.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Smallest fall of the held-out loss that counts as an improvement.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>Most threads to use on large tables; null = all processors. Results do not depend on it.</summary>
    public int? MaxThreads { get; init; }

    internal void Validate()
    {
        Positive(LearningRate, nameof(LearningRate));
        ArgumentOutOfRangeException.ThrowIfLessThan(Iterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLeaves ?? 2, 2, nameof(MaxLeaves));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDepth ?? 1, 1, nameof(MaxDepth));
        ArgumentOutOfRangeException.ThrowIfLessThan(MinSamplesLeaf, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(L2);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBins, 255);
        Positive(ValidationShare, nameof(ValidationShare));
        Positive(1 - ValidationShare, nameof(ValidationShare));
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Tolerance);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxThreads ?? 1, 1, nameof(MaxThreads));
    }

    private static void Positive(double value, string name)
    {
        if (!(value > 0))
            throw new ArgumentOutOfRangeException(name, value, "Must be positive (a share must be below 1).");
    }
}
