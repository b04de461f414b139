namespace Lethe.Studies.Decisions;

/// <summary>Which figure answers which question of the decision page.</summary>
internal static class KeyFigures
{
    /// <summary>Bivariate accuracy; its reference is the real holdout's.</summary>
    public const string Faithful = "fidelity.a2";

    /// <summary>AUROC of train on synthetic minus train on real, tested on the holdout, mean over learners.</summary>
    public const string Useful = "utility.auroc-difference";
}
