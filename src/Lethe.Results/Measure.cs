namespace Lethe.Results;

/// <summary>
/// One named figure with everything needed to read it: interval, direction, range, reference and sample size. A measure
/// that cannot be computed says why; it is never 0 or 1 in disguise.
/// </summary>
public sealed record Measure
{
    /// <summary>Stable identifier, e.g. <c>fidelity.a2</c>, <c>utility.auroc</c>, <c>attack.gan-leaks.auc</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The value, or null when it was not computed.</summary>
    public double? Value { get; init; }

    /// <summary>Confidence interval of the value, where one can be given.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Which way is better.</summary>
    public Direction Direction { get; init; } = Direction.None;

    /// <summary>The value of a perfect release, e.g. 0.5 for a membership attack's AUC; null when there is none.</summary>
    public double? Ideal { get; init; }

    /// <summary>Smallest possible value; null when unbounded.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest possible value; null when unbounded.</summary>
    public double? Maximum { get; init; }

    /// <summary>The same figure for the reference: real training data against real holdout, or train-on-real.</summary>
    public double? Reference { get; init; }

    /// <summary>Confidence interval of the reference.</summary>
    public Interval? ReferenceInterval { get; init; }

    /// <summary>What the reference is, e.g. <c>real holdout</c>, <c>trained on real</c>.</summary>
    public string? ReferenceName { get; init; }

    /// <summary>What it is about when not the whole table: a column, a pair of columns, a learner.</summary>
    public string? Subject { get; init; }

    /// <summary>Number of cases behind the value, or null.</summary>
    public int? N { get; init; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public string? NotComputedBecause { get; init; }

    /// <summary>One sentence on how to read it or what is special, or null.</summary>
    public string? Note { get; init; }
}
