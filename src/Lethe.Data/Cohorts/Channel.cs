using Lethe.Data.Schemas;

namespace Lethe.Data.Cohorts;

/// <summary>One measured quantity of a cohort. Immutable.</summary>
public sealed record Channel
{
    /// <summary>Harmonised name, snake case, the same across databases, e.g. <c>heart_rate</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it measures.</summary>
    public required ChannelKind Kind { get; init; }

    /// <summary>Unit in UCUM spelling, e.g. <c>/min</c>, <c>mg/dL</c>; null when dimensionless.</summary>
    public string? Unit { get; init; }

    /// <summary>Name for people, e.g. <c>Heart rate</c>.</summary>
    public string? Title { get; init; }

    /// <summary>Physiologically plausible range in <see cref="Unit"/>; readings outside are handled by stated rules and counted.</summary>
    public Bounds? PlausibleRange { get; init; }

    /// <summary>Levels of a categorical channel, by code; else empty.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>Decimals readings were recorded with (0–7).</summary>
    public int Decimals { get; init; } = 2;

    /// <summary>LOINC code, or null.</summary>
    public string? Loinc { get; init; }
}
