namespace Lethe.Results;

/// <summary>Everything a formal privacy claim rests on. Present only when a method earned a claim.</summary>
public sealed record PrivacyCard
{
    /// <summary>Unit of privacy, e.g. <c>the patient with all episodes</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Neighbouring relation: <c>add or remove one patient</c>, or <c>replace one patient</c>.</summary>
    public required string Relation { get; init; }

    /// <summary>The spent ε, rounded up.</summary>
    public required double Epsilon { get; init; }

    /// <summary>The δ of the claim; 0 for pure differential privacy.</summary>
    public required double Delta { get; init; }

    /// <summary>How δ was chosen, e.g. <c>below 1/n</c>.</summary>
    public string? DeltaRule { get; init; }

    /// <summary>The mechanism, e.g. <c>DP-SGD with Gaussian noise</c>.</summary>
    public required string Mechanism { get; init; }

    /// <summary>Clipping norm, or null where the mechanism has none.</summary>
    public double? ClippingNorm { get; init; }

    /// <summary>Noise multiplier, or null.</summary>
    public double? NoiseMultiplier { get; init; }

    /// <summary>Number of noisy steps, or null.</summary>
    public int? Steps { get; init; }

    /// <summary>Sampling as executed: <c>Poisson</c>, <c>fixed batch</c>, <c>full</c>.</summary>
    public string? Sampling { get; init; }

    /// <summary>Sampling rate, 0–1, or null.</summary>
    public double? SamplingRate { get; init; }

    /// <summary>The accountant with version.</summary>
    public required string Accountant { get; init; }

    /// <summary>ε at the same δ by each accountant that knows the mechanism, the deciding one first.</summary>
    public IReadOnlyList<Measure> Accountants { get; init; } = [];

    /// <summary>Every use of the real data, in order.</summary>
    public IReadOnlyList<LedgerLine> Ledger { get; init; } = [];

    /// <summary>Source of the protective noise.</summary>
    public string? RandomSource { get; init; }

    /// <summary>Numeric hazards (floating-point noise and kin) and what is done about each.</summary>
    public IReadOnlyList<string> NumericHazards { get; init; } = [];

    /// <summary>Earlier releases from the same patients and the composed total, or null when none is known.</summary>
    public string? EarlierReleases { get; init; }

    /// <summary>Who may see intermediate states.</summary>
    public string? IntermediateStates { get; init; }

    /// <summary>Assumptions of the claim.</summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];

    /// <summary>Who reviewed the claim and when, or null.</summary>
    public string? Review { get; init; }
}

/// <summary>One use of the real data.</summary>
/// <param name="Use">What was computed from the data.</param>
/// <param name="Cost">How it is covered: the budget it spent, <c>public</c>, or <c>outside the claim</c>.</param>
public sealed record LedgerLine(string Use, string Cost);
