using System.Numerics;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Kernels;

/// <summary>Element-wise functions that <see cref="TensorPrimitives"/> does not offer. Source and destination may be the same.</summary>
internal static class Activations
{
    /// <summary>y = 1/(1 + e⁻ˣ). The library's own refuses an empty batch.</summary>
    public static void Sigmoid(ReadOnlySpan<Real> x, Span<Real> y)
    {
        if (!x.IsEmpty)
            TensorPrimitives.Sigmoid(x, y);
    }

    /// <summary>y = x for x &gt; 0, slope·x otherwise; NaN stays NaN.</summary>
    public static void Rectify(ReadOnlySpan<Real> x, Span<Real> y, Real slope)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= x.Length; i += v)
        {
            Vector<Real> t = new(x[i..]);
            Vector.ConditionalSelect(Vector.LessThan(t, Vector<Real>.Zero), t * slope, t).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
            y[i] = x[i] < 0 ? x[i] * slope : x[i];
    }

    /// <summary>
    /// dy ← dy·(y &gt; 0 ? 1 : slope) and sums (+)= Σ over rows of the result, in one walk through memory: both arrays are
    /// larger than the first-level cache, and a second walk would cost as much as the first.
    /// </summary>
    public static unsafe void RectifyBackwardWithSums(Real* dy, Real* y, int rows, int width, Real slope, Real* sums, bool accumulate)
    {
        if (!accumulate)
            new Span<Real>(sums, width).Clear();
        int v = Vector<Real>.Count;
        for (int row = 0; row < rows; row++, dy += width, y += width)
        {
            int j = 0;
            for (; j + v <= width; j += v)
            {
                Vector<Real> d = Vector.Load(dy + j);
                d = Vector.ConditionalSelect(Vector.GreaterThan(Vector.Load(y + j), Vector<Real>.Zero), d, d * slope);
                d.Store(dy + j);
                (Vector.Load(sums + j) + d).Store(sums + j);
            }

            for (; j < width; j++)
            {
                Real d = dy[j] = y[j] > 0 ? dy[j] : dy[j] * slope;
                sums[j] += d;
            }
        }
    }

    /// <summary>y = x for x &gt; 0, alpha(eˣ − 1) otherwise.</summary>
    public static void Elu(ReadOnlySpan<Real> x, Span<Real> y, Real alpha)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] > 0 ? x[i] : alpha * (Real.Exp(x[i]) - 1);
    }

    /// <summary>y = max(x, 0) + ln(1 + e^−|x|), which neither overflows nor loses small values.</summary>
    public static void Softplus(ReadOnlySpan<Real> x, Span<Real> y)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= x.Length; i += v)
        {
            Vector<Real> t = new(x[i..]);
            (Vector.Max(t, Vector<Real>.Zero) + Vector.Log(Vector<Real>.One + Vector.Exp(-Vector.Abs(t)))).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
            y[i] = Real.Max(x[i], 0) + Real.Log(1 + Real.Exp(-Real.Abs(x[i])));
    }

    /// <summary>y = x·σ(x).</summary>
    public static void Silu(ReadOnlySpan<Real> x, Span<Real> y)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= x.Length; i += v)
        {
            Vector<Real> t = new(x[i..]);
            (t / (Vector<Real>.One + Vector.Exp(-t))).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
            y[i] = x[i] / (1 + Real.Exp(-x[i]));
    }

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static Real Sigmoid(Real x) => 1 / (1 + Real.Exp(-x));

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static Vector<Real> Sigmoid(Vector<Real> x) => Vector<Real>.One / (Vector<Real>.One + Vector.Exp(-x));

    /// <summary>
    /// tanh x = 1 − 2/(1 + e²ˣ), absolute error about one unit of rounding: right for gates, whose values enter sums, and 2 to 7 times as
    /// fast as the library's, which is relatively exact near 0.
    /// </summary>
    public static Real GateTanh(Real x) => 1 - (2 / (1 + Real.Exp(2 * x)));

    /// <summary>The same.</summary>
    public static Vector<Real> GateTanh(Vector<Real> x) => Vector<Real>.One - (new Vector<Real>(2) / (Vector<Real>.One + Vector.Exp(x + x)));

    /// <summary>σ(x)(1 + x(1 − σ(x))).</summary>
    public static Real SiluSlope(Real x)
    {
        Real sigma = 1 / (1 + Real.Exp(-x));
        return sigma * (1 + (x * (1 - sigma)));
    }

    /// <summary>σ(x)(1 + x(1 − σ(x))).</summary>
    public static Vector<Real> SiluSlope(Vector<Real> x)
    {
        Vector<Real> sigma = Vector<Real>.One / (Vector<Real>.One + Vector.Exp(-x));
        return sigma * (Vector<Real>.One + (x * (Vector<Real>.One - sigma)));
    }

    /// <summary>The same, recorded.</summary>
    public static Tensor SiluSlopeOnTape(Tensor x)
    {
        Tensor sigma = x.Sigmoid();
        return sigma * (1 + (x * (1 - sigma)));
    }

    /// <summary>y = min(max(x, low), high); NaN stays NaN.</summary>
    public static void Clamp(ReadOnlySpan<Real> x, Span<Real> y, Real low, Real high)
    {
        TensorPrimitives.Max(x, low, y);
        TensorPrimitives.Min(y, high, y);
    }
}
