using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;

namespace Lethe.Evaluation.TimeSeries;

/// <summary>What an evaluation of synthetic stays compares.</summary>
public sealed record SeriesEvaluationInput
{
    /// <summary>Real stays that the generator saw.</summary>
    public required Cohort Train { get; init; }

    /// <summary>Real stays that it never saw; null: no reference figures and no utility.</summary>
    public Cohort? Holdout { get; init; }

    /// <summary>Synthetic stays, with the same channels in the same order.</summary>
    public required Cohort Synthetic { get; init; }

    /// <summary>Static column with two values that outcome models predict; null for the training cohort's first outcome, or none.</summary>
    public string? Outcome { get; init; }

    /// <summary>The grid on which steps are compared.</summary>
    public GridOptions Grid { get; init; } = new();
}
