using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Benchmarks.Steps;

/// <summary>A GAN's discriminator and generator step with Adam; peers/gan.py is the same in PyTorch.</summary>
internal sealed class GanStep : ITrainingStep
{
    private readonly int _batch, _noise;
    private readonly float[] _real, _targets;
    private readonly Mlp _generator, _discriminator;
    private readonly Adam _generatorAdam, _discriminatorAdam;
    private readonly RandomStream _stream;
    private readonly Tape _tape = new();

    public GanStep(int batch, int columns, int width, int noise)
    {
        Seed seed = new(1);
        (_batch, _noise) = (batch, noise);
        _generator = new Mlp(noise, [width, width], columns, seed.Derive("g"), last: Activation.Tanh);
        _discriminator = new Mlp(columns, [width, width], 1, seed.Derive("d"));
        AdamOptions options = new() { LearningRate = 2e-4, Beta1 = 0.5 };
        _generatorAdam = new Adam(_generator.Parameters, options);
        _discriminatorAdam = new Adam(_discriminator.Parameters, options);
        _stream = seed.Stream("noise");
        _real = new float[batch * columns];
        _stream.FillGaussian(_real);
        _targets = new float[2 * batch];
        _targets.AsSpan(0, batch).Fill(1);
    }

    public void Run()
    {
        _tape.Reset();
        Tensor z = _tape.Gaussian(new Shape(_batch, _noise), _stream);
        Tensor fake = _generator.Forward(z);
        Tensor real = _tape.Input(_real, fake.Shape);

        // Real and generated rows in one pass: the sum of both means is twice the mean over all.
        Tensor scores = _discriminator.Forward(real.ConcatRows(fake.Detach()));
        Tensor loss = scores.BinaryCrossEntropyWithLogits(_tape.Input(_targets, scores.Shape)).Mean() * 2;
        _tape.Backward(loss);
        _discriminatorAdam.Step();

        Tensor fooled = _discriminator.Forward(fake).BinaryCrossEntropyWithLogits(1).Mean();
        _tape.Backward(fooled, _generator.Parameters);
        _generatorAdam.Step();
    }
}
