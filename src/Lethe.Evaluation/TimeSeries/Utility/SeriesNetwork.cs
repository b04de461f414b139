using Lethe.Evaluation.Statistics;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Evaluation.TimeSeries.Utility;

/// <summary>
/// A recurrent classifier of a stay's outcome: one GRU over [value, observed, time since last observed] of each step, its state at the stay's
/// last step → one logit. The inputs are those that Che et al. (2018) call GRU-simple; values are forward-filled by the grid and standardised by the
/// observed cells of the set that it is trained on, gaps are ln(1 + steps). Early stopping on the loss of a fifth of the training stays; the weights of the best pass
/// are kept.
/// </summary>
internal sealed class SeriesNetwork
{
    private const int PredictChunk = 256;
    private readonly SeriesNetworkOptions _options;
    private readonly Network _network;
    private readonly float[] _mean, _scale;

    private SeriesNetwork(SeriesSet set, SeriesNetworkOptions options, Seed seed)
    {
        _options = options;
        _network = new Network(3 * set.Features, options, seed);
        (_mean, _scale) = Standard(set);
    }

    /// <summary>Trains on labelled stays; labels are 0 and 1, both present.</summary>
    public static SeriesNetwork Train(SeriesSet set, int[] labels, SeriesNetworkOptions options, Seed seed, CancellationToken cancellation)
    {
        SeriesNetwork model = new(set, options, seed.Derive("weights"));
        (int[] rows, int[] validation) = StratifiedFolds.Split(labels, 1 - options.ValidationShare, seed.Derive("validation"));
        Adam adam = new(model._network.Parameters, new AdamOptions { LearningRate = options.LearningRate });
        RandomStream order = seed.Stream("order");
        float[][] best = Copy(model._network);
        double bestLoss = double.PositiveInfinity;
        Tape tape = new();
        for (int epoch = 0, stalled = 0; epoch < options.Epochs && stalled < options.Patience; epoch++)
        {
            model._network.Train();
            order.Shuffle<int>(rows);
            for (int start = 0; start < rows.Length; start += options.Batch)
            {
                cancellation.ThrowIfCancellationRequested();
                tape.Reset();
                ReadOnlySpan<int> batch = rows.AsSpan(start, Math.Min(options.Batch, rows.Length - start));
                Tensor logits = model.Forward(tape, set, batch), target = tape.Input(logits.Shape);
                for (int i = 0; i < batch.Length; i++)
                    target.Values[i] = labels[batch[i]];
                tape.Backward(logits.BinaryCrossEntropyWithLogits(target).Mean());
                adam.Step();
            }

            double loss = validation.Length == 0 ? -epoch : model.Loss(set, labels, validation, cancellation);
            stalled = loss < bestLoss ? 0 : stalled + 1;
            if (loss < bestLoss)
                (bestLoss, best) = (loss, Copy(model._network));
        }

        for (int p = 0; p < best.Length; p++)
            best[p].CopyTo(model._network.Parameters[p].Values);
        model._network.Evaluate();
        return model;
    }

    /// <summary>Probability of label 1 for every stay.</summary>
    public double[] Predict(SeriesSet set, CancellationToken cancellation)
    {
        _network.Evaluate();
        double[] p = new double[set.Count];
        int[] rows = [.. Enumerable.Range(0, set.Count)];
        Tape tape = new() { Recording = false };
        for (int start = 0; start < rows.Length; start += PredictChunk)
        {
            cancellation.ThrowIfCancellationRequested();
            tape.Reset();
            ReadOnlySpan<float> logits = Forward(tape, set, rows.AsSpan(start, Math.Min(PredictChunk, rows.Length - start))).Values;
            for (int i = 0; i < logits.Length; i++)
                p[start + i] = 1 / (1 + Math.Exp(-logits[i]));
        }

        return p;
    }

    private double Loss(SeriesSet set, int[] labels, int[] rows, CancellationToken cancellation)
    {
        double[] p = Predict(set.Take(rows), cancellation);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
            sum -= Math.Log(Math.Max(1e-12, labels[rows[i]] == 1 ? p[i] : 1 - p[i]));
        return sum / p.Length;
    }

    private Tensor Forward(Tape tape, SeriesSet set, ReadOnlySpan<int> rows)
    {
        int f = set.Features, steps = set.Steps;
        Tensor x = tape.Constant(new Shape(rows.Length, steps, 3 * f), 0);
        int[] lengths = new int[rows.Length], since = new int[f];
        Span<float> target = x.Values;
        for (int i = 0; i < rows.Length; i++)
        {
            // A stay without a step still has a state to read: its first, empty one.
            lengths[i] = Math.Max(1, set.Lengths[rows[i]]);
            Array.Clear(since);
            for (int t = 0; t < set.Lengths[rows[i]]; t++)
            {
                Span<float> row = target.Slice(((i * steps) + t) * 3 * f, 3 * f);
                for (int c = 0; c < f; c++)
                {
                    bool observed = set.IsObserved(rows[i], t, c);
                    row[c] = (set[rows[i], t, c] - _mean[c]) * _scale[c];
                    row[f + c] = observed ? 1 : 0;
                    row[(2 * f) + c] = MathF.Log(1 + since[c]);
                    since[c] = observed ? 1 : since[c] + 1;
                }
            }
        }

        return _network.Forward(x, lengths);
    }

    private static (float[] Mean, float[] Scale) Standard(SeriesSet set)
    {
        int f = set.Features;
        float[] mean = new float[f], scale = new float[f];
        for (int c = 0; c < f; c++)
        {
            List<double> observed = [];
            for (int at = c; at < set.Values.Length; at += f)
            {
                if (set.Mask[at] != 0)
                    observed.Add(set.Values[at]);
            }

            double sd = observed.Count < 2 ? 0 : Moments.SampleDeviation([.. observed]);
            (mean[c], scale[c]) = observed.Count == 0 ? (0, 0) : ((float)Moments.Mean([.. observed]), sd > 0 ? (float)(1 / sd) : 0);
        }

        return (mean, scale);
    }

    private static float[][] Copy(Module module) => [.. module.Parameters.Select(p => p.Values.ToArray())];

    private sealed class Network : Module
    {
        private readonly Gru _gru;
        private readonly Dropout _dropout;
        private readonly Linear _logit;

        public Network(int inputs, SeriesNetworkOptions options, Seed seed)
        {
            _gru = Register("gru", new Gru(inputs, options.Hidden, seed.Derive("gru")));
            _dropout = Register("dropout", new Dropout(options.Dropout, seed.Derive("dropout")));
            _logit = Register("logit", new Linear(options.Hidden, 1, seed.Derive("logit")));
        }

        public Tensor Forward(Tensor x, int[] lengths) => _logit.Forward(_dropout.Forward(_gru.Forward(x, lengths).Top()));
    }
}
