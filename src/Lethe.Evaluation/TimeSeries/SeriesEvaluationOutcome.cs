using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries;

/// <summary>What an evaluation of synthetic stays found.</summary>
/// <param name="Series">Fidelity of courses.</param>
/// <param name="Utility">Outcome models; null when skipped or impossible.</param>
/// <param name="UtilityNotComputedBecause">Why there is no utility; null when there is.</param>
public sealed record SeriesEvaluationOutcome(SeriesSection Series, UtilitySection? Utility, string? UtilityNotComputedBecause);
