namespace Lethe.Synthesis.Tabular.GaussianCopula;

/// <summary>One latent normal dimension as the fit sees it: the training rows' scores and, for a discrete one, their levels.</summary>
/// <param name="Scores">Normal scores; NaN where a row does not tell.</param>
/// <param name="Levels">Level of each row in latent order 0 … K − 1; null for a numeric dimension.</param>
/// <param name="Thresholds">τ₀ = −∞ &lt; τ₁ &lt; … &lt; τ_K = +∞: level k owns (τ_k, τ_{k+1}]; null for a numeric dimension.</param>
internal sealed record LatentDimension(double[] Scores, int[]? Levels = null, double[]? Thresholds = null);

/// <summary>A range of a latent dimension that a condition accepts; both ends may be infinite, or equal for a single value.</summary>
internal readonly record struct LatentRange(double Low, double High);
