namespace Lethe.Evaluation.Statistics;

/// <summary>Means, variances and correlations of plain vectors. Sums are compensated (Neumaier 1974), so their order hardly matters.</summary>
public static class Moments
{
    /// <summary>Σ x, compensated.</summary>
    public static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0, compensation = 0;
        foreach (double v in values)
        {
            double t = sum + v;
            compensation += Math.Abs(sum) >= Math.Abs(v) ? (sum - t) + v : (v - t) + sum;
            sum = t;
        }

        return sum + compensation;
    }

    /// <summary>Arithmetic mean; NaN without values.</summary>
    public static double Mean(ReadOnlySpan<double> values) => Sum(values) / values.Length;

    /// <summary>Variance with divisor n − 1; NaN with fewer than two values.</summary>
    public static double SampleVariance(ReadOnlySpan<double> values) =>
        values.Length < 2 ? double.NaN : SumOfSquares(values, Mean(values)) / (values.Length - 1);

    /// <summary>Standard deviation with divisor n − 1; NaN with fewer than two values.</summary>
    public static double SampleDeviation(ReadOnlySpan<double> values) => Math.Sqrt(SampleVariance(values));

    /// <summary>Variance with divisor n; NaN without values.</summary>
    public static double PopulationVariance(ReadOnlySpan<double> values) => SumOfSquares(values, Mean(values)) / values.Length;

    /// <summary>Standard deviation with divisor n; NaN without values.</summary>
    public static double PopulationDeviation(ReadOnlySpan<double> values) => Math.Sqrt(PopulationVariance(values));

    /// <summary>Pearson correlation, −1 … 1; NaN when either vector is constant or shorter than 2.</summary>
    /// <exception cref="ArgumentException">The vectors differ in length.</exception>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        StatisticsThrow.UnlessSameLength(x.Length, y.Length);
        if (x.Length < 2 || IsConstant(x) || IsConstant(y))
            return double.NaN;

        double mx = Mean(x), my = Mean(y), sxx = 0, syy = 0, sxy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double dx = x[i] - mx, dy = y[i] - my;
            sxx += dx * dx;
            syy += dy * dy;
            sxy += dx * dy;
        }

        return Math.Clamp(sxy / Math.Sqrt(sxx) / Math.Sqrt(syy), -1, 1);
    }

    /// <summary>True when all values are equal (also when there are none).</summary>
    public static bool IsConstant(ReadOnlySpan<double> values)
    {
        foreach (double v in values)
        {
            if (v != values[0])
                return false;
        }

        return true;
    }

    private static double SumOfSquares(ReadOnlySpan<double> values, double mean)
    {
        double sum = 0;
        foreach (double v in values)
            sum += (v - mean) * (v - mean);
        return sum;
    }
}
