using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>Functions of each element on its own. Results have the shape of their operand.</summary>
public static class ElementwiseOps
{
    /// <summary>tanh x.</summary>
    public static Tensor Tanh(this Tensor x) => UnaryNode<TanhFunction>.Apply(x);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static Tensor Sigmoid(this Tensor x) => UnaryNode<SigmoidFunction>.Apply(x);

    /// <summary>max(x, 0).</summary>
    public static Tensor Relu(this Tensor x) => UnaryNode<LeakyReluFunction>.Apply(x, 0);

    /// <summary>x where positive, <paramref name="slope"/>·x elsewhere.</summary>
    public static Tensor LeakyRelu(this Tensor x, Real slope = (Real)0.2) => UnaryNode<LeakyReluFunction>.Apply(x, slope);

    /// <summary>x where positive, <paramref name="alpha"/>·(eˣ − 1) elsewhere.</summary>
    public static Tensor Elu(this Tensor x, Real alpha = 1) => UnaryNode<EluFunction>.Apply(x, alpha);

    /// <summary>x·σ(x).</summary>
    public static Tensor Silu(this Tensor x) => UnaryNode<SiluFunction>.Apply(x);

    /// <summary>x·Φ(x), exact.</summary>
    public static Tensor Gelu(this Tensor x) => UnaryNode<GeluFunction>.Apply(x);

    /// <summary>ln(1 + eˣ).</summary>
    public static Tensor Softplus(this Tensor x) => UnaryNode<SoftplusFunction>.Apply(x);

    /// <summary>eˣ.</summary>
    public static Tensor Exp(this Tensor x) => UnaryNode<ExpFunction>.Apply(x);

    /// <summary>ln x.</summary>
    public static Tensor Log(this Tensor x) => UnaryNode<LogFunction>.Apply(x);

    /// <summary>√x.</summary>
    public static Tensor Sqrt(this Tensor x) => UnaryNode<SqrtFunction>.Apply(x);

    /// <summary>x².</summary>
    public static Tensor Square(this Tensor x) => UnaryNode<SquareFunction>.Apply(x);

    /// <summary>|x|.</summary>
    public static Tensor Abs(this Tensor x) => UnaryNode<AbsFunction>.Apply(x);

    /// <summary>sin x.</summary>
    public static Tensor Sin(this Tensor x) => UnaryNode<SinFunction>.Apply(x);

    /// <summary>cos x.</summary>
    public static Tensor Cos(this Tensor x) => UnaryNode<CosFunction>.Apply(x);

    /// <summary>x limited to [<paramref name="low"/>, <paramref name="high"/>]; no gradient outside.</summary>
    public static Tensor Clamp(this Tensor x, Real low, Real high) => UnaryNode<ClampFunction>.Apply(x, low, high);

    /// <summary><paramref name="factor"/>·x.</summary>
    public static Tensor Scale(this Tensor x, Real factor) => UnaryNode<ScaleFunction>.Apply(x, factor);

    /// <summary>x + <paramref name="constant"/>.</summary>
    public static Tensor AddConstant(this Tensor x, Real constant) => UnaryNode<AddConstantFunction>.Apply(x, constant);

    /// <summary><paramref name="numerator"/>/x.</summary>
    public static Tensor Reciprocal(this Tensor x, Real numerator = 1) => UnaryNode<ReciprocalFunction>.Apply(x, numerator);

    /// <summary>The sign of x as a constant: −1, 0 or 1.</summary>
    internal static Tensor Sign(this Tensor x)
    {
        Tensor y = x.RequireTape("Sign").Allocate(x.Shape);
        ReadOnlySpan<Real> from = x.Values;
        Span<Real> to = y.Values;
        for (int i = 0; i < from.Length; i++)
            to[i] = Real.Sign(from[i]);
        return y;
    }

    /// <summary>1 where low ≤ x ≤ high, else 0, as a constant.</summary>
    internal static Tensor Inside(this Tensor x, Real low, Real high)
    {
        Tensor y = x.RequireTape("Inside").Allocate(x.Shape);
        ReadOnlySpan<Real> from = x.Values;
        Span<Real> to = y.Values;
        for (int i = 0; i < from.Length; i++)
            to[i] = from[i] >= low && from[i] <= high ? 1 : 0;
        return y;
    }

    /// <summary>d where y &gt; 0, slope·d elsewhere; y counts as constant: the slope of a rectifier applied to a gradient.</summary>
    internal static Tensor RectifiedBy(this Tensor d, Tensor y, Real slope)
    {
        Tensor mask = y.RequireTape("RectifiedBy").Allocate(y.Shape);
        ReadOnlySpan<Real> from = y.Values;
        Span<Real> to = mask.Values;
        for (int i = 0; i < from.Length; i++)
            to[i] = from[i] > 0 ? 1 : slope;
        return d * mask;
    }
}
