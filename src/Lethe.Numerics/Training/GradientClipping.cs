using Lethe.Numerics.Kernels;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Training;

/// <summary>Limits on the gradient of a whole step (not per example: that is <see cref="Autodiff.PerExample.PerExampleGradients"/>).</summary>
public static unsafe class GradientClipping
{
    /// <summary>Scales all gradients by min(1, bound/‖g‖), ‖g‖ over all parameters together (Pascanu et al. 2013).</summary>
    /// <param name="parameters">Parameters after a backward pass; those without a gradient count as zero.</param>
    /// <param name="bound">Largest norm, above 0.</param>
    /// <returns>The norm before scaling.</returns>
    public static double ByNorm(IReadOnlyList<Parameter> parameters, double bound)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        double squares = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].HasGradient)
                squares += Reductions.SumOfSquares(parameters[i].GradientData, parameters[i].Length);
        }

        double norm = Math.Sqrt(squares);
        if (norm <= bound)
            return norm;
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].HasGradient)
                TensorPrimitives.Multiply(parameters[i].Gradient, (Real)(bound / norm), parameters[i].Gradient);
        }

        return norm;
    }

    /// <summary>Limits every element to [−<paramref name="bound"/>, <paramref name="bound"/>].</summary>
    public static void ByValue(IReadOnlyList<Parameter> parameters, double bound)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].HasGradient)
                Activations.Clamp(parameters[i].Gradient, parameters[i].Gradient, (Real)(-bound), (Real)bound);
        }
    }
}
