using System.Numerics;

namespace Lethe.Numerics.Kernels;

/// <summary>A function of two numbers, scalar and vector form side by side.</summary>
internal interface IMap2
{
    static abstract Real Apply(Real a, Real b);

    static abstract Vector<Real> Apply(Vector<Real> a, Vector<Real> b);
}

/// <summary>Loops over whole buffers. Buffers may be the same one; they must not overlap otherwise.</summary>
internal static unsafe class Elementwise
{
    /// <summary>target += addend.</summary>
    public static void AddTo(Real* target, Real* addend, int length)
    {
        Span<Real> sum = new(target, length);
        TensorPrimitives.Add(sum, new ReadOnlySpan<Real>(addend, length), sum);
    }

    /// <summary>result = f(a, b).</summary>
    public static void Map<TMap>(Real* a, Real* b, Real* result, int length)
        where TMap : struct, IMap2
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= length; i += v)
            TMap.Apply(Vector.Load(a + i), Vector.Load(b + i)).Store(result + i);
        for (; i < length; i++)
            result[i] = TMap.Apply(a[i], b[i]);
    }

    /// <summary>Whether no element is NaN or infinite: x − x is 0 for every finite x and NaN otherwise, and NaN survives addition.</summary>
    public static bool IsFinite(Real* x, int length)
    {
        int v = Vector<Real>.Count, i = 0;
        Vector<Real> sum = Vector<Real>.Zero;
        for (; i + v <= length; i += v)
        {
            Vector<Real> value = Vector.Load(x + i);
            sum += value - value;
        }

        Real rest = Vector.Sum(sum);
        for (; i < length; i++)
            rest += x[i] - x[i];
        return rest == 0;
    }
}
