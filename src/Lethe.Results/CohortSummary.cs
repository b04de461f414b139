namespace Lethe.Results;

/// <summary>What a cohort of hospital stays looks like: counts, Table 1 by outcome, and per channel how often, how much and how related over time. Aggregates only.</summary>
public sealed record CohortSummary
{
    /// <summary>Name of the cohort.</summary>
    public required string Name { get; init; }

    /// <summary>Number of stays.</summary>
    public required int Stays { get; init; }

    /// <summary>Number of patients; as many as stays when no patient key is known.</summary>
    public required int Patients { get; init; }

    /// <summary>Number of events.</summary>
    public required long Events { get; init; }

    /// <summary>Hours of the window that the hourly figures cover.</summary>
    public required int Hours { get; init; }

    /// <summary>Main outcome, or null.</summary>
    public string? Outcome { get; init; }

    /// <summary>Groups of Table 1: all stays, then one a level of the outcome, with their sizes.</summary>
    public required IReadOnlyList<CohortGroup> Groups { get; init; }

    /// <summary>Table 1.</summary>
    public required IReadOnlyList<TableOneRow> TableOne { get; init; }

    /// <summary>One entry a channel.</summary>
    public required IReadOnlyList<ChannelSummary> Channels { get; init; }

    /// <summary>Events left out on reading, by reason: (reason, count), most first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> LeftOut { get; init; } = [];
}

/// <summary>A group of stays.</summary>
/// <param name="Name">For example <c>all</c> or <c>died = 1</c>.</param>
/// <param name="Stays">How many.</param>
public sealed record CohortGroup(string Name, int Stays);

/// <summary>One row of Table 1.</summary>
/// <param name="Label">Attribute, or attribute and level.</param>
/// <param name="Cells">Text per group: median [quartiles], or count (share).</param>
/// <param name="Missing">Missing cells in the whole cohort.</param>
public sealed record TableOneRow(string Label, IReadOnlyList<string> Cells, int Missing);

/// <summary>One channel of a cohort.</summary>
public sealed record ChannelSummary
{
    /// <summary>Channel name.</summary>
    public required string Channel { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Unit, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>Readings in all.</summary>
    public required long Readings { get; init; }

    /// <summary>Share of stays with at least one reading, 0–1.</summary>
    public required double StaysObserved { get; init; }

    /// <summary>Mean readings per stay and day, over the hours that stays last.</summary>
    public required double PerDay { get; init; }

    /// <summary>Quantiles 0.05, 0.25, 0.5, 0.75, 0.95 of the readings; empty without readings.</summary>
    public required IReadOnlyList<double> Quantiles { get; init; }

    /// <summary>Share of the stays still there in each hour that have a reading in it, 0–1.</summary>
    public required IReadOnlyList<double> ObservedByHour { get; init; }

    /// <summary>Median of the hourly means over stays, by hour; null where fewer than ten stays have one.</summary>
    public required IReadOnlyList<double?> MedianByHour { get; init; }

    /// <summary>Lower quartile of the same.</summary>
    public required IReadOnlyList<double?> LowerByHour { get; init; }

    /// <summary>Upper quartile of the same.</summary>
    public required IReadOnlyList<double?> UpperByHour { get; init; }

    /// <summary>Correlation of a reading with the same stay's reading 1, 2, 3, 6, 12 and 24 hours later (hourly means); null where fewer than thirty pairs.</summary>
    public required IReadOnlyList<double?> Autocorrelation { get; init; }

    /// <summary>Lags of <see cref="Autocorrelation"/> in hours.</summary>
    public static IReadOnlyList<int> Lags { get; } = [1, 2, 3, 6, 12, 24];
}
