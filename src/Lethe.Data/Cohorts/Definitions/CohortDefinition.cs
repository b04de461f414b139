using Lethe.Data.Cohorts.Reading;

namespace Lethe.Data.Cohorts.Definitions;

/// <summary>
/// Who belongs to a cohort, which hours and channels of their stay, and what is predicted. The same definition applies to
/// every database, because it speaks of harmonised columns and channels only. Written as YAML (<see cref="CohortYaml"/>).
/// Immutable.
/// </summary>
public sealed record CohortDefinition
{
    /// <summary>Name, also of the file that ships with it, e.g. <c>adult-first-48h</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for people.</summary>
    public string? Title { get; init; }

    /// <summary>Least age in completed years, included; null: any. A stay without age is left out when an age is asked for.</summary>
    public double? MinimumAge { get; init; }

    /// <summary>Greatest age in completed years, included; null: any. Ages over 89 are recorded as 90.</summary>
    public double? MaximumAge { get; init; }

    /// <summary>Only the first stay of each patient.</summary>
    public bool FirstStayOnly { get; init; }

    /// <summary>Least length of the stay in hours, included; null: any.</summary>
    public double? MinimumHours { get; init; }

    /// <summary>Greatest length of the stay in hours, included; null: any.</summary>
    public double? MaximumHours { get; init; }

    /// <summary>Hours of the stay that are kept; null: all.</summary>
    public CohortWindow? Window { get; init; }

    /// <summary>Least number of events in the window.</summary>
    public int MinimumEvents { get; init; }

    /// <summary>Names of the channels that are kept; null: all that the source has.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>Names of the static attributes that are kept besides identifiers and outcomes; null: all.</summary>
    public IReadOnlyList<string>? Statics { get; init; }

    /// <summary>What is predicted; null: death in hospital where the source records it, else the source's own outcomes.</summary>
    public CohortOutcome? Outcome { get; init; }

    /// <summary>Days after which a stay counts as long, for <see cref="CohortOutcome.LongStay"/>: strictly more.</summary>
    public double LongStayDays { get; init; } = 7;

    /// <summary>What happens to readings outside a channel's plausible range.</summary>
    public ImplausibleRule Implausible { get; init; } = ImplausibleRule.LeaveOut;

    /// <summary>Every stay with every event.</summary>
    public static CohortDefinition Everything { get; } = new() { Name = "all-stays", Title = "Every stay, every event" };
}

/// <summary>The hours of a stay that are kept, both ends included. Immutable.</summary>
/// <param name="From">First hour since admission; negative reaches before it.</param>
/// <param name="To">Last hour since admission.</param>
public sealed record CohortWindow(double From, double To)
{
    /// <summary>True when a time in hours since admission lies inside.</summary>
    public bool Contains(double hours) => hours >= From && hours <= To;
}

/// <summary>What a cohort is there to predict.</summary>
public enum CohortOutcome
{
    /// <summary>Death before discharge from hospital.</summary>
    InHospitalDeath,

    /// <summary>A stay of more than <see cref="CohortDefinition.LongStayDays"/> days in the unit (in hospital where the source has only that).</summary>
    LongStay,
}
