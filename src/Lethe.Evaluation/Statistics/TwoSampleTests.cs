using MathNet.Numerics.Distributions;

namespace Lethe.Evaluation.Statistics;

/// <summary>Classical two-sample tests, for drill-down only: at n = 300 they accept bad tables, at n = 100 000 they reject good ones.</summary>
public static class TwoSampleTests
{
    /// <summary>A statistic with its two-sided p-value.</summary>
    /// <param name="Statistic">The statistic.</param>
    /// <param name="P">p-value.</param>
    /// <param name="DegreesOfFreedom">Degrees of freedom; 0 where there are none.</param>
    public readonly record struct Result(double Statistic, double P, int DegreesOfFreedom = 0);

    /// <summary>U of the first sample (pairs where it is larger, ties ½) with the normal approximation, tie and continuity corrected.</summary>
    public static Result MannWhitney(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] pooled = [.. a, .. b];
        double[] ranks = Ranks.Average(pooled);
        double n1 = a.Length, n2 = b.Length, n = n1 + n2;
        double u = Moments.Sum(ranks.AsSpan(0, a.Length)) - (n1 * (n1 + 1) / 2);
        double mean = n1 * n2 / 2, variance = n1 * n2 / 12 * (n + 1 - (Ranks.TieCorrection(pooled) / (n * (n - 1))));
        double z = (Math.Max(u, (n1 * n2) - u) - mean - 0.5) / Math.Sqrt(variance);
        return new Result(u, Math.Min(1, 2 * Gaussian.Survival(z)));
    }

    /// <summary>
    /// Anderson–Darling two-sample statistic, mid-rank version, normalised by its mean and standard deviation under the null
    /// (Scholz and Stephens 1987, equation 7); above 1.96 rejects at 5 %.
    /// </summary>
    public static double AndersonDarling(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] x = a.ToArray(), y = b.ToArray();
        Array.Sort(x);
        Array.Sort(y);
        double[] z = [.. x, .. y];
        Array.Sort(z);
        int total = z.Length;
        double statistic = 0;
        foreach (double[] sample in (double[][])[x, y])
        {
            double inner = 0, below = 0;
            for (int start = 0, at = 0; start < total;)
            {
                int end = start;
                while (end < total && z[end] == z[start])
                    end++;
                double l = end - start, pooled = start + (l / 2);
                int first = at;
                while (at < sample.Length && sample[at] == z[start])
                    at++;
                double f = at - first, mid = below + (f / 2);
                below += f;
                double deviation = (total * mid) - (sample.Length * pooled);
                double denominator = (pooled * (total - pooled)) - (total * l / 4);
                if (denominator > 0)
                    inner += l / total * deviation * deviation / denominator;
                start = end;
            }

            statistic += inner / sample.Length;
        }

        statistic *= (total - 1.0) / total;

        // Moments under the null for k = 2 samples.
        int k = 2;
        double big = (1.0 / x.Length) + (1.0 / y.Length), h = 0, g = 0;
        double[] tail = new double[total];
        for (int i = total - 1; i >= 1; i--)
            tail[i - 1] = tail[i] + (1.0 / i);
        h = tail[0];
        for (int i = 1; i <= total - 2; i++)
            g += tail[i] / (total - i);
        double ca = (((4 * g) - 6) * (k - 1)) + ((10 - (6 * g)) * big);
        double cb = (((2 * g) - 4) * k * k) + (8 * h * k) + (((2 * g) - (14 * h) - 4) * big) - (8 * h) + (4 * g) - 6;
        double cc = (((6 * h) + (2 * g) - 2) * k * k) + (((4 * h) - (4 * g) + 6) * k) + (((2 * h) - 6) * big) + (4 * h);
        double cd = (((2 * h) + 6) * k * k) - (4 * h * k);
        double n = total;
        double variance = ((ca * n * n * n) + (cb * n * n) + (cc * n) + cd) / ((n - 1) * (n - 2) * (n - 3));
        return (statistic - (k - 1)) / Math.Sqrt(variance);
    }

    /// <summary>
    /// Pearson's χ² of the 2 × K table of counts without continuity correction; levels that occur in neither sample are dropped.
    /// </summary>
    public static Result ChiSquareHomogeneity(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        StatisticsThrow.UnlessSameLength(first.Length, second.Length);
        double n1 = Moments.Sum(first), n2 = Moments.Sum(second), chi2 = 0;
        int levels = 0;
        for (int k = 0; k < first.Length; k++)
        {
            double column = first[k] + second[k];
            if (column == 0)
                continue;
            levels++;
            double e1 = column * n1 / (n1 + n2), e2 = column * n2 / (n1 + n2);
            chi2 += ((first[k] - e1) * (first[k] - e1) / e1) + ((second[k] - e2) * (second[k] - e2) / e2);
        }

        return levels < 2 || n1 == 0 || n2 == 0
            ? new Result(double.NaN, double.NaN)
            : new Result(chi2, ChiSquareSurvival(chi2, levels - 1), levels - 1);
    }

    /// <summary>P(χ²_df ≥ x).</summary>
    public static double ChiSquareSurvival(double x, double df) =>
        x <= 0 ? 1 : MathNet.Numerics.SpecialFunctions.GammaUpperRegularized(df / 2, x / 2);

    /// <summary>
    /// Friedman's test that k methods rank alike over N blocks: χ²_F with k − 1 degrees of freedom (average ranks, tie corrected).
    /// </summary>
    /// <param name="scores">One array of k scores a block, smaller is better.</param>
    /// <param name="meanRanks">Mean rank of each method, 1 is best.</param>
    public static Result Friedman(IReadOnlyList<double[]> scores, out double[] meanRanks)
    {
        StatisticsThrow.IfEmpty(scores.Count);
        int k = scores[0].Length, blocks = scores.Count;
        meanRanks = new double[k];
        double ties = 0;
        foreach (double[] block in scores)
        {
            StatisticsThrow.UnlessSameLength(block.Length, k);
            double[] ranks = Ranks.Average(block);
            ties += Ranks.TieCorrection(block);
            for (int j = 0; j < k; j++)
                meanRanks[j] += ranks[j] / blocks;
        }

        double sum = 0;
        foreach (double r in meanRanks)
            sum += (r - ((k + 1) / 2.0)) * (r - ((k + 1) / 2.0));
        double correction = 1 - (ties / (blocks * (double)k * ((k * k) - 1)));
        double chi2 = correction > 0 ? 12.0 * blocks / (k * (k + 1)) * sum / correction : 0;
        return new Result(chi2, ChiSquareSurvival(chi2, k - 1), k - 1);
    }

    /// <summary>Holm's (1979) step-down adjusted p-values, in the order given.</summary>
    public static double[] Holm(ReadOnlySpan<double> p)
    {
        double[] sorted = p.ToArray(), adjusted = new double[p.Length];
        int[] order = [.. Enumerable.Range(0, p.Length)];
        Array.Sort(sorted, order);
        double running = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            running = Math.Max(running, Math.Min(1, (sorted.Length - i) * sorted[i]));
            adjusted[order[i]] = running;
        }

        return adjusted;
    }

    /// <summary>
    /// Nemenyi's critical difference of mean ranks at 5 % for k methods over N blocks: q·√(k(k + 1)/(6N)), with q of the
    /// studentised range (Demšar 2006, table 5). For 2 to 10 methods.
    /// </summary>
    public static double NemenyiDifference(int methods, int blocks)
    {
        ReadOnlySpan<double> q = [1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164];
        ArgumentOutOfRangeException.ThrowIfLessThan(methods, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(methods, 10);
        return q[methods - 2] * Math.Sqrt(methods * (methods + 1) / (6.0 * blocks));
    }
}
