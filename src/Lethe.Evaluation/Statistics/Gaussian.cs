using MathNet.Numerics;

namespace Lethe.Evaluation.Statistics;

/// <summary>The standard normal distribution.</summary>
public static class Gaussian
{
    /// <summary>Φ(<paramref name="z"/>), accurate in the lower tail.</summary>
    public static double Cdf(double z) => 0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2);

    /// <summary>1 − Φ(<paramref name="z"/>), accurate in the upper tail.</summary>
    public static double Survival(double z) => Cdf(-z);

    /// <summary>Φ⁻¹(<paramref name="p"/>); ∓∞ at 0 and 1.</summary>
    public static double Quantile(double p) => -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * p);

    /// <summary>P(|Z| ≥ |<paramref name="z"/>|).</summary>
    public static double TwoSided(double z) => 2 * Survival(Math.Abs(z));

    /// <summary>The half-width in standard errors of a two-sided interval of this <paramref name="level"/>: 1.96 at 0.95.</summary>
    public static double Critical(double level) => Quantile((1 + level) / 2);
}
