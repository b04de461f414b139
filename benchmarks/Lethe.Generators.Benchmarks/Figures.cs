namespace Lethe.Generators.Benchmarks;

/// <summary>What one generator reached on one split.</summary>
/// <param name="Auc">Mean AUROC of three learners trained on synthetic rows, tested on the real holdout.</param>
/// <param name="Accuracy">Mean accuracy of the same.</param>
/// <param name="A1">Univariate accuracy on ten real bins.</param>
/// <param name="A2">Bivariate accuracy.</param>
/// <param name="Quality">Compatibility score, all pairs.</param>
/// <param name="ForestC2st">Pooled out-of-fold AUROC of a forest that tells synthetic from real.</param>
/// <param name="Coverage">PRDC coverage of the holdout, Gower, k = 5.</param>
/// <param name="CloserToTrain">Share of synthetic rows closer to training than to as many holdout rows.</param>
/// <param name="Seconds">Wall time of fitting and sampling.</param>
/// <param name="Choice">What <c>auto</c> chose, or null.</param>
internal sealed record Figures(
    double Auc, double Accuracy, double A1, double A2, double Quality, double ForestC2st, double Coverage, double CloserToTrain, double Seconds, string? Choice = null);
