using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Tabular.Adversarial;

namespace Lethe.Synthesis.Tabular.Gan;

/// <summary>One step: L_D = ½[BCE(D(x), 0.9) + BCE(D(G(z)), 0)], then L_G = BCE(D(G(z)), 1) with fresh noise (non-saturating).</summary>
internal sealed class GanTrainer : AdversarialTrainer
{
    private readonly Tape _tape = new();
    private readonly GanGenerator _generator;
    private readonly GanDiscriminator _discriminator;
    private readonly Adam _generatorAdam, _discriminatorAdam;
    private readonly TrainingRows _rows;
    private readonly GanOptions _options;
    private readonly int[] _batch;

    public GanTrainer(TrainingRows rows, GanOptions options, int batch, Seed seed)
    {
        _rows = rows;
        _options = options;
        _batch = new int[batch];
        int width = rows.Encoder.Width;
        _generator = new GanGenerator(options.Noise, options.Generator, width, OutputLayout.Of(rows.Encoder), seed.Derive("generator"));
        _discriminator = new GanDiscriminator(width, options.Discriminator, options.Dropout, seed.Derive("discriminator"));
        AdamOptions adam = new() { LearningRate = options.LearningRate, Beta1 = 0.5 };
        _generatorAdam = new Adam(_generator.Parameters, adam);
        _discriminatorAdam = new Adam(_discriminator.Parameters, adam);
        Streams = new Dictionary<string, RandomStream>
        {
            ["batch"] = seed.Stream("batch"),
            ["noise"] = seed.Stream("noise"),
            ["dropout"] = seed.Stream("dropout"),
        };
    }

    public GanGenerator Network => _generator;

    protected override Module Generator => _generator;

    protected override Module Critic => _discriminator;

    protected override IReadOnlyList<Optimiser> Optimisers => [_generatorAdam, _discriminatorAdam];

    protected override IDictionary<string, RandomStream> Streams { get; }

    protected override (string Critic, string Generator) LossNames => ("discriminator loss", "generator loss");

    protected override (double Critic, double Generator) Step()
    {
        RandomStream dropout = Streams["dropout"];
        _tape.Reset();
        _rows.Draw(_batch, Streams["batch"]);
        Tensor real = _rows.Batch(_tape, _batch);
        Tensor fake = _generator.Forward(Noise()).Detach();
        Tensor discriminator = (_discriminator.Forward(real, dropout).BinaryCrossEntropyWithLogits((float)_options.RealLabel).Mean()
            + _discriminator.Forward(fake, dropout).BinaryCrossEntropyWithLogits(0).Mean()) * 0.5f;
        _tape.Backward(discriminator);
        double discriminatorLoss = discriminator.Item;
        _discriminatorAdam.Step();

        _tape.Reset();
        Tensor generator = _discriminator.Forward(_generator.Forward(Noise()), dropout).BinaryCrossEntropyWithLogits(1).Mean();
        _tape.Backward(generator, _generator.Parameters);
        double generatorLoss = generator.Item;
        _generatorAdam.Step();
        return (discriminatorLoss, generatorLoss);
    }

    private Tensor Noise()
    {
        Tensor z = _tape.Input(new Shape(_batch.Length, _options.Noise));
        Streams["noise"].FillGaussian(z.Values);
        return z;
    }
}
