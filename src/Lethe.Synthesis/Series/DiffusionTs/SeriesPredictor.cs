using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.DiffusionTs.Network;

namespace Lethe.Synthesis.Series.DiffusionTs;

/// <summary>
/// x̂₀ of a noisy series. As published the network gives it itself. Preconditioned (Karras et al. 2022, §5, for a chain that keeps the variance) it is
/// skip_t·x_t + scale_t·network: at little noise the series is nearly x_t and only the rest must be learnt. The published network has no path that
/// carries x_t past its norms, and smooths the finest detail until it has been trained for very long.
/// </summary>
/// <param name="Network">The denoiser.</param>
/// <param name="Schedule">The chain.</param>
/// <param name="Preconditioned">Whether x_t is added to what the network gives.</param>
internal sealed record SeriesPredictor(Denoiser Network, NoiseSchedule Schedule, bool Preconditioned)
{
    /// <summary>x̂₀, [examples, T, F].</summary>
    /// <param name="x">x_t, [examples, T, F].</param>
    /// <param name="steps">t of each example.</param>
    /// <param name="statics">[examples, statics]; null without statics.</param>
    public Tensor Predict(Tensor x, ReadOnlySpan<double> steps, Tensor? statics)
    {
        Tensor given = Network.Forward(x, steps, statics).Series;
        if (!Preconditioned)
            return given;
        Tape tape = x.Tape!;
        Tensor skip = tape.Input(new Shape(steps.Length, 1, 1)), scale = tape.Input(new Shape(steps.Length, 1, 1));
        for (int i = 0; i < steps.Length; i++)
        {
            (double ofNoisy, double ofNetwork) = Schedule.Preconditioning((int)steps[i]);
            (skip.Values[i], scale.Values[i]) = ((float)ofNoisy, (float)ofNetwork);
        }

        return (given * scale) + (x * skip);
    }
}
