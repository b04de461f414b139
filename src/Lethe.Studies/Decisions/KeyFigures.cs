namespace Lethe.Studies.Decisions;

/// <summary>Which figures answer which question of the decision page.</summary>
internal static class KeyFigures
{
    /// <summary>
    /// Detection by the learners that see dependence; the one that succeeds best counts. Agreement of margins and pairs alone would
    /// not do: on small tables independent columns reach it too.
    /// </summary>
    public static IReadOnlyList<string> Detection { get; } = ["fidelity.c2st-forest", "fidelity.c2st-boosting"];

    /// <summary>Distance from chance of a recurrent network's accuracy in telling courses apart.</summary>
    public const string Courses = "series.discriminative";

    /// <summary>Bivariate accuracy relative to what a fresh real sample of the same size would reach; 1 is perfect.</summary>
    public const string Pairs = "fidelity.a2-relative";

    /// <summary>Trained on synthetic minus trained on real, tested on the holdout, mean over learners: AUROC where the target has classes, else R².</summary>
    public static IReadOnlyList<string> Useful { get; } = ["utility.mean-auroc-difference", "utility.mean-r2-difference"];
}
