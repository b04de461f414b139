namespace Lethe.Studies.Selection;

/// <summary>One criterion of the automatic choice.</summary>
/// <param name="Name">Name in the selection table.</param>
/// <param name="Metric">The registered metric that computes it; null for the utility difference.</param>
/// <param name="Figure">Identifier of the figure.</param>
/// <param name="Badness">From the figure to a number of which smaller is better.</param>
internal sealed record Criterion(string Name, string? Metric, string Figure, Func<double, double> Badness)
{
    /// <summary>The five criteria: usefulness, detectability, pairs, coverage, and closeness to the patients learnt from.</summary>
    public static IReadOnlyList<Criterion> All { get; } =
    [
        new("AUROC difference to training on real", null, "utility.mean-auroc-difference", d => -d),
        new("detection AUC by a forest (0.5 best)", "c2st-forest", "fidelity.c2st-forest", auc => Math.Abs(auc - 0.5)),
        new("bivariate accuracy, relative (1 best)", "accuracy", "fidelity.a2-relative", a => Math.Abs(1 - a)),
        new("coverage", "prdc", "fidelity.coverage", c => -c),
        new("closer to training than to unseen patients (0.5 or less best)", "closer-to-train", "fidelity.closer-to-train", s => Math.Max(0, s - 0.5)),
    ];
}
