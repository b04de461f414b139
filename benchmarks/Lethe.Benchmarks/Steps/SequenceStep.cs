using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Autodiff.PerExample;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Training;

namespace Lethe.Benchmarks.Steps;

/// <summary>
/// A model that reproduces a batch of sequences (128 of 24 steps and 32 channels unless said), with Adam, plain or with per-example
/// clipping; peers/sequence.py is the same in PyTorch. Both may walk the batch in micro-batches: the script
/// takes the number of parts that is fastest for PyTorch. Noise is left to the privacy room in both.
/// </summary>
internal sealed class SequenceStep : ITrainingStep
{
    private const int Channels = 32, Width = 64;
    private readonly Shape _shape;
    private readonly float[] _x, _factors;
    private readonly Layer _model;
    private readonly Adam _adam;
    private readonly PerExampleGradients? _pass;
    private readonly Tape _tape = new();
    private readonly Func<int, int, Tensor> _losses;
    private readonly int _perPart;

    private SequenceStep(Layer model, bool isPrivate, int batch = 128, int steps = 24, int channels = Channels)
    {
        _shape = new Shape(batch, steps, channels);
        (_x, _factors) = (new float[_shape.Length], new float[batch]);
        new Seed(1).Stream("x").FillGaussian(_x);
        (_losses, _perPart) = (Losses, MicroBatches.ExamplesFor(steps));
        _model = model;
        _adam = new Adam(model.Parameters);
        _pass = isPrivate ? new PerExampleGradients(model.Parameters) : null;
    }

    /// <summary>Three GRU layers and a linear read-out.</summary>
    public static SequenceStep Gru(bool isPrivate = false)
    {
        Seed seed = new(1);
        Gru encoder = new(Channels, Width, seed.Derive("gru"), new RecurrentOptions { Layers = 3 });
        return new SequenceStep(new Sequential(encoder, new Linear(Width, Channels, seed.Derive("out"))), isPrivate);
    }

    /// <summary>Three bidirectional GRU layers of 24 and a linear read-out, 128 sequences of 24 steps and 8 channels: the size of generators of short series.</summary>
    public static SequenceStep GruSmall()
    {
        Seed seed = new(1);
        Gru encoder = new(8, 24, seed.Derive("gru"), new RecurrentOptions { Layers = 3, Bidirectional = true });
        return new SequenceStep(new Sequential(encoder, new Linear(48, 8, seed.Derive("out"))), false, channels: 8);
    }

    /// <summary>One LSTM layer of 100 and a linear read-out, 64 sequences of 48 steps and 16 channels.</summary>
    public static SequenceStep LstmSmall()
    {
        Seed seed = new(1);
        return new SequenceStep(new Sequential(new Lstm(16, 100, seed.Derive("lstm")), new Linear(100, 16, seed.Derive("out"))), false, batch: 64, steps: 48, channels: 16);
    }

    /// <summary>Three Transformer blocks between linear maps.</summary>
    public static SequenceStep Transformer(double dropout, bool isPrivate = false)
    {
        Seed seed = new(1);
        TransformerOptions options = new() { Dropout = dropout, Activation = Activation.Relu, NormFirst = false };
        Layer[] layers = [new Linear(Channels, Width, seed.Derive("in")), .. Enumerable.Range(0, 3).Select(i => new TransformerEncoderLayer(Width, seed.Derive("block", i), options)), new Linear(Width, Channels, seed.Derive("out"))];
        return new SequenceStep(new Sequential(layers), isPrivate);
    }

    public void Run()
    {
        if (_pass is null)
        {
            MicroBatches.Backward(_tape, _shape[0], _perPart, _losses);
        }
        else
        {
            for (int from = 0; from < _shape[0]; from += _perPart)
            {
                int count = Math.Min(_perPart, _shape[0] - from);
                _tape.Reset();
                _pass.Backward(_tape, Losses(from, count));
                MlpStep.Clip(_pass, _factors.AsSpan(from, count), _shape[0]);
                _pass.Accumulate(_factors.AsSpan(from, count));
            }
        }

        _adam.Step();
    }

    private Tensor Losses(int from, int count)
    {
        int length = _shape[1] * _shape[2];
        Tensor x = _tape.Input(_x.AsSpan(from * length, count * length), new Shape(count, _shape[1], _shape[2]));
        return _model.Forward(x).SquaredError(x);
    }
}
