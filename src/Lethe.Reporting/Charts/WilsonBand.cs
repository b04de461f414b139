using Lethe.Results;

namespace Lethe.Reporting.Charts;

/// <summary>Pointwise Wilson intervals of a rate along a curve, for drawing.</summary>
internal static class WilsonBand
{
    // Two-sided 95 % of the normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>Lower and upper curve around shares that were observed among <paramref name="n"/> cases.</summary>
    public static (Series Lower, Series Upper) Around(Series curve, int n)
    {
        double[] lower = new double[curve.Y.Count], upper = new double[curve.Y.Count];
        for (int i = 0; i < curve.Y.Count; i++)
        {
            double p = curve.Y[i], denominator = 1 + (Z * Z / n);
            double centre = (p + (Z * Z / (2.0 * n))) / denominator;
            double half = Z / denominator * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4.0 * n * n)));
            lower[i] = Math.Max(0, centre - half);
            upper[i] = Math.Min(1, centre + half);
        }

        return (curve with { Y = lower }, curve with { Y = upper });
    }
}
