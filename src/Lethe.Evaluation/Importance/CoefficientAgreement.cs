using Lethe.Evaluation.Statistics;

namespace Lethe.Evaluation.Importance;

/// <summary>
/// Agreement of the coefficients of two regressions on the same features: log odds ratios, log hazard ratios. Karr et al., "A framework for
/// evaluating the utility of data altered to protect confidentiality", 2006.
/// </summary>
/// <param name="SignAgreement">Share of coefficients with the same sign.</param>
/// <param name="IntervalOverlap">Mean overlap of the 95 % intervals, 0 when apart.</param>
/// <param name="InsideShare">Share of the first model's coefficients inside the second's 95 % interval.</param>
/// <param name="StandardisedDifference">Mean |b_S − b_R|/se_R.</param>
public sealed record CoefficientAgreement(double SignAgreement, double IntervalOverlap, double InsideShare, double StandardisedDifference)
{
    /// <summary>Compares coefficients and standard errors; features where a standard error is not a positive number are left out. Null when none is left.</summary>
    public static CoefficientAgreement? Of(ReadOnlySpan<double> real, ReadOnlySpan<double> realErrors, ReadOnlySpan<double> synthetic, ReadOnlySpan<double> syntheticErrors)
    {
        StatisticsThrow.UnlessSameLength(real.Length, realErrors.Length);
        StatisticsThrow.UnlessSameLength(real.Length, synthetic.Length);
        StatisticsThrow.UnlessSameLength(real.Length, syntheticErrors.Length);
        double z = Gaussian.Critical(0.95), sign = 0, overlap = 0, inside = 0, difference = 0;
        int n = 0;
        for (int k = 0; k < real.Length; k++)
        {
            double er = realErrors[k], es = syntheticErrors[k];
            if (!(er > 0) || !(es > 0) || double.IsInfinity(er) || double.IsInfinity(es))
                continue;
            n++;
            double shared = Math.Min(real[k] + (z * er), synthetic[k] + (z * es)) - Math.Max(real[k] - (z * er), synthetic[k] - (z * es));
            overlap += Math.Max(0, 0.5 * ((shared / (2 * z * er)) + (shared / (2 * z * es))));
            sign += Math.Sign(real[k]) == Math.Sign(synthetic[k]) ? 1 : 0;
            inside += Math.Abs(real[k] - synthetic[k]) <= z * es ? 1 : 0;
            difference += Math.Abs(synthetic[k] - real[k]) / er;
        }

        return n == 0 ? null : new CoefficientAgreement(sign / n, overlap / n, inside / n, difference / n);
    }
}
