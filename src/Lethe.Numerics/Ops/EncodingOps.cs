using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Fixed encodings of positions and times by sines and cosines.</summary>
public static class EncodingOps
{
    private const double Period = 10_000;

    /// <summary>
    /// [sin(tω), cos(tω)] with ω_j = 10000^(−j/(width/2 − 1)), j = 0 … width/2 − 1 (Ho et al. 2020): the usual encoding of a
    /// diffusion step; also for times in hours. No gradient.
    /// </summary>
    /// <param name="tape">Where the result lives.</param>
    /// <param name="times">One per row.</param>
    /// <param name="width">Even, at least 2.</param>
    /// <returns>[times, width].</returns>
    public static Tensor TimeEncoding(this Tape tape, ReadOnlySpan<double> times, int width)
    {
        ArgumentNullException.ThrowIfNull(tape);
        RequireEven("TimeEncoding", width);
        int half = width / 2;
        Tensor y = tape.Input(new Shape(times.Length, width));
        Span<Real> values = y.Values;
        for (int j = 0; j < half; j++)
        {
            double frequency = half == 1 ? 1 : Math.Pow(Period, -(double)j / (half - 1));
            for (int row = 0; row < times.Length; row++)
            {
                values[(row * width) + j] = (Real)Math.Sin(times[row] * frequency);
                values[(row * width) + half + j] = (Real)Math.Cos(times[row] * frequency);
            }
        }

        return y;
    }

    /// <summary>
    /// PE[t, 2j] = sin(t·10000^(−2j/width)), PE[t, 2j + 1] = cos of the same (Vaswani et al. 2017). Add it to [examples, steps,
    /// width]. No gradient.
    /// </summary>
    /// <param name="tape">Where the result lives.</param>
    /// <param name="steps">Positions 0 … steps − 1.</param>
    /// <param name="width">Even, at least 2.</param>
    /// <returns>[steps, width].</returns>
    public static Tensor PositionEncoding(this Tape tape, int steps, int width)
    {
        ArgumentNullException.ThrowIfNull(tape);
        RequireEven("PositionEncoding", width);
        Tensor y = tape.Input(new Shape(steps, width));
        Span<Real> values = y.Values;
        for (int j = 0; j < width; j += 2)
        {
            double frequency = Math.Pow(Period, -(double)j / width);
            for (int t = 0; t < steps; t++)
            {
                values[(t * width) + j] = (Real)Math.Sin(t * frequency);
                values[(t * width) + j + 1] = (Real)Math.Cos(t * frequency);
            }
        }

        return y;
    }

    private static void RequireEven(string operation, int width)
    {
        if (width < 2 || width % 2 != 0)
            throw new ArgumentException($"{operation}: a width of {width} is not a positive even number.", nameof(width));
    }
}
