using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.DiffusionTs.Network;

/// <summary>
/// A polynomial in time for every feature: coefficients w[p, f] of p = 1 … 3 from the hidden state, trend[τ, f] = Σ_p w[p, f]·(τ/(T + 1))^p
/// for τ = 1 … T (paper, eq. 5).
/// </summary>
internal sealed class TrendBlock : Layer
{
    /// <summary>Degree of the polynomial.</summary>
    public const int Degree = 3;

    private readonly Conv1d _overFeatures, _overCoefficients;
    private readonly Parameter _powers;

    public TrendBlock(DenoiserShape shape, Seed seed)
    {
        ConvOptions same = new() { Padding = 1 };
        _overFeatures = Register("features", new Conv1d(shape.Steps, Degree, 3, seed.Derive("features"), same));
        _overCoefficients = Register("coefficients", new Conv1d(shape.Width, shape.Features, 3, seed.Derive("coefficients"), same));
        _powers = Powers(shape.Steps);
    }

    /// <summary>[examples, T, F].</summary>
    /// <param name="x">The hidden state with steps as columns, [examples, d, T].</param>
    public override Tensor Forward(Tensor x)
    {
        Tensor hidden = _overFeatures.Forward(x).Gelu(); // [e, d, 3]
        return Curve(_overCoefficients.Forward(hidden.TransposeInner()), _powers); // [e, 3, F] → [e, T, F]
    }

    /// <summary>The polynomials of these coefficients.</summary>
    /// <param name="coefficients">[examples, 3, F].</param>
    /// <param name="powers">What <see cref="Powers"/> gives.</param>
    public static Tensor Curve(Tensor coefficients, Parameter powers) => coefficients.MapSteps(powers);

    /// <summary>(τ/(T + 1))^p, [T, 3], constant.</summary>
    public static Parameter Powers(int steps)
    {
        Parameter powers = new("powers", new Shape(steps, Degree), trainable: false);
        for (int t = 0; t < steps; t++)
        {
            for (int p = 0; p < Degree; p++)
                powers.Values[(t * Degree) + p] = (float)Math.Pow((t + 1.0) / (steps + 1), p + 1);
        }

        return powers;
    }
}
