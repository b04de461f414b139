namespace Lethe.Results;

/// <summary>Do fidelity and utility hold for every group, and who disappeared?</summary>
public sealed record FairnessSection
{
    /// <summary>What was done, in one or two sentences: which attributes, which learner, which holdout.</summary>
    public required string Design { get; init; }

    /// <summary>One entry per group, attributes together.</summary>
    public required IReadOnlyList<GroupFairness> Groups { get; init; }

    /// <summary>Differences between groups (demographic parity, equal opportunity …); value = trained on synthetic, reference = trained on real.</summary>
    public IReadOnlyList<Measure> Gaps { get; init; } = [];
}

/// <summary>One group, e.g. women.</summary>
public sealed record GroupFairness
{
    /// <summary>The grouping column, e.g. <c>sex</c>.</summary>
    public required string Attribute { get; init; }

    /// <summary>The group's label.</summary>
    public required string Group { get; init; }

    /// <summary>Patients of the group in the holdout.</summary>
    public required int Holdout { get; init; }

    /// <summary>Share of the group in the training data, 0–1.</summary>
    public required double RealShare { get; init; }

    /// <summary>Share of the group in the synthetic data, 0–1.</summary>
    public required double SyntheticShare { get; init; }

    /// <summary>Fidelity and utility within the group, each with its reference.</summary>
    public IReadOnlyList<Measure> Measures { get; init; } = [];

    /// <summary>True when the group is too small for its figures to be relied on.</summary>
    public bool Unreliable { get; init; }
}
