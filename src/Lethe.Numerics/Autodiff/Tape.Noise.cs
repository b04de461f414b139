using System.Numerics;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Autodiff;

public sealed unsafe partial class Tape
{
    /// <summary>
    /// Independent standard normals, e.g. the latent rows of a generator. By the transform of Box and Muller (1958) on
    /// vectors, one 64-bit draw for two numbers: several times faster than <see cref="RandomStream.FillGaussian"/>. Magnitudes
    /// end at 6.7 (a 32-bit uniform), so never for privacy noise.
    /// </summary>
    public Tensor Gaussian(Shape shape, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Tensor tensor = Allocate(shape);
        int v = Vector<Real>.Count, length = tensor.Length;
        Real* x = tensor.Data;
        Real* u = stackalloc Real[v], t = stackalloc Real[v];
        for (int i = 0; i < length; i += 2 * v)
        {
            for (int j = 0; j < v; j++)
            {
                // u in (0, 1], t in [0, 2π)
                ulong bits = stream.NextUInt64();
                u[j] = (Real)(((uint)bits + 1.0) * (1.0 / 4294967296.0));
                t[j] = (Real)((uint)(bits >> 32) * (2 * Math.PI / 4294967296.0));
            }

            Vector<Real> radius = Vector.SquareRoot(Vector.Log(Vector.Load(u)) * -2), angle = Vector.Load(t);
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
