using Lethe.Evaluation.Statistics;

namespace Lethe.Audit.Statistics;

/// <summary>Two one-sided tests (Schuirmann 1987) that an area under the curve lies within ½ ± margin: evidence of no more than so much, which a large p-value is not.</summary>
public static class Equivalence
{
    /// <summary>The margin of the audit's verdict.</summary>
    public const double DefaultMargin = 0.05;

    /// <summary>max of the two one-sided p-values; small values support equivalence. 1 when the standard error is unknown.</summary>
    public static double P(double auc, double standardError, double margin = DefaultMargin)
    {
        if (!(standardError > 0))
            return standardError == 0 && Math.Abs(auc - 0.5) < margin ? 0 : 1;
        return Math.Max(
            Gaussian.Survival((auc - 0.5 + margin) / standardError),
            Gaussian.Survival((0.5 + margin - auc) / standardError));
    }
}
