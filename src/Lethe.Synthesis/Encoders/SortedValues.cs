namespace Lethe.Synthesis.Encoders;

/// <summary>The observed values of a numeric column in ascending order, which breaks every tie to the rows they came from.</summary>
public static class SortedValues
{
    /// <summary>The values without NaN, ascending.</summary>
    public static double[] Of(ReadOnlySpan<double> values)
    {
        List<double> observed = new(values.Length);
        foreach (double v in values)
        {
            if (!double.IsNaN(v))
                observed.Add(v);
        }

        double[] sorted = [.. observed];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>Type-7 quantile: linear interpolation at (n − 1)·p.</summary>
    /// <param name="sorted">n ≥ 1 values, ascending.</param>
    /// <param name="p">Probability in [0, 1].</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double p)
    {
        double position = (sorted.Length - 1) * Math.Clamp(p, 0, 1);
        int low = (int)Math.Floor(position);
        if (low >= sorted.Length - 1)
            return sorted[^1];
        double share = position - low;
        return sorted[low] + (share * (sorted[low + 1] - sorted[low]));
    }

    /// <summary>Number of values below, and number of values not above <paramref name="x"/>.</summary>
    public static (int Below, int NotAbove) Rank(ReadOnlySpan<double> sorted, double x) => (LowerBound(sorted, x), UpperBound(sorted, x));

    /// <summary>Number of values below <paramref name="x"/>.</summary>
    public static int LowerBound(ReadOnlySpan<double> sorted, double x)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < x)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Number of values not above <paramref name="x"/>.</summary>
    public static int UpperBound(ReadOnlySpan<double> sorted, double x)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= x)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
