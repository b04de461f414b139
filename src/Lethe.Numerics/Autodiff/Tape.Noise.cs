using System.Numerics;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Autodiff;

public sealed unsafe partial class Tape
{
    /// <summary>
    /// Independent standard normals, e.g. the latent rows of a generator. By the transform of Box and Muller (1958) on
    /// vectors, one 64-bit draw for two numbers: several times faster than <see cref="RandomStream.FillGaussian"/>. Magnitudes
    /// end at 6.7 (a 31-bit uniform), so never for privacy noise.
    /// </summary>
    public Tensor Gaussian(Shape shape, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Tensor tensor = Allocate(shape);
        int v = Vector<Real>.Count, length = tensor.Length;
        Real* x = tensor.Data;
        const int Pairs = 16; // enough for one vector of any width and both number types
        Real* u = stackalloc Real[Pairs], t = stackalloc Real[Pairs];
        int* bits = stackalloc int[2 * Pairs];
        Vector<Real> toUnit = new((Real)(1.0 / 2147483648.0)), toAngle = new((Real)(Math.PI / 2 / 2147483648.0)), half = new((Real)0.5);
        for (int i = 0; i < length; i += 2 * v)
        {
            // The size of one signed 32-bit draw becomes u in (0, 1], its sign a half turn; the other an angle in [−π/2, π/2].
            for (int j = 0; j < v; j++)
            {
                ulong draw = stream.NextUInt64();
                bits[j] = (int)draw;
                bits[Pairs + j] = (int)(draw >> 32);
            }

            for (int j = 0; j < v; j++)
            {
                u[j] = bits[j];
                t[j] = bits[Pairs + j];
            }

            // |draw|/2³¹, 0 raised to 2⁻³²: converting before scaling keeps the small uniforms, which make the tails, exact.
            Vector<Real> uniform = Vector.Max(Vector.Abs(Vector.Load(u)), half) * toUnit;
            Vector<Real> radius = Vector.CopySign(Vector.SquareRoot(Vector.Log(uniform) * -2), Vector.Load(u)), angle = Vector.Load(t) * toAngle;
            (radius * Cosine(angle)).Store(u);
            (radius * Sine(angle)).Store(t);
            int first = Math.Min(v, length - i), second = Math.Min(v, length - i - v);
            new ReadOnlySpan<Real>(u, first).CopyTo(new Span<Real>(x + i, first));
            if (second > 0)
                new ReadOnlySpan<Real>(t, second).CopyTo(new Span<Real>(x + i + v, second));
        }

        return tensor;
    }

    // Taylor series to x¹¹ and x¹²: errors below 6e-8 and 7e-9 on [−π/2, π/2], without the reduction of a general sine.
    private static Vector<Real> Sine(Vector<Real> x) => x * Horner(x * x, [-1.0 / 39916800, 1.0 / 362880, -1.0 / 5040, 1.0 / 120, -1.0 / 6, 1]);

    private static Vector<Real> Cosine(Vector<Real> x) => Horner(x * x, [1.0 / 479001600, -1.0 / 3628800, 1.0 / 40320, -1.0 / 720, 1.0 / 24, -1.0 / 2, 1]);

    private static Vector<Real> Horner(Vector<Real> x, ReadOnlySpan<double> coefficients)
    {
        Vector<Real> sum = new((Real)coefficients[0]);
        for (int i = 1; i < coefficients.Length; i++)
            sum = (sum * x) + new Vector<Real>((Real)coefficients[i]);
        return sum;
    }
}
