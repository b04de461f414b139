namespace Lethe.Results;

/// <summary>
/// What these attacks, with this knowledge, on this data, found. Never evidence that nothing can be found.
/// </summary>
public sealed record PrivacySection
{
    /// <summary>Formal claim in one sentence, or that there is none.</summary>
    public required string Claim { get; init; }

    /// <summary>One entry per attack that was run.</summary>
    public required IReadOnlyList<AttackResult> Attacks { get; init; }

    /// <summary>Exact and near copies, with the holdout's own rate as control.</summary>
    public required IReadOnlyList<Measure> Copies { get; init; }

    /// <summary>Distances to the closest record: diagnosis only, never support for a claim.</summary>
    public required IReadOnlyList<Measure> Distances { get; init; }

    /// <summary>Cumulative distances to the closest record (x distance, y share of records within it), e.g. of synthetic to training rows.</summary>
    public IReadOnlyList<Series> DistanceCurves { get; init; } = [];

    /// <summary>Positive and negative controls of the attacks; empty when none were run.</summary>
    public IReadOnlyList<ControlResult> Controls { get; init; } = [];

    /// <summary>The same attacks on the most exposed patients and on subgroups, each named by <see cref="Measure.Subject"/>; never a single patient.</summary>
    public IReadOnlyList<Measure> Exposed { get; init; } = [];

    /// <summary>The audit's verdict in one sentence with its level of access, or null when none was formed.</summary>
    public string? Verdict { get; init; }

    /// <summary>What was not tested, one sentence each.</summary>
    public required IReadOnlyList<string> NotTested { get; init; }

    /// <summary>Why the section holds no figures (e.g. no holdout), or null.</summary>
    public string? NotComputedBecause { get; init; }
}

/// <summary>What one attack found.</summary>
public sealed record AttackResult
{
    /// <summary>The attack.</summary>
    public required Descriptor Attack { get; init; }

    /// <summary>What the attack tries to learn.</summary>
    public AttackArea Area { get; init; } = AttackArea.Membership;

    /// <summary>Level of access T0–T6 and what the adversary holds, in words.</summary>
    public required string ThreatModel { get; init; }

    /// <summary>AUC, TPR at low FPR and advantage with intervals; ideal = value of blind guessing.</summary>
    public required IReadOnlyList<Measure> Measures { get; init; }

    /// <summary>ROC curve, or empty.</summary>
    public IReadOnlyList<Series> Roc { get; init; } = [];

    /// <summary>Candidates that were members of the training data.</summary>
    public int Members { get; init; }

    /// <summary>Candidates that were not.</summary>
    public int NonMembers { get; init; }

    /// <summary>The finding in one sentence, worded so that nobody reads "safe" into it.</summary>
    public required string Finding { get; init; }

    /// <summary>What the attack would have detected with this many candidates, one sentence; or null.</summary>
    public string? Power { get; init; }
}
