using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Training;
using Lethe.Synthesis.Series.DiffusionTs.Network;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.DiffusionTs;

/// <summary>
/// Trains the denoiser: Adam with β = (0.9, 0.96), gradients clipped to norm 1, a warm-up, halving of the rate on plateaus of the training loss, a moving
/// average of the weights that sampling uses. All draws of a step come from streams named by the step.
/// </summary>
internal sealed class DiffusionTsTrainer : TrainingLoop
{
    private const string Loss = "denoising loss";
    private const double Clip = 1;
    private const double LeastRate = 1e-5;
    private const int AverageEvery = 10;
    private const int AverageAfter = 100;
    private const int ValidationBatch = 128;

    private readonly NoisyBatch _batches;
    private readonly DiffusionTsSettings _settings;
    private readonly int[] _train, _validation;
    private readonly int _multiplicity;
    private readonly Seed _seed;
    private readonly Adam _adam;
    private readonly PlateauRate? _plateau;
    private readonly LearningRateSchedule _rate;
    private readonly ParameterAverage _average;
    private readonly Tape _tape = new();
    private readonly int[] _chosen;
    private readonly EpochBatches _epochs;

    /// <param name="network">Freshly made.</param>
    /// <param name="batches">Noised stays.</param>
    /// <param name="train">Positions of the stays to train on.</param>
    /// <param name="validation">Positions of the stays kept apart; may be empty.</param>
    /// <param name="options">Rates and multiplicity.</param>
    /// <param name="settings">Lengths and sizes.</param>
    /// <param name="seed">Source of batches and noise.</param>
    public DiffusionTsTrainer(Denoiser network, NoisyBatch batches, int[] train, int[] validation, DiffusionTsOptions options, DiffusionTsSettings settings, Seed seed)
    {
        (Network, _batches, _train, _validation, _settings, _seed) = (network, batches, train, validation, settings, seed);
        _multiplicity = options.NoiseMultiplicity;
        _adam = new Adam(network.Parameters, new AdamOptions { LearningRate = 0, Beta2 = 0.96, DecoupledDecay = options.WeightDecay });
        int warmUp = Math.Min(500, settings.Steps / 4);
        _plateau = settings.RatePatience is { } patience ? new PlateauRate(new PlateauOptions { Peak = options.LearningRate, Patience = patience, WarmUp = warmUp }) : null;
        _rate = new LearningRateSchedule.WarmUp(warmUp, new LearningRateSchedule.Cosine(options.LearningRate, LeastRate, Math.Max(1, settings.Steps - warmUp)));
        _average = new ParameterAverage(network.Parameters, settings.AverageDecay);
        _chosen = new int[settings.Batch];
        _epochs = new EpochBatches(train.Length, settings.Batch, seed.Derive("batches"));
    }

    /// <summary>The denoiser.</summary>
    public Denoiser Network { get; }

    protected override IReadOnlyList<Module> Kept => [Network];

    protected override IReadOnlyList<string> LossNames => [Loss];

    protected override void Register(Checkpoint checkpoint) => checkpoint
        .Add("denoiser", Network)
        .Add("adam", _adam)
        .Add("average", _average)
        .AddNumbers("rate", () => _plateau?.Save() ?? [], saved => _plateau?.Restore(saved));

    protected override void Step(long step)
    {
        double total = 0;
        for (int part = 0; part < _settings.Accumulation; part++)
        {
            long batch = (step * _settings.Accumulation) + part;
            Choose(batch);
            _tape.Reset();
            Tensor loss = _batches.Losses(_tape, _chosen, _multiplicity, _seed.Stream("noise", batch)).Mean() * (1f / _settings.Accumulation);
            _tape.Backward(loss);
            total += loss.Item;
        }

        GradientClipping.ByNorm(_adam.Parameters, Clip);
        _adam.LearningRate = _plateau?.Rate ?? _rate.At(step);
        _adam.Step();
        _plateau?.Tell(total);
        if (step % AverageEvery == 0)
            _average.Update(DecayAt(step));
        Add(Loss, total);
    }

    protected override double Validate()
    {
        if (_validation.Length == 0)
            return double.NaN;
        Network.Evaluate();
        _tape.Recording = false;
        double sum = 0;
        for (int start = 0; start < _validation.Length; start += ValidationBatch)
        {
            int count = Math.Min(ValidationBatch, _validation.Length - start);
            _tape.Reset();
            Tensor losses = _batches.Losses(_tape, _validation.AsSpan(start, count), ValidationCopies(count), _seed.Stream("validation", start));
            foreach (float loss in losses.Values)
                sum += loss;
        }

        _tape.Recording = true;
        Network.Train();
        return sum / _validation.Length;
    }

    protected override void SwapAverage() => _average.Swap();

    // A copy of the weights at first, then an average that grows older with them (the warm-up of the original's library).
    private double DecayAt(long step) =>
        step <= AverageAfter ? 0 : Math.Min(_settings.AverageDecay, 1 - Math.Pow(step - AverageAfter, -2.0 / 3));

    // Few stays at few steps of the chain would say little: they are looked at several times.
    private static int ValidationCopies(int stays) => Math.Clamp(ValidationBatch / stays, 1, 16);

    private void Choose(long batch)
    {
        _epochs.Fill(batch, _chosen);
        for (int i = 0; i < _chosen.Length; i++)
            _chosen[i] = _train[_chosen[i]];
    }
}
