using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.TimeSeries.Networks;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>
/// Predictive score: a recurrent network learns on synthetic sequences to predict one step ahead and is tested on real ones; mean absolute
/// error, smaller is better (Yoon, Jarrett and van der Schaar 2019, after the authors' code). One GRU layer (TensorFlow form) with a
/// linear map and sigmoid at every step; loss is the mean absolute error; 5000 steps of 128 sequences. Values must be scaled to [0, 1].
/// The published protocols test on the sequences that the generator was trained on; whether <c>real</c> is that or a holdout is the caller's choice.
/// Steps beyond a sequence's length count neither in training nor in the error.
/// </summary>
public sealed class PredictiveScore : ISeriesScore
{
    private const int TestChunk = 1024;
    private readonly PredictiveOptions _options;

    /// <summary>The score with these settings; null for the defaults.</summary>
    public PredictiveScore(PredictiveOptions? options = null)
    {
        _options = options ?? new PredictiveOptions();
        bool all = _options.Target == PredictiveTarget.AllFeatures;
        Descriptor = new Descriptor(
            all ? "predictive-all" : "predictive",
            all ? "Predictive score (all features from all)" : "Predictive score (last feature from the others)",
            "benchmark",
            "Mean absolute error, on real sequences, of a recurrent one-step predictor trained on synthetic ones.",
            "Yoon, Jarrett and van der Schaar, Time-series generative adversarial networks, 2019");
    }

    /// <inheritdoc/>
    public Descriptor Descriptor { get; }

    /// <inheritdoc/>
    public int Repeats => _options.Repeats;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sets differ in shape, have one step only, or one feature only in the last-feature variant.</exception>
    public double Evaluate(SeriesSet real, SeriesSet synthetic, Seed seed, CancellationToken cancellation = default)
    {
        TimeSeriesThrow.UnlessComparable(real, synthetic);
        bool all = _options.Target == PredictiveTarget.AllFeatures;
        if (real.Steps < 2 || (!all && real.Features < 2))
            throw new ArgumentException($"One-step prediction needs two steps, and two features unless all are predicted; there are {real.Steps} steps and {real.Features} features.", nameof(real));
        int outputs = all ? real.Features : 1, inputs = all ? real.Features : real.Features - 1;
        Predictor predictor = new(inputs, _options.Hidden ?? Math.Max(1, real.Features / 2), outputs, seed.Derive("weights"));
        Train(predictor, synthetic, seed, cancellation);
        return Test(predictor, real, cancellation);
    }

    private void Train(Predictor predictor, SeriesSet set, Seed seed, CancellationToken cancellation)
    {
        Adam adam = new(predictor.Parameters, new AdamOptions { LearningRate = _options.LearningRate });
        RandomStream draw = seed.Stream("batch");
        int[] order = [.. Enumerable.Range(0, set.Count)];
        Tape tape = new();
        for (int step = 0; step < _options.Iterations; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            tape.Reset();
            ReadOnlySpan<int> rows = SequenceBatch.Draw(order, _options.Batch, draw);
            (Tensor prediction, Tensor target) = predictor.Predict(tape, set, rows);
            if (!set.IsFull)
                prediction *= Valid(tape, set, rows, prediction.Shape);
            tape.Backward(prediction.AbsoluteError(target).Mean());
            adam.Step();
        }
    }

    /// <summary>Mean over sequences of each one's mean absolute error over its valid steps.</summary>
    private static double Test(Predictor predictor, SeriesSet set, CancellationToken cancellation)
    {
        Tape tape = new() { Recording = false };
        List<double> errors = new(set.Count);
        int[] rows = [.. Enumerable.Range(0, set.Count)];
        for (int start = 0; start < rows.Length; start += TestChunk)
        {
            cancellation.ThrowIfCancellationRequested();
            tape.Reset();
            ReadOnlySpan<int> chunk = rows.AsSpan(start, Math.Min(TestChunk, rows.Length - start));
            (Tensor prediction, Tensor target) = predictor.Predict(tape, set, chunk);
            int width = prediction.Length / chunk.Length, outputs = prediction.Shape.Columns;
            for (int i = 0; i < chunk.Length; i++)
            {
                int valid = Math.Max(0, set.Lengths[chunk[i]] - 1) * outputs;
                if (valid == 0)
                    continue;
                ReadOnlySpan<float> p = prediction.Values.Slice(i * width, valid), y = target.Values.Slice(i * width, valid);
                double sum = 0;
                for (int k = 0; k < valid; k++)
                    sum += Math.Abs((double)p[k] - y[k]);
                errors.Add(sum / valid);
            }
        }

        return Moments.Mean([.. errors]);
    }

    // 1 where a next step exists, else 0; padded targets are 0 already, so a masked prediction adds no error there.
    private static Tensor Valid(Tape tape, SeriesSet set, ReadOnlySpan<int> rows, Shape shape)
    {
        Tensor valid = tape.Constant(shape, 0);
        int width = shape.Length / rows.Length;
        for (int i = 0; i < rows.Length; i++)
            valid.Values.Slice(i * width, Math.Max(0, set.Lengths[rows[i]] - 1) * shape.Columns).Fill(1);
        return valid;
    }

    private sealed class Predictor : Module
    {
        private readonly Gru _gru;
        private readonly Linear _output;
        private readonly int _inputs, _outputs;

        public Predictor(int inputs, int hidden, int outputs, Seed seed)
        {
            (_inputs, _outputs) = (inputs, outputs);
            _gru = Register("gru", TensorFlowGru.Create(inputs, hidden, seed.Derive("gru")));
            _output = Register("output", new Linear(hidden, outputs, seed.Derive("output"), Activation.Sigmoid, initialisation: Initialisation.Glorot));
        }

        /// <summary>Predictions of steps 2 … T and the truth, [rows, T − 1, outputs]. The last features are the target.</summary>
        public (Tensor Prediction, Tensor Target) Predict(Tape tape, SeriesSet set, ReadOnlySpan<int> rows)
        {
            Tensor x = SequenceBatch.Of(tape, set, rows, 0, set.Steps - 1, 0, _inputs);
            Tensor y = SequenceBatch.Of(tape, set, rows, 1, set.Steps, set.Features - _outputs, _outputs);
            return (_output.Forward(_gru.Forward(x)), y);
        }
    }
}
