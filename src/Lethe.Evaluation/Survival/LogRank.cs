using Lethe.Evaluation.Statistics;

namespace Lethe.Evaluation.Survival;

/// <summary>The log-rank test of two groups (Mantel 1966): χ² with one degree of freedom, hypergeometric variance.</summary>
public static class LogRank
{
    /// <summary>The test; NaN when no event happens while both groups are at risk.</summary>
    public static TwoSampleTests.Result Test(SurvivalData first, SurvivalData second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        SurvivalData pooled = new([.. first.Times, .. second.Times], [.. first.Events, .. second.Events]);
        double observed = 0, expected = 0, variance = 0;
        foreach ((double time, int n, int d, _) in pooled.Steps())
        {
            if (d == 0)
                continue;
            double n1 = first.Times.Count(t => t >= time), d1 = 0;
            for (int i = 0; i < first.Count; i++)
                d1 += first.Events[i] && first.Times[i] == time ? 1 : 0;
            observed += d1;
            expected += d * n1 / n;
            if (n > 1)
                variance += d * (n1 / n) * (1 - (n1 / n)) * (n - d) / (n - 1.0);
        }

        double chi2 = (observed - expected) * (observed - expected) / variance;
        return new TwoSampleTests.Result(chi2, double.IsNaN(chi2) ? double.NaN : TwoSampleTests.ChiSquareSurvival(chi2, 1), 1);
    }
}
