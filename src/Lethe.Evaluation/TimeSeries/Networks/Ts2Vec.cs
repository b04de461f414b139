using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Evaluation.TimeSeries.Networks;

/// <summary>
/// TS2Vec: Yue et al., "TS2Vec: Towards universal representation of time series", AAAI 2022, after the public code. A linear map of every
/// step to 64 features; while training a Bernoulli(½) share of the steps is set to 0; residual blocks of two dilated convolutions (3 taps, GELU
/// before each, dilation 2^i, "same" padding, 1 × 1 projection where the width changes), ten 64 wide and one to 320; dropout 0.1. Trained by
/// <see cref="HierarchicalContrast"/> of two random overlapping crops of each sequence with AdamW; sequences are encoded with the running mean of
/// all steps' weights (stochastic weight averaging) and a maximum over time.
/// </summary>
public sealed class Ts2Vec : Module
{
    private const int EncodeChunk = 64;
    private readonly Ts2VecOptions _options;
    private readonly Linear _input;
    private readonly Block[] _blocks;
    private readonly Dropout _dropout;

    private Ts2Vec(int features, Ts2VecOptions options, Seed seed)
    {
        _options = options;
        _input = Register("input", new Linear(features, options.Hidden, seed.Derive("input")));
        _blocks = new Block[options.Depth + 1];
        for (int i = 0; i < _blocks.Length; i++)
        {
            bool last = i == options.Depth;
            _blocks[i] = Register($"block{i}", new Block(options.Hidden, last ? options.Outputs : options.Hidden, 1 << i, last, seed.Derive("block", i)));
        }

        _dropout = Register("dropout", new Dropout(options.Dropout, seed.Derive("dropout")));
    }

    /// <summary>Learns an encoder from a set.</summary>
    /// <param name="set">At least two sequences of at least two steps.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="seed">Decides weights, crops and masks.</param>
    /// <param name="cancellation">Checked per step.</param>
    public static Ts2Vec Train(SeriesSet set, Ts2VecOptions? options, Seed seed, CancellationToken cancellation = default)
    {
        TimeSeriesThrow.UnlessComparable(set, set);
        if (set.Steps < 2)
            throw new ArgumentException("Crops need sequences of at least two steps.", nameof(set));
        options ??= new Ts2VecOptions();
        Ts2Vec model = new(set.Features, options, seed.Derive("weights"));
        model.Train();
        Adam adam = new(model.Parameters, new AdamOptions { LearningRate = options.LearningRate, DecoupledDecay = options.WeightDecay });
        int batch = Math.Min(options.Batch, set.Count), iterations = options.Iterations ?? (set.Values.Length <= 100_000 ? 200 : 600);
        double[][] mean = [.. model.Parameters.Select(p => new double[p.Length])];
        RandomStream draw = seed.Stream("crops"), mask = seed.Stream("mask");
        int[] order = seed.Stream("order").Permutation(set.Count);
        Tape tape = new();
        for (int step = 0, at = 0; step < iterations; step++, at += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            if (at + batch > order.Length)
            {
                draw.Shuffle<int>(order);
                at = 0;
            }

            tape.Reset();
            tape.Backward(model.Loss(tape, set, order.AsSpan(at, batch), draw, mask));
            adam.Step();
            Average(mean, model.Parameters, step);
        }

        for (int p = 0; p < mean.Length; p++)
        {
            for (int i = 0; i < mean[p].Length; i++)
                model.Parameters[p].Values[i] = (float)mean[p][i];
        }

        model.Evaluate();
        return model;
    }

    /// <summary>One representation a sequence: the maximum over time of each output, row-major [N, outputs].</summary>
    public double[] Encode(SeriesSet set, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        int c = _options.Outputs, t = set.Steps;
        double[] codes = new double[set.Count * c];
        int[] rows = [.. Enumerable.Range(0, set.Count)];
        Tape tape = new() { Recording = false };
        for (int start = 0; start < rows.Length; start += EncodeChunk)
        {
            cancellation.ThrowIfCancellationRequested();
            tape.Reset();
            ReadOnlySpan<int> chunk = rows.AsSpan(start, Math.Min(EncodeChunk, rows.Length - start));
            ReadOnlySpan<float> z = Forward(SequenceBatch.Of(tape, set, chunk), null).Values;
            for (int i = 0; i < chunk.Length; i++)
            {
                Span<double> code = codes.AsSpan((start + i) * c, c);
                code.Fill(double.NegativeInfinity);
                for (int k = 0; k < t * c; k++)
                    code[k % c] = Math.Max(code[k % c], z[(i * t * c) + k]);
            }
        }

        return codes;
    }

