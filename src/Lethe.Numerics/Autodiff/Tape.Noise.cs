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
        Vector<Real> toUnit = new((Real)(1.0 / 2147483648.0)), toAngle = new((Real)(Math.PI / 2147483648.0)), half = new((Real)0.5);
        for (int i = 0; i < length; i += 2 * v)
        {
            // Signed 32-bit draws become u in (0, 1] and an angle in [−π, π].
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
            Vector<Real> radius = Vector.SquareRoot(Vector.Log(uniform) * -2), angle = Vector.Load(t) * toAngle;
            (radius * Vector.Cos(angle)).Store(u);
            (radius * Vector.Sin(angle)).Store(t);
            int first = Math.Min(v, length - i), second = Math.Min(v, length - i - v);
            new ReadOnlySpan<Real>(u, first).CopyTo(new Span<Real>(x + i, first));
            if (second > 0)
                new ReadOnlySpan<Real>(t, second).CopyTo(new Span<Real>(x + i + v, second));
        }

        return tensor;
    }
}
