namespace Lethe.Results;

/// <summary>Are the courses of synthetic stays like those of real ones? Every figure stands beside that of real holdout stays.</summary>
public sealed record SeriesSection
{
    /// <summary>What was done, in one or two sentences: the grid, numbers of stays, repeats.</summary>
    public required string Design { get; init; }

    /// <summary>Hours of a step of the grid.</summary>
    public required double BinHours { get; init; }

    /// <summary>Steps of the grid.</summary>
    public required int Steps { get; init; }

    /// <summary>Stays per table: <c>train</c>, <c>holdout</c>, <c>synthetic</c>.</summary>
    public required IReadOnlyDictionary<string, int> Stays { get; init; }

    /// <summary>Figures of values, of correlations over time and of transitions, over all channels.</summary>
    public required IReadOnlyList<Measure> Values { get; init; }

    /// <summary>Figures of what was observed when, and of lengths of stay.</summary>
    public required IReadOnlyList<Measure> Observation { get; init; }

    /// <summary>Implausible readings, frozen and saw-tooth courses.</summary>
    public required IReadOnlyList<Measure> Plausibility { get; init; }

    /// <summary>Scores of trained judges: can a recurrent network tell the stays apart?</summary>
    public IReadOnlyList<Measure> Detection { get; init; } = [];

    /// <summary>One entry a channel.</summary>
    public required IReadOnlyList<ChannelFidelity> Channels { get; init; }

    /// <summary>Correlations between channels in the same step; null with fewer than two channels.</summary>
    public AssociationMatrices? Correlations { get; init; }

    /// <summary>Correlations of each channel (row) with each (column) one step later.</summary>
    public AssociationMatrices? LaggedCorrelations { get; init; }

    /// <summary>Stays in two dimensions along the leading components of their summaries. A point is a patient: internal edition only.</summary>
    public Projection? Projection { get; init; }

    /// <summary>Neighbourhoods of stays in two dimensions. A point is a patient: internal edition only.</summary>
    public Projection? Neighbourhoods { get; init; }

    /// <summary>Courses of single stays beside each other, some channels. Real ones in the internal edition only.</summary>
    public IReadOnlyList<ExampleCourses> Examples { get; init; } = [];

    /// <summary>What the reader must know about the figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One channel's fidelity.</summary>
public sealed record ChannelFidelity
{
    /// <summary>Channel name.</summary>
    public required string Channel { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Unit, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>Figures of the channel, each with its real-holdout reference.</summary>
    public required IReadOnlyList<Measure> Measures { get; init; }

    /// <summary>Shares of readings per bin or code, each stay counted once; null for a channel that one side never observes.</summary>
    public Distribution? Distribution { get; init; }

    /// <summary>Real stays with any reading: the number that the shares of <see cref="Distribution"/> are of.</summary>
    public required int StaysReal { get; init; }

    /// <summary>Holdout stays with any reading; 0 without a holdout.</summary>
    public int StaysHoldout { get; init; }

    /// <summary>Share of the stays still there at each step that are observed: real.</summary>
    public required IReadOnlyList<double?> ObservedReal { get; init; }

    /// <summary>The same of synthetic stays.</summary>
    public required IReadOnlyList<double?> ObservedSynthetic { get; init; }

    /// <summary>Autocorrelation at lags of 1, 2, … steps: real.</summary>
    public required IReadOnlyList<double?> AutocorrelationReal { get; init; }

    /// <summary>The same of synthetic stays.</summary>
    public required IReadOnlyList<double?> AutocorrelationSynthetic { get; init; }

    /// <summary>The same of holdout stays; empty without a holdout.</summary>
    public IReadOnlyList<double?> AutocorrelationHoldout { get; init; } = [];

    /// <summary>Course of the real stays.</summary>
    public required CourseBand Real { get; init; }

    /// <summary>Course of the synthetic stays.</summary>
    public required CourseBand Synthetic { get; init; }
}

/// <summary>Quartiles of the observed cells by step; null where fewer than ten stays are observed.</summary>
/// <param name="Lower">Lower quartile.</param>
/// <param name="Median">Median.</param>
/// <param name="Upper">Upper quartile.</param>
public sealed record CourseBand(IReadOnlyList<double?> Lower, IReadOnlyList<double?> Median, IReadOnlyList<double?> Upper);

/// <summary>Readings of one channel in some stays, by hour. The names of the series number the stays and identify nobody.</summary>
/// <param name="Channel">Channel name.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Unit">Unit, or null.</param>
/// <param name="Real">Real stays; empty in the release edition.</param>
/// <param name="Synthetic">Synthetic stays.</param>
public sealed record ExampleCourses(string Channel, string Title, string? Unit, IReadOnlyList<Series> Real, IReadOnlyList<Series> Synthetic);
