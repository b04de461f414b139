namespace Lethe.Evaluation.Statistics;

/// <summary>Ranks with ties, and the rank correlations built on them.</summary>
public static class Ranks
{
    /// <summary>Ranks from 1 in ascending order; tied values share the mean of their ranks.</summary>
    public static double[] Average(ReadOnlySpan<double> values)
    {
        (double[] sorted, int[] order) = Sort(values);
        double[] ranks = new double[sorted.Length];
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            double rank = (start + 1 + end) / 2.0;
            for (int i = start; i < end; i++)
                ranks[order[i]] = rank;
            start = end;
        }

        return ranks;
    }

    /// <summary>Σ (t³ − t) over groups of t tied values: the usual tie correction.</summary>
    public static double TieCorrection(ReadOnlySpan<double> values)
    {
        (double[] sorted, _) = Sort(values);
        double sum = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            double t = end - start;
            sum += (t * t * t) - t;
            start = end;
        }

        return sum;
    }

    /// <summary>Spearman correlation: Pearson on average ranks; NaN when either vector is constant.</summary>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Moments.Pearson(Average(x), Average(y));

    /// <summary>Kendall's τ-b = (C − D)/√((n₀ − n₁)(n₀ − n₂)), O(n²); NaN when either vector is constant.</summary>
    /// <exception cref="ArgumentException">The vectors differ in length.</exception>
    public static double KendallTauB(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        StatisticsThrow.UnlessSameLength(x.Length, y.Length);
        long balance = 0, untiedX = 0, untiedY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = i + 1; j < x.Length; j++)
            {
                int a = Math.Sign(x[i] - x[j]), b = Math.Sign(y[i] - y[j]);
                balance += a * b;
                untiedX += a * a;
                untiedY += b * b;
            }
        }

        return balance / Math.Sqrt((double)untiedX) / Math.Sqrt((double)untiedY);
    }

    private static (double[] Sorted, int[] Order) Sort(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        return (sorted, order);
    }
}
