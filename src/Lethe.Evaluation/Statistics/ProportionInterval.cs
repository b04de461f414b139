using Lethe.Results;
using MathNet.Numerics.Distributions;

namespace Lethe.Evaluation.Statistics;

/// <summary>Confidence intervals of a proportion k/n.</summary>
public static class ProportionInterval
{
    /// <summary>Wilson's score interval (Wilson 1927); for n = 0 the whole of [0, 1].</summary>
    public static Interval Wilson(int successes, int n, double level = 0.95)
    {
        Check(successes, n);
        if (n == 0)
            return new Interval(0, 1, "Wilson", level);
        double z = Gaussian.Critical(level), z2 = z * z, p = (double)successes / n;
        double centre = (p + (z2 / (2 * n))) / (1 + (z2 / n));
        double half = z / (1 + (z2 / n)) * Math.Sqrt((p * (1 - p) / n) + (z2 / (4.0 * n * n)));
        return new Interval(successes == 0 ? 0 : centre - half, successes == n ? 1 : centre + half, "Wilson", level);
    }

    /// <summary>The exact interval of Clopper and Pearson (1934): never covers less than its level; for n = 0 the whole of [0, 1].</summary>
    public static Interval ClopperPearson(int successes, int n, double level = 0.95)
    {
        Check(successes, n);
        double alpha = (1 - level) / 2;
        double lower = successes == 0 ? 0 : Beta.InvCDF(successes, n - successes + 1, alpha);
        double upper = successes == n ? 1 : Beta.InvCDF(successes + 1, n - successes, 1 - alpha);
        return new Interval(lower, upper, "Clopper–Pearson", level);
    }

    /// <summary>Two-sided exact binomial test of success probability ½: twice the smaller tail, at most 1.</summary>
    public static double SignTest(int successes, int n)
    {
        Check(successes, n);
        return n == 0 ? 1 : Math.Min(1, 2 * Binomial.CDF(0.5, n, Math.Min(successes, n - successes)));
    }

    private static void Check(int successes, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, n);
    }
}
