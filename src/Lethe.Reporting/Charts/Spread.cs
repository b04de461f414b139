namespace Lethe.Reporting.Charts;

/// <summary>Mean and standard deviation of finite values, for the tables under scatter charts.</summary>
internal static class Spread
{
    public static double Mean(IReadOnlyList<double> values) => values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    public static double Deviation(IReadOnlyList<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length < 2)
            return double.NaN;
        double mean = finite.Average();
        return Math.Sqrt(finite.Sum(v => (v - mean) * (v - mean)) / (finite.Length - 1));
    }
}
