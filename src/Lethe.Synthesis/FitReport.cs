using Lethe.Results;

namespace Lethe.Synthesis;

/// <summary>What a fit has to tell the report: curves, deviations, what was learnt by pre-processing, notices. No patient values.</summary>
public sealed record FitReport
{
    /// <summary>Losses or held-out scores over training.</summary>
    public IReadOnlyList<Results.Series> Training { get; init; } = [];

    /// <summary>Deviations from the paper, one sentence each.</summary>
    public IReadOnlyList<string> Deviations { get; init; } = [];

    /// <summary>What pre-processing learnt from the data, one sentence each.</summary>
    public IReadOnlyList<string> LearntFromData { get; init; } = [];

    /// <summary>Notices for this data, e.g. settings switched by size.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>An empty report.</summary>
    public static FitReport Empty { get; } = new();
}
