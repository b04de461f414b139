using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Training;

namespace Lethe.Numerics.Tests.Training;

/// <summary>A Wasserstein GAN with dropout, gradient penalty, averages: everything a run has to be repeatable about.</summary>
internal sealed class SmallGan
{
    private const int Batch = 96, Columns = 12, Noise = 16;
    private readonly Mlp _generator, _critic;
    private readonly Adam _generatorAdam, _criticAdam;
    private readonly ParameterAverage _average;
    private RandomStream _stream;

    public SmallGan(ulong seed)
    {
        Seed root = new(seed);
        _generator = new Mlp(Noise, [128, 128], Columns, root.Derive("g"), Activation.Silu, Activation.Tanh);
        _critic = new Mlp(Columns, [128, 128], 1, root.Derive("c"), dropout: 0.3);
        _generatorAdam = new Adam(_generator.Parameters);
        _criticAdam = new Adam(_critic.Parameters);
        _average = new ParameterAverage(_generator.Parameters, 0.9);
        _stream = root.Stream("noise");
        Checkpoint = new Checkpoint().Add("g", _generator).Add("c", _critic).Add("ga", _generatorAdam).Add("ca", _criticAdam).Add("avg", _average)
            .AddStream("noise", () => _stream, restored => _stream = restored);
    }

    public Tape Tape { get; } = new();

    public Checkpoint Checkpoint { get; }

    public void Step()
    {
        Tape.Reset();
        Tensor fake = _generator.Forward(Tape.Gaussian(new Shape(Batch, Noise), _stream)), real = Tape.Gaussian(fake.Shape, _stream);
        Tensor points = GradientPenalty.Interpolate(Tape, real, fake, _stream), scores = _critic.Forward(points);
        Tensor loss = _critic.Forward(fake.Detach()).Mean() - _critic.Forward(real).Mean() + (GradientPenalty.PerRow(scores, points).Mean() * 10);
        Tape.Backward(loss);
        _criticAdam.Step();
        Tape.Backward(-_critic.Forward(fake).Mean(), _generator.Parameters);
        GradientClipping.ByNorm(_generator.Parameters, 1);
        _generatorAdam.Step();
        _average.Update();
    }

    /// <summary>Every bit of the state.</summary>
    public float[] Bits() => [.. _generator.State.Concat(_critic.State).SelectMany(parameter => parameter.Values.ToArray()), .. Enumerable.Range(0, _generator.Parameters.Count).SelectMany(i => _average[i].ToArray())];
}
