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
/// Discriminative score, |½ − accuracy| of a recurrent classifier that tells real from synthetic sequences, 0 … ½, 0 is best: Yoon,
/// Jarrett and van der Schaar, "Time-series generative adversarial networks", NeurIPS 2019, after the authors' code. One GRU layer
/// (TensorFlow form), last hidden state → one logit; label 1 is real; both sides split 80/20; each step draws 128 + 128 sequences without
/// replacement; loss = cross-entropy of the real half + that of the synthetic half; Adam; threshold ½. Larger sets are cut at random to
/// the size of the smaller, so that chance accuracy is ½.
/// </summary>
public sealed class DiscriminativeScore : ISeriesScore
{
    private const int TestChunk = 1024;
    private readonly DiscriminativeOptions _options;

    /// <summary>The score with these settings; null for the defaults.</summary>
    public DiscriminativeScore(DiscriminativeOptions? options = null)
    {
        _options = options ?? new DiscriminativeOptions();
        Descriptor = new Descriptor(
            _options.Hidden is null ? "discriminative" : $"discriminative-{_options.Hidden}",
            _options.Hidden is null ? "Discriminative score (GRU, half as wide as the features)" : $"Discriminative score (GRU, {_options.Hidden} wide)",
            "benchmark",
            "Distance from chance of a recurrent classifier's accuracy in telling real from synthetic sequences.",
            "Yoon, Jarrett and van der Schaar, Time-series generative adversarial networks, 2019");
    }

    /// <inheritdoc/>
    public Descriptor Descriptor { get; }

    /// <inheritdoc/>
    public int Repeats => _options.Repeats;

    /// <inheritdoc/>
    public double Evaluate(SeriesSet real, SeriesSet synthetic, Seed seed, CancellationToken cancellation = default) =>
        Math.Abs(0.5 - Accuracy(real, synthetic, seed, cancellation));

    /// <summary>Accuracy of the classifier on the 20 % it was not trained on, 0 … 1.</summary>
    /// <exception cref="ArgumentException">The sets differ in shape or have fewer than ten sequences.</exception>
    public double Accuracy(SeriesSet real, SeriesSet synthetic, Seed seed, CancellationToken cancellation = default)
    {
        TimeSeriesThrow.UnlessComparable(real, synthetic, least: 10);
        int n = Math.Min(real.Count, synthetic.Count), trained = (int)(n * _options.TrainShare);
        int[] realRows = seed.Stream("split-real").Permutation(real.Count)[..n], otherRows = seed.Stream("split-synthetic").Permutation(synthetic.Count)[..n];
        Classifier classifier = new(real.Features, _options.Hidden ?? Math.Max(1, real.Features / 2), seed.Derive("weights"));
        Train(classifier, real, realRows[..trained], synthetic, otherRows[..trained], seed, cancellation);
        int right = CountAbove(classifier, real, realRows.AsSpan(trained), cancellation);
        right += n - trained - CountAbove(classifier, synthetic, otherRows.AsSpan(trained), cancellation);
        return right / (2.0 * (n - trained));
    }

    private void Train(Classifier classifier, SeriesSet real, int[] realRows, SeriesSet synthetic, int[] otherRows, Seed seed, CancellationToken cancellation)
    {
        Adam adam = new(classifier.Parameters, new AdamOptions { LearningRate = _options.LearningRate });
        RandomStream drawReal = seed.Stream("batch-real"), drawOther = seed.Stream("batch-synthetic");
        Tape tape = new();
        for (int step = 0; step < _options.Iterations; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            tape.Reset();
            ReadOnlySpan<int> a = SequenceBatch.Draw(realRows, _options.BatchPerSide, drawReal), b = SequenceBatch.Draw(otherRows, _options.BatchPerSide, drawOther);
            Tensor logits = classifier.Forward(tape, real, a, synthetic, b);
            Tensor target = tape.Constant(logits.Shape, 0);
            target.Values[..a.Length].Fill(1);

            // Both halves are equally large, so twice the mean of all is the sum of the two means.
            tape.Backward(logits.BinaryCrossEntropyWithLogits(target).Mean() * 2);
            adam.Step();
        }
    }

    private static int CountAbove(Classifier classifier, SeriesSet set, ReadOnlySpan<int> rows, CancellationToken cancellation)
    {
        Tape tape = new() { Recording = false };
        int above = 0;
        for (int start = 0; start < rows.Length; start += TestChunk)
        {
            cancellation.ThrowIfCancellationRequested();
            tape.Reset();
            foreach (float logit in classifier.Forward(tape, set, rows[start..Math.Min(rows.Length, start + TestChunk)], set, []).Values)
                above += logit > 0 ? 1 : 0;
        }

        return above;
    }

    private sealed class Classifier : Module
    {
        private readonly Gru _gru;
        private readonly Linear _logit;

        public Classifier(int features, int hidden, Seed seed)
        {
            _gru = Register("gru", TensorFlowGru.Create(features, hidden, seed.Derive("gru")));
            _logit = Register("logit", new Linear(hidden, 1, seed.Derive("logit"), initialisation: Initialisation.Glorot));
        }

        /// <summary>Logits of the sequences of two sets, one after the other.</summary>
        public Tensor Forward(Tape tape, SeriesSet first, ReadOnlySpan<int> a, SeriesSet second, ReadOnlySpan<int> b)
        {
            Tensor x = SequenceBatch.Of(tape, first, a);
            if (b.Length > 0)
                x = x.ConcatRows(SequenceBatch.Of(tape, second, b));
            if (first.IsFull && second.IsFull)
                return _logit.Forward(_gru.Forward(x, []).Top());
            int[] lengths = new int[a.Length + b.Length];
            for (int i = 0; i < a.Length; i++)
                lengths[i] = first.Lengths[a[i]];
            for (int i = 0; i < b.Length; i++)
                lengths[a.Length + i] = second.Lengths[b[i]];
            return _logit.Forward(_gru.Forward(x, lengths).Top());
        }
    }
}
