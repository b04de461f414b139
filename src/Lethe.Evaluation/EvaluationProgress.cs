namespace Lethe.Evaluation;

/// <summary>How far an evaluation is.</summary>
/// <param name="Step">What is being computed, for people.</param>
/// <param name="Share">Share done, 0–1.</param>
public sealed record EvaluationProgress(string Step, double Share);
