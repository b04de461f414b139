using System.Numerics;
using System.Runtime.CompilerServices;
using Lethe.Numerics.Kernels;
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
        const int Chunk = 256; // draws of one chunk, a multiple of every vector length
        ulong* draws = stackalloc ulong[Chunk];
        Real* u = stackalloc Real[Chunk], t = stackalloc Real[Chunk];
        Vector<Real> toUnit = new((Real)(1.0 / 2147483648.0)), toAngle = new((Real)(Math.PI / 2 / 2147483648.0)), half = new((Real)0.5);
        for (int from = 0; from < length; from += 2 * Chunk)
        {
            // A draw makes two numbers; draws come in whole vectors.
            int count = Math.Min(Chunk, (length - from + (2 * v) - 1) / (2 * v) * v);
            stream.FillBits(new Span<ulong>(draws, count));

            // The size of one signed 32-bit draw becomes u in (0, 1], its sign a half turn; the other an angle in [−π/2, π/2].
            RandomBits.SignedHalves(draws, count, u, t);
            for (int j = 0; j < count; j += v)
            {
                // |draw|/2³¹, 0 raised to 2⁻³²: converting before scaling keeps the small uniforms, which make the tails, exact.
                Vector<Real> sign = Vector.Load(u + j), uniform = Vector.Max(Vector.Abs(sign), half) * toUnit;
                Vector<Real> radius = Vector.CopySign(Vector.SquareRoot(Vector.Log(uniform) * -2), sign), angle = Vector.Load(t + j) * toAngle;
                int at = from + (2 * j);
                if (at + (2 * v) <= length)
                {
                    (radius * Cosine(angle)).Store(x + at);
                    (radius * Sine(angle)).Store(x + at + v);
                    continue;
                }

                (radius * Cosine(angle)).Store(u);
                (radius * Sine(angle)).Store(u + v);
                new ReadOnlySpan<Real>(u, length - at).CopyTo(new Span<Real>(x + at, length - at));
            }
        }

        return tensor;
    }

    // Taylor series to x¹¹ and x¹²: errors below 6e-8 and 7e-9 on [−π/2, π/2], without the reduction of a general sine.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<Real> Sine(Vector<Real> x)
    {
        Vector<Real> s = x * x, sum = s * C(-1.0 / 39916800);
        sum = (sum + C(1.0 / 362880)) * s;
        sum = (sum + C(-1.0 / 5040)) * s;
        sum = (sum + C(1.0 / 120)) * s;
        sum = (sum + C(-1.0 / 6)) * s;
        return x * (sum + C(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<Real> Cosine(Vector<Real> x)
    {
        Vector<Real> s = x * x, sum = s * C(1.0 / 479001600);
        sum = (sum + C(-1.0 / 3628800)) * s;
        sum = (sum + C(1.0 / 40320)) * s;
        sum = (sum + C(-1.0 / 720)) * s;
        sum = (sum + C(1.0 / 24)) * s;
        sum = (sum + C(-1.0 / 2)) * s;
        return sum + C(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<Real> C(double coefficient) => Vector.Create((Real)coefficient);
}