    private static void Average(double[][] mean, IReadOnlyList<Parameter> parameters, int step)
    {
        for (int p = 0; p < mean.Length; p++)
        {
            ReadOnlySpan<float> values = parameters[p].Values;
            for (int i = 0; i < values.Length; i++)
                mean[p][i] += (values[i] - mean[p][i]) / (step + 1);
        }
    }

    /// <summary>
    /// The contrast of two crops: a common stretch of at least two steps; the first view reaches further to the left, the second further to the
    /// right; each sequence has its own offset.
    /// </summary>
    private Tensor Loss(Tape tape, SeriesSet set, ReadOnlySpan<int> rows, RandomStream draw, RandomStream mask)
    {
        int t = set.Steps, common = 2 + draw.NextInt(t - 1), left = draw.NextInt(t - common + 1), right = left + common;
        int first = draw.NextInt(left + 1), last = right + draw.NextInt(t - right + 1);
        int[] offsets = new int[rows.Length];
        for (int i = 0; i < offsets.Length; i++)
            offsets[i] = draw.NextInt(t - last + first + 1) - first;
        Tensor u = Forward(Crop(tape, set, rows, offsets, first, right), mask).Slice(1, left - first, common);
        Tensor v = Forward(Crop(tape, set, rows, offsets, left, last), mask).Slice(1, 0, common);
        Tensor du = tape.Input(u.Shape), dv = tape.Input(v.Shape);
        HierarchicalContrast.Evaluate(u.Values, v.Values, rows.Length, common, _options.Outputs, du.Values, dv.Values);

        // Σ z·(∂L/∂z) with the factor held constant has the gradient of L.
        return (u * du).Sum() + (v * dv).Sum();
    }

    private static Tensor Crop(Tape tape, SeriesSet set, ReadOnlySpan<int> rows, int[] offsets, int from, int to)
    {
        Tensor crop = tape.Input(new Shape(rows.Length, to - from, set.Features));
        int width = (to - from) * set.Features;
        for (int i = 0; i < rows.Length; i++)
            set.Values.Slice(set.At(rows[i], offsets[i] + from, 0), width).CopyTo(crop.Values[(i * width)..]);
        return crop;
    }

    private Tensor Forward(Tensor x, RandomStream? mask)
    {
        Tensor h = _input.Forward(x);
        if (mask is not null)
        {
            Tensor kept = x.Tape!.Input(h.Shape);
            int width = h.Shape.Columns;
            for (int row = 0; row < h.Shape.Rows; row++)
                kept.Values.Slice(row * width, width).Fill(mask.NextBool() ? 1 : 0);
            h *= kept;
        }

        foreach (Block block in _blocks)
            h = block.Forward(h);
        return _dropout.Forward(h);
    }

    private sealed class Block : Layer
    {
        private readonly Conv1d _first, _second;
        private readonly Conv1d? _projection;

        public Block(int inputs, int outputs, int dilation, bool last, Seed seed)
        {
            // 3 taps at this dilation see 2·dilation + 1 steps: padding by the dilation keeps the length.
            ConvOptions same = new() { Padding = dilation, Dilation = dilation };
            _first = Register("first", new Conv1d(inputs, outputs, 3, seed.Derive("first"), same));
            _second = Register("second", new Conv1d(outputs, outputs, 3, seed.Derive("second"), same));
            _projection = inputs != outputs || last ? Register("projection", new Conv1d(inputs, outputs, 1, seed.Derive("projection"))) : null;
        }

        public override Tensor Forward(Tensor x) => _second.Forward(_first.Forward(x.Gelu()).Gelu()) + (_projection?.Forward(x) ?? x);
    }
}
