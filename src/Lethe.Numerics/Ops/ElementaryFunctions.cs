using System.Numerics;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>y = eˣ.</summary>
internal readonly struct ExpFunction : IUnary
{
    public static string Name => "Exp";

    public static bool SlopeFromOutput => true;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => TensorPrimitives.Exp(x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (d * t).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = d * t;
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy * y;
}

/// <summary>y = ln x.</summary>
internal readonly struct LogFunction : IUnary
{
    public static string Name => "Log";

    public static bool SlopeFromOutput => false;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => TensorPrimitives.Log(x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (d / t).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = d / t;
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy / x;
}

/// <summary>y = √x, y′ = 1/(2y).</summary>
internal readonly struct SqrtFunction : IUnary
{
    public static string Name => "Sqrt";

    public static bool SlopeFromOutput => true;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => TensorPrimitives.Sqrt(x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (d / (t + t)).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = d / (2 * t);
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy / (y * 2);
}

/// <summary>y = x².</summary>
internal readonly struct SquareFunction : IUnary
{
    public static string Name => "Square";

    public static bool SlopeFromOutput => false;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => TensorPrimitives.Multiply(x, x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            ((d + d) * t).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = 2 * d * t;
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy * (x * 2);
}

/// <summary>y = |x|; the slope at 0 is 0.</summary>
internal readonly struct AbsFunction : IUnary
{
    public static string Name => "Abs";

    public static bool SlopeFromOutput => false;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => TensorPrimitives.Abs(x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (d * Vector.ConditionalSelect(Vector.Equals(t, Vector<Real>.Zero), Vector<Real>.Zero, Vector.CopySign(Vector<Real>.One, t))).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = d * Real.Sign(t);
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy * x.Sign();
}

/// <summary>y = sin x.</summary>
internal readonly struct SinFunction : IUnary
{
    public static string Name => "Sin";

    public static bool SlopeFromOutput => false;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => TensorPrimitives.Sin(x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (d * Vector.Cos(t)).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = d * Real.Cos(t);
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy * x.Cos();
}

/// <summary>y = cos x.</summary>
internal readonly struct CosFunction : IUnary
{
    public static string Name => "Cos";

    public static bool SlopeFromOutput => false;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => TensorPrimitives.Cos(x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (-d * Vector.Sin(t)).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = -d * Real.Sin(t);
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy * (-x.Sin());
}

/// <summary>y = p·x.</summary>
internal readonly struct ScaleFunction : IUnary
{
    public static string Name => "Scale";

    public static bool SlopeFromOutput => false;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => TensorPrimitives.Multiply(x, p, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (d * p).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = d * p;
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy * p;
}

/// <summary>y = x + p.</summary>
internal readonly struct AddConstantFunction : IUnary
{
    public static string Name => "AddConstant";

    public static bool SlopeFromOutput => false;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => TensorPrimitives.Add(x, p, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (d).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = d;
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy;
}

/// <summary>y = p/x, y′ = −y²/p.</summary>
internal readonly struct ReciprocalFunction : IUnary
{
    public static string Name => "Reciprocal";

    public static bool SlopeFromOutput => true;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => TensorPrimitives.Divide(p, x, y);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (-d * t * t / new Vector<Real>(p)).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = -d * t * t / p;
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy * (y.Square() * (-1 / p));
}

/// <summary>y = min(max(x, p), q); the slope is 1 on [p, q], bounds included.</summary>
internal readonly struct ClampFunction : IUnary
{
    public static string Name => "Clamp";

    public static bool SlopeFromOutput => false;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q) => Activations.Clamp(x, y, p, q);

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        int v = Vector<Real>.Count, i = 0;
        for (; i + v <= dy.Length; i += v)
        {
            Vector<Real> d = new(dy[i..]), t = new(s[i..]);
            (Vector.ConditionalSelect(Vector.GreaterThanOrEqual(t, new Vector<Real>(p)) & Vector.LessThanOrEqual(t, new Vector<Real>(q)), d, Vector<Real>.Zero)).CopyTo(dy[i..]);
        }

        for (; i < dy.Length; i++)
        {
            Real d = dy[i], t = s[i];
            dy[i] = t >= p && t <= q ? d : 0;
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => dy * x.Inside(p, q);
}
