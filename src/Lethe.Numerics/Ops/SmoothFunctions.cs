using System.Numerics;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>y = tanh x, y′ = 1 − y².</summary>
internal readonly struct TanhFunction : IUnary
{
    public static string Name => "Tanh";

    public static bool SlopeFromOutput => true;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => TensorPrimitives.Tanh(x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (d * (Vector<Real>.One - (t * t))).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = d * (1 - (t * t));
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy * (1 - y.Square());
}

/// <summary>y = 1/(1 + e⁻ˣ), y′ = y(1 − y).</summary>
internal readonly struct SigmoidFunction : IUnary
{
    public static string Name => "Sigmoid";

    public static bool SlopeFromOutput => true;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => Activations.Sigmoid(x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (d * t * (Vector<Real>.One - t)).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = d * t * (1 - t);
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy * (y * (1 - y));
}

/// <summary>y = ln(1 + eˣ), y′ = σ(x).</summary>
internal readonly struct SoftplusFunction : IUnary
{
    public static string Name => "Softplus";

    public static bool SlopeFromOutput => false;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => Activations.Softplus(x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (d / (Vector<Real>.One + Vector.Exp(-t))).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = d / (1 + Real.Exp(-t));
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy * x.Sigmoid();
}

/// <summary>y = x·σ(x), y′ = σ(1 + x(1 − σ)) (Elfwing et al. 2018).</summary>
internal readonly struct SiluFunction : IUnary
{
    public static string Name => "Silu";

    public static bool SlopeFromOutput => false;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => Activations.Silu(x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (d * Activations.SiluSlope(t)).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = d * Activations.SiluSlope(t);
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy * Activations.SiluSlopeOnTape(x);
}
