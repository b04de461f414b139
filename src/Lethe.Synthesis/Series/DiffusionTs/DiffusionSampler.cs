using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Threading;
using Lethe.Synthesis.Series.DiffusionTs.Network;

namespace Lethe.Synthesis.Series.DiffusionTs;

/// <summary>
/// Series from noise: x_S ~ N(0, 1), then reverse steps with x̂₀ limited to [−1, 1]. The chain's every step with η = 1 is DDPM; η = 0 is deterministic,
/// of second order (<see cref="NoiseSchedule.Extrapolation"/>). Given some cells, the others are drawn to fit them, without training (see <see cref="Guidance"/>). Thread-safe.
/// </summary>
/// <param name="predictor">Trained, set to evaluation.</param>
internal sealed class DiffusionSampler(SeriesPredictor predictor)
{
    // Stays that go through the network together; parts run beside each other and each draws from its own seed.
    private const int Part = 64;

    /// <summary>Cells in [−1, 1], stays × T × F; 0 beyond a stay's length.</summary>
    /// <param name="lengths">Steps of each stay.</param>
    /// <param name="statics">Encoded statics of the stays, row-major; empty without statics.</param>
    /// <param name="steps">Reverse steps.</param>
    /// <param name="eta">Fresh noise, in [0, 1].</param>
    /// <param name="seed">The only source of randomness.</param>
    /// <param name="known">Cells that are given; null: none.</param>
    public float[] Draw(int[] lengths, float[] statics, int steps, double eta, Seed seed, KnownCells? known = null)
    {
        Denoiser network = predictor.Network;
        int size = network.Shape.Steps * network.Shape.Features, parts = (lengths.Length + Part - 1) / Part;
        float[] cells = new float[lengths.Length * size];
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = ComputeThreads.Available }, part =>
        {
            using ComputeThreads.Scope single = ComputeThreads.Limit(1);
            int first = part * Part, count = Math.Min(Part, lengths.Length - first);
            DrawPart(cells.AsSpan(first * size, count * size), lengths.AsSpan(first, count), statics.AsSpan(first * network.Shape.Statics, count * network.Shape.Statics), steps, eta, seed.Derive("part", part).Stream(), known?.Slice(first * size, count * size));
        });
        return cells;
    }

    private void DrawPart(Span<float> x, ReadOnlySpan<int> lengths, ReadOnlySpan<float> statics, int steps, double eta, RandomStream stream, KnownCells? known)
    {
        Tape tape = new() { Recording = false };
        Shape shape = new(lengths.Length, predictor.Network.Shape.Steps, predictor.Network.Shape.Features);
        Guidance? guidance = known is null ? null : new Guidance(predictor, known);
        int[] path = predictor.Schedule.Path(steps);
        double[] times = new double[lengths.Length];
        // Guided steps and those with fresh noise are of first order: what was predicted before no longer lies on their way.
        float[]? before = eta == 0 && known is null ? new float[x.Length] : null;
        Noise(tape, shape, stream).CopyTo(x);
        ClearPadding(x, lengths, shape);
        for (int i = 0; i + 1 < path.Length; i++)
        {
            (int t, int s) = (path[i], path[i + 1]);
            Array.Fill(times, t);
            tape.Reset();
            Tensor predicted = predictor.Predict(tape.Input(x, shape), times, Statics(tape, statics, lengths.Length));
            Transition step = predictor.Schedule.Step(t, s, eta);
            Span<float> series = predicted.Values, noise = step.Deviation > 0 || known is not null ? Noise(tape, shape, stream) : [];
            float ahead = before is null || i == 0 ? 0 : (float)predictor.Schedule.Extrapolation(path[i - 1], t, s);
            for (int at = 0; at < x.Length; at++)
            {
                float guess = Math.Clamp(series[at], -1, 1), extended = guess;
                if (before is not null)
                {
                    extended += ahead * (guess - before[at]);
                    before[at] = guess;
                }

                x[at] = ((float)step.Data * extended) + ((float)step.Noisy * x[at]);
            }

            guidance?.Steer(x, noise, step, t, s, times, lengths.Length, statics);
            for (int at = 0; known is null && at < noise.Length; at++)
                x[at] += (float)step.Deviation * noise[at];
            ClearPadding(x, lengths, shape);
        }
    }

    private static Span<float> Noise(Tape tape, Shape shape, RandomStream stream) => tape.Gaussian(shape, stream).Values;

    internal static Tensor? Statics(Tape tape, ReadOnlySpan<float> statics, int rows) =>
        statics.IsEmpty ? null : tape.Input(statics, new Shape(rows, statics.Length / rows));

    private static void ClearPadding(Span<float> x, ReadOnlySpan<int> lengths, Shape shape)
    {
        int size = shape[1] * shape[2];
        for (int i = 0; i < lengths.Length; i++)
            x[((i * size) + (lengths[i] * shape[2]))..((i + 1) * size)].Clear();
    }
}
