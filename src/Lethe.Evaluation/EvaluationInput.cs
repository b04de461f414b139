using Lethe.Data.Tables;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Plausibility;
using Lethe.Evaluation.Utility;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation;

/// <summary>What an evaluation compares and how.</summary>
public sealed record EvaluationInput
{
    /// <summary>Real rows that the generator saw.</summary>
    public required Table Train { get; init; }

    /// <summary>Real rows that it never saw; null: no reference figures and no utility.</summary>
    public Table? Holdout { get; init; }

    /// <summary>Synthetic rows.</summary>
    public required Table Synthetic { get; init; }

    /// <summary>Target column of downstream models; null for the schema's, or none.</summary>
    public string? Target { get; init; }

    /// <summary>Decides every draw of the evaluation.</summary>
    public required Seed Seed { get; init; }

    /// <summary>False skips fidelity.</summary>
    public bool Fidelity { get; init; } = true;

    /// <summary>False skips utility.</summary>
    public bool Utility { get; init; } = true;

    /// <summary>False skips fairness.</summary>
    public bool Fairness { get; init; } = true;

    /// <summary>Grouping columns of the fairness part; null for the usual ones (sex, ethnicity, site, age bands, quasi-identifiers with few levels).</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Learners and designs of the utility part.</summary>
    public UtilityOptions UtilityOptions { get; init; } = new();

    /// <summary>Columns of survival time and event; null: no survival figures.</summary>
    public (string Time, string Event)? Survival { get; init; }

    /// <summary>Rules on plausible rows.</summary>
    public IReadOnlyList<PlausibilityRule> Rules { get; init; } = [];

    /// <summary>How many rows costly figures look at.</summary>
    public RowLimits Limits { get; init; } = new();

    /// <summary>Told what is being computed; may be null.</summary>
    public IProgress<EvaluationProgress>? Progress { get; init; }

    /// <summary>Stops the work between figures.</summary>
    public CancellationToken Cancellation { get; init; }
}
