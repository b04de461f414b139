using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Optimisers;

/// <summary>RMSProp (Tieleman and Hinton 2012): v ← αv + (1 − α)g², θ ← θ − lr·g/(√v + ε).</summary>
/// <param name="parameters">What to change.</param>
/// <param name="learningRate">Step size.</param>
/// <param name="decay">α, decay of the squared gradient.</param>
/// <param name="epsilon">Added to the root.</param>
public sealed class RmsProp(IReadOnlyList<Parameter> parameters, double learningRate, double decay = 0.99, double epsilon = 1e-8) : Optimiser(parameters, learningRate)
{
    private readonly Real[][] _squares = NewMoments(parameters);

    private protected override IEnumerable<(string Name, Real[][] Moments)> Moments() => [("squares", _squares)];

    private protected override void Update(int index, Parameter parameter)
    {
        Span<Real> squares = _squares[index], theta = parameter.Values;
        ReadOnlySpan<Real> gradient = parameter.Gradient;
        Real a = (Real)decay, e = (Real)epsilon, rate = (Real)LearningRate;
        for (int i = 0; i < theta.Length; i++)
        {
            squares[i] = (a * squares[i]) + ((1 - a) * gradient[i] * gradient[i]);
            theta[i] -= rate * gradient[i] / (Real.Sqrt(squares[i]) + e);
        }
    }
}
