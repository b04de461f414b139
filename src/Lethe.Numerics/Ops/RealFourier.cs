using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Where the factor of a Fourier transform of length n stands.</summary>
public enum FourierScale
{
    /// <summary>1 forward, 1/n back: "backward" in NumPy and PyTorch.</summary>
    OnInverse,

    /// <summary>1/√n both ways: "ortho".</summary>
    Orthonormal,

    /// <summary>1/n forward, 1 back: "forward".</summary>
    OnForward,
}

/// <summary>
/// The discrete Fourier transform of real sequences along their steps, X_k = Σ_t x_t e^(−2πikt/n), k = 0 … ⌊n/2⌋, by dense
/// cosine and sine matrices: no slower than a fast transform up to a few hundred steps, exact to rounding, and its gradient is
/// the transposed product. Immutable; make it once per length.
/// </summary>
public sealed class RealFourier
{
    private readonly Parameter _cosine, _sine, _inverseCosine, _inverseSine;

    /// <summary>For sequences of this length.</summary>
    /// <param name="steps">n, at least 1; meant for up to 256.</param>
    /// <param name="scale">Where the factor stands.</param>
    public RealFourier(int steps, FourierScale scale = FourierScale.OnInverse)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        Steps = steps;
        Bins = (steps / 2) + 1;
        double forward = scale switch { FourierScale.OnInverse => 1, FourierScale.Orthonormal => 1 / Math.Sqrt(steps), _ => 1.0 / steps };
        double back = 1 / (forward * steps);
        _cosine = Table("cosine", Bins, steps);
        _sine = Table("sine", Bins, steps);
        _inverseCosine = Table("inverse cosine", steps, Bins);
        _inverseSine = Table("inverse sine", steps, Bins);
        for (int k = 0; k < Bins; k++)
        {
            // Bins other than 0 and n/2 stand for their conjugates too.
            double twice = k == 0 || 2 * k == steps ? 1 : 2;
            for (int t = 0; t < steps; t++)
            {
                double angle = 2 * Math.PI * ((long)k * t % steps) / steps;
                _cosine.Values[(k * steps) + t] = (Real)(forward * Math.Cos(angle));
                _sine.Values[(k * steps) + t] = (Real)(-forward * Math.Sin(angle));
                _inverseCosine.Values[(t * Bins) + k] = (Real)(back * twice * Math.Cos(angle));
                _inverseSine.Values[(t * Bins) + k] = (Real)(-back * twice * Math.Sin(angle));
            }
        }
    }

    /// <summary>n.</summary>
    public int Steps { get; }

    /// <summary>⌊n/2⌋ + 1.</summary>
    public int Bins { get; }

    /// <summary>Real and imaginary parts, [examples, bins, channels] each, of [examples, steps, channels].</summary>
    public (Tensor Real, Tensor Imaginary) Forward(Tensor x) => (x.MapSteps(_cosine), x.MapSteps(_sine));

    /// <summary>The real sequence of these bins; imaginary parts of bin 0 and of bin n/2 are ignored.</summary>
    public Tensor Inverse(Tensor real, Tensor imaginary) => real.MapSteps(_inverseCosine) + imaginary.MapSteps(_inverseSine);

    private static Parameter Table(string name, int rows, int columns) => new(name, new Shape(rows, columns), trainable: false);
}
