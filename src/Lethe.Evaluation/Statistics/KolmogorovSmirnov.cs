using System.Numerics;

namespace Lethe.Evaluation.Statistics;

/// <summary>The two-sample Kolmogorov–Smirnov statistic and its p-values.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>max_x |F_a(x) − F_b(x)| of right-continuous empirical distribution functions; NaN when either is empty.</summary>
    public static double Statistic(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.IsEmpty || b.IsEmpty)
            return double.NaN;
        double[] x = Sorted(a), y = Sorted(b);
        double largest = 0;
        for (int i = 0, j = 0; i < x.Length || j < y.Length;)
        {
            double at = j >= y.Length || (i < x.Length && x[i] <= y[j]) ? x[i] : y[j];
            while (i < x.Length && x[i] <= at)
                i++;
            while (j < y.Length && y[j] <= at)
                j++;
            largest = Math.Max(largest, Math.Abs(((double)i / x.Length) - ((double)j / y.Length)));
        }

        return largest;
    }

    /// <summary>
    /// Exact two-sided p-value P(D ≥ d) without ties, by counting lattice paths that stay strictly inside the band
    /// |i/m − j/n| &lt; d (Hodges 1958). O(mn): for sizes up to 10 000.
    /// </summary>
    public static double ExactP(double d, int m, int n)
    {
        // Whole-number band: |i·n − j·m| < h, in units of 1/lcm(m, n); d is a multiple of that unit.
        long g = (long)BigInteger.GreatestCommonDivisor(m, n);
        long stepX = n / g, stepY = m / g, h = (long)Math.Round(d * stepX * m);
        if (h == 0)
            return 1;

        // Probability that a random path passes (i, j) without having left the band: a path reaches (i, j) from the left with
        // probability i/(i + j), from below with j/(i + j), given that it is uniform among all paths to (i, j).
        double[] inside = new double[n + 1];
        for (int i = 0; i <= m; i++)
        {
            for (int j = 0; j <= n; j++)
            {
                if (Math.Abs((i * stepX) - (j * stepY)) >= h)
                    inside[j] = 0;
                else if (i == 0 && j == 0)
                    inside[j] = 1;
                else if (i == 0)
                    inside[j] = inside[j - 1];
                else if (j > 0)
                    inside[j] = ((inside[j] * i) + (inside[j - 1] * j)) / (i + j);
            }
        }

        return Math.Clamp(1 - inside[n], 0, 1);
    }

    /// <summary>Large-sample p-value: P(D_N ≥ d) of the one-sample statistic with N = round(mn/(m + n)).</summary>
    public static double AsymptoticP(double d, int m, int n) =>
        KolmogorovDistribution.Survival(d, Math.Max(1, (int)Math.Round((double)m * n / ((double)m + n))));

    /// <summary>Kolmogorov's limit distribution: P(√N·D ≥ <paramref name="t"/>) = 2Σ(−1)^{k−1}e^{−2k²t²}.</summary>
    public static double Kolmogorov(double t)
    {
        if (t < 0.2)
            return 1;
        double sum = 0;
        for (int k = 1; k <= 100; k++)
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * t * t);
        return Math.Clamp(sum, 0, 1);
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
