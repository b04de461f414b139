namespace Lethe.Studies.Decisions;

/// <summary>Which figure answers which question of the decision page.</summary>
internal static class KeyFigures
{
    /// <summary>Bivariate accuracy relative to what a fresh real sample of the same size would reach; 1 is perfect.</summary>
    public const string Faithful = "fidelity.a2-relative";

    /// <summary>Trained on synthetic minus trained on real, tested on the holdout, mean over learners: AUROC where the target has classes, else R².</summary>
    public static IReadOnlyList<string> Useful { get; } = ["utility.mean-auroc-difference", "utility.mean-r2-difference"];
}
