using Lethe.Numerics.Ops;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.DiffusionTs.Network;

/// <summary>
/// ℓ = w_t·mean(|x̂₀ − x₀| + √T/5·(|Re F(x̂₀ − x₀)| + |Im F(x̂₀ − x₀)|)), F the Fourier transform over time with 1/T (paper, eqs. 10 and 11).
/// The transform is linear, so that of the error is the error of the transforms; and bins k and T − k of a real series have
/// equal parts, so half of them are computed and counted twice. One number per example.
/// </summary>
internal sealed class DiffusionLoss
{
    private readonly Parameter _fourier;

    public DiffusionLoss(int steps)
    {
        int bins = (steps / 2) + 1;
        _fourier = new Parameter("fourier", new Shape(2 * bins, steps), trainable: false);
        double lambda = Math.Sqrt(steps) / 5;
        for (int k = 0; k < bins; k++)
        {
            double weight = lambda / steps * (k == 0 || 2 * k == steps ? 1 : 2);
            for (int t = 0; t < steps; t++)
            {
                double angle = 2 * Math.PI * ((long)k * t % steps) / steps;
                _fourier.Values[(k * steps) + t] = (float)(weight * Math.Cos(angle));
                _fourier.Values[((bins + k) * steps) + t] = (float)(-weight * Math.Sin(angle));
            }
        }
    }

    /// <summary>
    /// w_t·mean (x̂₀ − x₀)² instead, whose least lies at the mean of what x_t can come from, as the reverse steps presume; that of absolute errors lies at the
    /// median. By Parseval's theorem squared frequencies say what squared values say. Shapes as in <see cref="PerStay"/>.
    /// </summary>
    public static Tensor SquaredPerStay(Tensor predicted, Tensor target, Tensor? gate, Tensor weights, int multiplicity)
    {
        Tensor error = (predicted - target).Square();
        if (gate is not null)
            error *= gate;
        return Weighted(error.SumPerExample(), error, weights, multiplicity);
    }

    /// <summary>[examples / <paramref name="multiplicity"/>]: one number per stay, the mean over its noisy copies.</summary>
    /// <param name="predicted">x̂₀, [examples, T, F].</param>
    /// <param name="target">x₀, same shape.</param>
    /// <param name="gate">What counts of every cell, same shape; null: all of it.</param>
    /// <param name="weights">w_t, [examples].</param>
    /// <param name="multiplicity">Noisy copies of a stay, one after the other.</param>
    public Tensor PerStay(Tensor predicted, Tensor target, Tensor? gate, Tensor weights, int multiplicity)
    {
        Tensor error = predicted - target;
        if (gate is not null)
            error *= gate;
        return Weighted(error.Abs().SumPerExample() + error.MapSteps(_fourier).Abs().SumPerExample(), error, weights, multiplicity);
    }

    private static Tensor Weighted(Tensor sums, Tensor error, Tensor weights, int multiplicity)
    {
        Tensor losses = sums * weights * (1f / (error.Shape[1] * error.Shape[2])); // [e]
        return multiplicity == 1 ? losses : losses.Reshape(new Shape(losses.Length / multiplicity, multiplicity)).MeanColumns();
    }
}
