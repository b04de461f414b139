namespace Lethe.Synthesis.Encoders;

/// <summary>Scales a numeric column linearly: [lower, upper] ↔ [low, 1] with low = −1 (for tanh outputs) or 0 (for sigmoid outputs). A constant column is the middle.</summary>
/// <param name="Lower">Smallest observed value.</param>
/// <param name="Upper">Largest observed value, not below <paramref name="Lower"/>.</param>
/// <param name="Symmetric">True: −1 … 1; false: 0 … 1.</param>
public readonly record struct MinMaxScale(double Lower, double Upper, bool Symmetric = true)
{
    /// <summary>The scaled value.</summary>
    public double Forward(double x)
    {
        double share = Upper > Lower ? (x - Lower) / (Upper - Lower) : 0.5;
        return Symmetric ? (2 * share) - 1 : share;
    }

    /// <summary>The value of a scaled one; outputs beyond the ends give the ends.</summary>
    public double Inverse(double y)
    {
        double share = Math.Clamp(Symmetric ? (y + 1) / 2 : y, 0, 1);
        return Lower + (share * (Upper - Lower));
    }
}
