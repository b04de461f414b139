using Lethe.Results;

namespace Lethe.Evaluation;

/// <summary>The sections that an evaluation fills.</summary>
/// <param name="Fidelity">Fidelity, null when skipped.</param>
/// <param name="Utility">Utility; null when skipped or impossible.</param>
/// <param name="UtilityNotComputedBecause">Why there is no utility; null when there is.</param>
public sealed record EvaluationOutcome(FidelitySection? Fidelity, UtilitySection? Utility, string? UtilityNotComputedBecause)
{
    /// <summary>Fairness and representativeness; null without a holdout or a grouping column.</summary>
    public FairnessSection? Fairness { get; init; }

    /// <summary>Collapse checks; a release with a failed one is not a success.</summary>
    public IReadOnlyList<Check> CollapseChecks { get; init; } = [];
}
