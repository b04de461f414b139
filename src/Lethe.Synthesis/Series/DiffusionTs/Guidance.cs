using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.DiffusionTs.Network;

namespace Lethe.Synthesis.Series.DiffusionTs;

/// <summary>
/// Steers reverse steps towards known cells (paper, §3.4 and algorithm 2): after a step with mean μ and deviation σ, K times
/// y ← y − λ·sign ∇[0.01·Σ(μ − y)²/σ + Σ_known(x̂₀(y) − x)²/σ] on the unknown cells, σ = 1 where it is 0; the published code makes its Adagrad
/// anew at each of these steps, which leaves the sign. λ = 0.05 with K = 3 early in the chain, less and fewer later, none at the end.
/// Known cells are x noised to the level reached, and x itself at the end. Deviation: the code noises them, and asks the network, at
/// the level the step came from, which is one too noisy, and more than one when steps of the chain are skipped.
/// </summary>
internal sealed class Guidance(SeriesPredictor predictor, KnownCells known)
{
    private const float Rate = 0.05f;
    private const float Faithfulness = 0.01f;

    private readonly Tape _tape = new();

    /// <summary>Turns the mean of a step, in place, into what the chain goes on with.</summary>
    /// <param name="x">In: μ, out: x_s.</param>
    /// <param name="noise">Standard normals of the size of x.</param>
    /// <param name="step">The reverse step.</param>
    /// <param name="t">Level before.</param>
    /// <param name="s">Level after; −1: the series.</param>
    /// <param name="times">Scratch, one per stay; filled with the network's step.</param>
    /// <param name="stays">Number of stays.</param>
    /// <param name="statics">Encoded statics; empty without.</param>
    public void Steer(Span<float> x, ReadOnlySpan<float> noise, Transition step, int t, int s, double[] times, int stays, ReadOnlySpan<float> statics)
    {
        ReadOnlySpan<float> values = known.Values.Span, isKnown = known.Known.Span;
        if (s >= 0)
        {
            float[] mean = x.ToArray();
            for (int at = 0; at < x.Length; at++)
                x[at] += (float)step.Deviation * noise[at];
            (int repeats, float rate) = Effort(t);
            Array.Fill(times, s);
            for (int repeat = 0; repeat < repeats; repeat++)
                Descend(x, mean, step.Deviation == 0 ? 1 : (float)step.Deviation, rate, times, stays, statics);
        }

        float keep = (float)Math.Sqrt(predictor.Schedule.Cumulative(s)), spread = (float)Math.Sqrt(1 - predictor.Schedule.Cumulative(s));
        for (int at = 0; at < x.Length; at++)
        {
            if (isKnown[at] > 0)
                x[at] = (keep * values[at]) + (spread * noise[at]);
        }
    }

    private (int Repeats, float Rate) Effort(int t) =>
        t < 0.05 * predictor.Schedule.Steps ? (0, 0)
        : t > 0.9 * predictor.Schedule.Steps ? (3, Rate)
        : t > 0.75 * predictor.Schedule.Steps ? (2, 0.5f * Rate)
        : (1, 0.25f * Rate);

    private void Descend(Span<float> y, float[] mean, float deviation, float rate, double[] times, int stays, ReadOnlySpan<float> statics)
    {
        _tape.Reset();
        Shape shape = new(stays, predictor.Network.Shape.Steps, predictor.Network.Shape.Features);
        Tensor variable = _tape.Variable(y, shape);
        Tensor predicted = predictor.Predict(variable, times, DiffusionSampler.Statics(_tape, statics, stays));
        Tensor faithful = (variable - _tape.Input(mean, shape)).Square().Sum() * (Faithfulness / deviation);
        Tensor missed = ((predicted - _tape.Input(known.Values.Span, shape)) * _tape.Input(known.Known.Span, shape)).Square().Sum() * (1 / deviation);
        _tape.Backward(faithful + missed, []);
        ReadOnlySpan<float> gradient = variable.Gradient, isKnown = known.Known.Span;
        for (int at = 0; at < y.Length; at++)
        {
            if (isKnown[at] == 0)
                y[at] -= rate * MathF.Sign(gradient[at]);
        }
    }
}
