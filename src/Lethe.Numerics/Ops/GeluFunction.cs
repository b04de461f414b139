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
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] * NormalDistribution.Cumulative(x[i]);
    }

    public static void Backward(Span<Real> dy, ReadOnlySpan<Real> s, Real p, Real q)
    {
        for (int i = 0; i < dy.Length; i++)
            dy[i] *= NormalDistribution.Cumulative(s[i]) + (s[i] * (Real)InverseRootTwoPi * Real.Exp(-s[i] * s[i] / 2));
    }

    public static Tensor BackwardOnTape(Tensor dy, Tensor x, Tensor y, Real p, Real q) => throw new NotSupportedException(
        "Gelu has no second derivative here. Use SiLU, tanh or LeakyReLU in a critic under gradient penalty.");
}
