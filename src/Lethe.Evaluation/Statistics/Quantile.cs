namespace Lethe.Evaluation.Statistics;

/// <summary>Sample quantiles of type 7 (Hyndman and Fan 1996): linear interpolation at position (n − 1)p.</summary>
public static class Quantile
{
    /// <summary>The <paramref name="p"/>-quantile of values in ascending order.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double p)
    {
        StatisticsThrow.IfEmpty(sorted.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        double position = (sorted.Length - 1) * p;
        int lower = (int)Math.Floor(position);
        if (lower + 1 >= sorted.Length)
            return sorted[^1];
        double fraction = position - lower, a = sorted[lower], b = sorted[lower + 1];

        // Interpolating from the nearer end keeps the result between a and b and exact at both.
        return fraction < 0.5 ? a + (fraction * (b - a)) : b - ((1 - fraction) * (b - a));
    }

    /// <summary>The <paramref name="p"/>-quantile of values in any order; they must not be NaN.</summary>
    public static double Of(ReadOnlySpan<double> values, double p)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return OfSorted(sorted, p);
    }

    /// <summary>The middle value, or the mean of the two middle ones.</summary>
    public static double Median(ReadOnlySpan<double> values) => Of(values, 0.5);
}
