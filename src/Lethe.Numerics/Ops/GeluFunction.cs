using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Ops;

/// <summary>y = x·Φ(x) with the exact normal distribution function, y′ = Φ(x) + x·φ(x) (Hendrycks and Gimpel 2016).</summary>
internal readonly struct GeluFunction : IUnary
{
    private const double InverseRootTwoPi = 0.39894228040143267794;

    public static string Name => "Gelu";

    public static bool SlopeFromOutput => false;

    public static void Forward(ReadOnlySpan<Real> x, Span<Real> y, Real p, Real q)
    {
        NormalDistribution.Cumulative(x, y);
        TensorPrimitives.Multiply(x, y, y);
    }

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        const int Block = 256;
        Span<Real> cumulative = stackalloc Real[Block], density = stackalloc Real[Block];
        for (int start = 0; start < dy.Length; start += Block)
        {
            int length = Math.Min(Block, dy.Length - start);
            ReadOnlySpan<Real> x = s.Slice(start, length);
            Span<Real> cdf = cumulative[..length], pdf = density[..length], d = dy.Slice(start, length);
            NormalDistribution.Cumulative(x, cdf);
            TensorPrimitives.Multiply(x, x, pdf);
            TensorPrimitives.Multiply(pdf, (Real)(-0.5), pdf);
            TensorPrimitives.Exp(pdf, pdf);
            TensorPrimitives.Multiply(pdf, x, pdf);
            TensorPrimitives.MultiplyAdd(pdf, (Real)InverseRootTwoPi, cdf, cdf);
            TensorPrimitives.Multiply(d, cdf, d);
        }
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => throw new NotSupportedException(
        "Gelu has no second derivative here. Use SiLU, tanh or LeakyReLU in a critic under gradient penalty.");
}
