using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Optimisers;

/// <summary>Stochastic gradient descent with momentum: v ← μv + g + l2·θ, θ ← θ − lr·v. Plain descent is momentum 0.</summary>
/// <param name="parameters">What to change.</param>
/// <param name="learningRate">Step size.</param>
/// <param name="momentum">μ in [0, 1).</param>
/// <param name="l2">L2 penalty added to the gradient.</param>
public sealed class Sgd(IReadOnlyList<Parameter> parameters, double learningRate, double momentum = 0, double l2 = 0) : Optimiser(parameters, learningRate)
{
    private readonly Real[][] _velocity = NewMoments(parameters);

    private protected override IEnumerable<(string Name, Real[][] Moments)> Moments() => [("velocity", _velocity)];

    private protected override void Update(int index, Parameter parameter)
    {
        Span<Real> velocity = _velocity[index], theta = parameter.Values;
        TensorPrimitives.MultiplyAdd(velocity, (Real)momentum, parameter.Gradient, velocity);
        if (l2 != 0)
            TensorPrimitives.MultiplyAdd(theta, (Real)l2, velocity, velocity);
        TensorPrimitives.MultiplyAdd(velocity, (Real)(-LearningRate), theta, theta);
    }
}
