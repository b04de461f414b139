using MathNet.Numerics;

namespace Lethe.Synthesis.Encoders;

/// <summary>Distribution function, its inverse, and draws of the standard normal, with tails that stay accurate.</summary>
internal static class StandardNormal
{
    private const double SqrtTwo = 1.4142135623730951;

    /// <summary>Φ(x), accurate in the lower tail.</summary>
    public static double Cdf(double x) => 0.5 * SpecialFunctions.Erfc(-x / SqrtTwo);

    /// <summary>Φ⁻¹(p) for p in [0, 1].</summary>
    public static double Inverse(double p) => p switch
    {
        <= 0 => double.NegativeInfinity,
        >= 1 => double.PositiveInfinity,
        _ => -SqrtTwo * SpecialFunctions.ErfcInv(2 * p),
    };

    /// <summary>Φ(b) − Φ(a) for a ≤ b, without cancellation when both lie in the upper tail.</summary>
    public static double Mass(double a, double b) => a > 0 ? Cdf(-a) - Cdf(-b) : Cdf(b) - Cdf(a);

    /// <summary>The quantile at <paramref name="u"/> of the standard normal cut to [a, b], by inverse distribution function.</summary>
    /// <param name="a">Lower end, may be −∞.</param>
    /// <param name="b">Upper end above <paramref name="a"/>, may be +∞.</param>
    /// <param name="u">In (0, 1).</param>
    public static double TruncatedInverse(double a, double b, double u)
    {
        // Work in the tail that holds the interval: 1 − Φ loses everything beyond eight standard deviations.
        if (a > 0)
            return -TruncatedInverse(-b, -a, 1 - u);
        double low = Cdf(a), high = Cdf(b);
        double x = Inverse(low + (u * (high - low)));
        // An interval that far out has no mass left in doubles: spread over it evenly where it is finite.
        if (!double.IsFinite(x))
            x = double.IsFinite(a) && double.IsFinite(b) ? a + (u * (b - a)) : double.IsFinite(b) ? b : a;
        return Math.Clamp(x, a, b);
    }
}
