using System.Numerics;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Optimisers;

/// <summary>
/// Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019), one pass over the memory:
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ(1 − lr·wd) − lr·(m/(1 − β₁ᵗ))/(√(v/(1 − β₂ᵗ)) + ε).
/// </summary>
public sealed unsafe class Adam : Optimiser
{
    private readonly AdamOptions _options;
    private readonly Real[][] _first, _second;

    /// <summary>For these parameters.</summary>
    public Adam(IReadOnlyList<Parameter> parameters, AdamOptions? options = null)
        : base(parameters, (options ??= new AdamOptions()).LearningRate)
    {
        _options = options;
        _first = NewMoments(parameters);
        _second = NewMoments(parameters);
    }

    private protected override IEnumerable<(string Name, Real[][] Moments)> Moments() => [("first", _first), ("second", _second)];

    private protected override void Update(int index, Parameter parameter)
    {
        // With c = √(1 − β₂ᵗ): (m/(1 − β₁ᵗ))/(√v/c + ε) = (c/(1 − β₁ᵗ))·m/(√v + ε c).
        double c = Math.Sqrt(1 - Math.Pow(_options.Beta2, Steps));
        Real rate = (Real)(LearningRate * c / (1 - Math.Pow(_options.Beta1, Steps))), epsilon = (Real)(_options.Epsilon * c);
        Real b1 = (Real)_options.Beta1, a1 = (Real)(1 - _options.Beta1), b2 = (Real)_options.Beta2, a2 = (Real)(1 - _options.Beta2);
        Real l2 = (Real)_options.L2, keep = (Real)(1 - (LearningRate * _options.DecoupledDecay));
        Real* theta = parameter.Data, gradient = parameter.GradientData;
        int length = parameter.Length, v = Vector<Real>.Count, i = 0;
        fixed (Real* first = _first[index], second = _second[index])
        {
            for (; i + v <= length; i += v)
            {
                Vector<Real> w = Vector.Load(theta + i), g = Vector.Load(gradient + i) + (l2 * w);
                Vector<Real> m = (b1 * Vector.Load(first + i)) + (a1 * g), s = (b2 * Vector.Load(second + i)) + (a2 * g * g);
                m.Store(first + i);
                s.Store(second + i);
                ((keep * w) - (rate * m / (Vector.SquareRoot(s) + new Vector<Real>(epsilon)))).Store(theta + i);
            }

            for (; i < length; i++)
            {
                Real w = theta[i], g = gradient[i] + (l2 * w);
                Real m = first[i] = (b1 * first[i]) + (a1 * g), s = second[i] = (b2 * second[i]) + (a2 * g * g);
                theta[i] = (keep * w) - (rate * m / (Real.Sqrt(s) + epsilon));
            }
        }
    }
}
