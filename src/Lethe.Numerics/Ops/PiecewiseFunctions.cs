using System.Numerics;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>y = x for x > 0, p·x otherwise (p = 0: ReLU); the slope at 0 is p.</summary>
internal readonly struct LeakyReluFunction : IUnary
{
    public static string Name => "LeakyRelu";

    public static bool SlopeFromOutput => true;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => Activations.Rectify(x, y, p);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (Vector.ConditionalSelect(Vector.GreaterThan(t, Vector<Real>.Zero), d, d * p)).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = t > 0 ? d : d * p;
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy.RectifiedBy(y, p);
}

/// <summary>y = x for x > 0, p(eˣ − 1) otherwise; y′ = y + p there.</summary>
internal readonly struct EluFunction : IUnary
{
    public static string Name => "Elu";

    public static bool SlopeFromOutput => true;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => Activations.Elu(x, y, p);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (Vector.ConditionalSelect(Vector.GreaterThan(t, Vector<Real>.Zero), d, d * (t + new Vector<Real>(p)))).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = t > 0 ? d : d * (t + p);
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy.RectifiedBy(y, 0) + ((dy - dy.RectifiedBy(y, 0)) * (y + p));
}
