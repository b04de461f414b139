using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.DiffusionTs.Network;
using Lethe.Synthesis.Series.Encoding;

namespace Lethe.Synthesis.Series.DiffusionTs;

/// <summary>
/// Training stays as the network sees them: cells in [−1, 1], noised, each example at its own step of the chain. Cells beyond a
/// stay's end are 0 with and without noise, so that nothing can be learnt from them, and count nothing.
/// </summary>
internal sealed class NoisyBatch
{
    private readonly SeriesData _data;
    private readonly float[] _statics;
    private readonly int _staticWidth;
    private readonly SeriesPredictor _predictor;
    private readonly NoiseSchedule _schedule;
    private readonly DiffusionLoss _loss;
    private readonly int[] _maskOf;
    private readonly float _filledWeight;
    private readonly bool _gated;

    /// <param name="data">Encoded stays.</param>
    /// <param name="statics">Encoded statics of the stays.</param>
    /// <param name="encoder">Knows which columns are values and where their masks stand.</param>
    /// <param name="predictor">What is trained.</param>
    /// <param name="filledWeight">What a filled-in value counts beside an observed one.</param>
    public NoisyBatch(SeriesData data, float[] statics, SeriesEncoder encoder, SeriesPredictor predictor, double filledWeight)
    {
        (_data, _statics, _predictor, _schedule, _filledWeight) = (data, statics, predictor, predictor.Schedule, (float)filledWeight);
        _staticWidth = statics.Length / Math.Max(1, data.Count);
        _loss = new DiffusionLoss(data.Steps);
        _gated = encoder.HasMask || encoder.LengthsVary;
        _maskOf = new int[data.Width];
        Array.Fill(_maskOf, -1);
        for (int c = 0; encoder.HasMask && c < encoder.Shape.Channels.Count; c++)
        {
            (int first, int count) = encoder.ValueOf(c);
            Array.Fill(_maskOf, encoder.ValueWidth + c, first, count);
        }
    }

    /// <summary>The loss of every stay, [stays]; on noise and chain steps from this stream.</summary>
    /// <param name="tape">Where to record.</param>
    /// <param name="stays">Positions of the stays.</param>
    /// <param name="multiplicity">Noisy copies of each.</param>
    /// <param name="stream">Noise and steps.</param>
    public Tensor Losses(Tape tape, ReadOnlySpan<int> stays, int multiplicity, RandomStream stream)
    {
        int rows = stays.Length * multiplicity, size = _data.Steps * _data.Width;
        Shape shape = new(rows, _data.Steps, _data.Width);
        Tensor clean = tape.Input(shape), noisy = tape.Gaussian(shape, stream), weights = tape.Input(new Shape(rows));
        Tensor? gate = _gated ? tape.Input(shape) : null, statics = _staticWidth > 0 ? tape.Input(new Shape(rows, _staticWidth)) : null;
        double[] steps = DrawSteps(rows, stream);
        for (int row = 0; row < rows; row++)
        {
            int stay = stays[row / multiplicity], t = (int)steps[row];
            Span<float> x0 = clean.Values.Slice(row * size, size), xt = noisy.Values.Slice(row * size, size);
            Clean(stay, x0);
            if (gate is not null)
                Gate(stay, gate.Values.Slice(row * size, size));
            float keep = (float)Math.Sqrt(_schedule.Cumulative(t)), noise = (float)Math.Sqrt(1 - _schedule.Cumulative(t));
            int inside = _data.Lengths[stay] * _data.Width;
            for (int i = 0; i < inside; i++)
                xt[i] = (keep * x0[i]) + (noise * xt[i]);
            xt[inside..].Clear();
            weights.Values[row] = (float)WeightOf(t);
            if (statics is not null)
                _statics.AsSpan(stay * _staticWidth, _staticWidth).CopyTo(statics.Values[(row * _staticWidth)..]);
        }

        Tensor predicted = _predictor.Predict(noisy, steps, statics);
        return _predictor.Preconditioned
            ? DiffusionLoss.SquaredPerStay(predicted, clean, gate, weights, multiplicity)
            : _loss.PerStay(predicted, clean, gate, weights, multiplicity);
    }

    // Preconditioned, all levels of noise count alike: the network's own target has unit variance.
    private double WeightOf(int t)
    {
        if (!_predictor.Preconditioned)
            return _schedule.LossWeight(t);
        double scale = _schedule.Preconditioning(t).OfNetwork;
        return 1 / (scale * scale);
    }

    // Each row's step is uniform on 0 … S − 1, but together they are spread evenly: the loss of a batch varies less. Preconditioned, steps are the
    // squares of uniform numbers: uniform ones spend two of a hundred on the noise that hides a day's change of a price.
    private double[] DrawSteps(int rows, RandomStream stream)
    {
        double[] steps = new double[rows];
        int[] order = stream.Permutation(rows);
        double shift = stream.NextDouble();
        for (int row = 0; row < rows; row++)
            {
            double u = (order[row] + shift) / rows;
            steps[row] = Math.Min(_schedule.Steps - 1, Math.Floor((_predictor.Preconditioned ? u * u : u) * _schedule.Steps));
        }

        return steps;
    }

    private void Clean(int stay, Span<float> to)
    {
        int inside = _data.Lengths[stay] * _data.Width;
        ReadOnlySpan<float> cells = _data[stay];
        for (int i = 0; i < inside; i++)
            to[i] = (2 * cells[i]) - 1;
        to[inside..].Clear();
    }

    private void Gate(int stay, Span<float> to)
    {
        int inside = _data.Lengths[stay] * _data.Width;
        ReadOnlySpan<float> cells = _data[stay];
        for (int start = 0; start < inside; start += _data.Width)
        {
            for (int column = 0; column < _data.Width; column++)
                to[start + column] = _maskOf[column] < 0 || cells[start + _maskOf[column]] > 0 ? 1 : _filledWeight;
        }

        to[inside..].Clear();
    }
}
