using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Training;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>
/// One step: the rounds of one network, then those of the other; which is first alternates from pass to pass. Discriminator:
/// mean over steps and stays of BCE(real, 1) + BCE(fake, 0), gradient descent. Generator: BCE(fake, 1), Adam. Batches and
/// noise of a round follow from its number.
/// </summary>
internal sealed class RcganTrainer : TrainingLoop
{
    private const string DiscriminatorLoss = "discriminator loss", GeneratorLoss = "generator loss";

    private readonly Tape _tape = new();
    private readonly SeriesData _data;
    private readonly float[] _conditions;
    private readonly RcganSizes _sizes;
    private readonly RcganSettings _settings;
    private readonly RcganNetwork _discriminator;
    private readonly Sgd _descent;
    private readonly Adam _adam;
    private readonly EpochBatches _epochs;
    private readonly HeldOut? _heldOut;
    private readonly bool _wrongLabels;
    private readonly Seed _noise;
    private readonly int[] _batch, _lengths;

    /// <param name="data">Encoded stays that train.</param>
    /// <param name="conditions">Their encoded statics, stays × width, row-major.</param>
    /// <param name="heldOut">Stays kept apart; null for none.</param>
    /// <param name="sizes">Of the networks.</param>
    /// <param name="settings">Batch, rounds, steps.</param>
    /// <param name="options">The rest.</param>
    /// <param name="seed">Of weights, batches and noise.</param>
    public RcganTrainer(SeriesData data, float[] conditions, HeldOut? heldOut, RcganSizes sizes, RcganSettings settings, RcganOptions options, Seed seed)
    {
        (_data, _conditions, _heldOut, _sizes, _settings, _noise) = (data, conditions, heldOut, sizes, settings, seed.Derive("noise"));
        _wrongLabels = options.WrongLabels && sizes.Condition > 0;
        Generator = sizes.Generator(seed.Derive("generator"));
        _discriminator = sizes.Discriminator(seed.Derive("discriminator"));
        _descent = new Sgd(_discriminator.Parameters, options.DiscriminatorRate);
        _adam = new Adam(Generator.Parameters, new AdamOptions { LearningRate = options.GeneratorRate });
        _epochs = new EpochBatches(data.Count, settings.Batch, seed.Derive("batches"));
        (_batch, _lengths) = (new int[settings.Batch], new int[settings.Batch]);
    }

    /// <summary>Makes series of noise and conditions.</summary>
    public RcganNetwork Generator { get; }

    protected override IReadOnlyList<Module> Kept => [Generator];

    protected override IReadOnlyList<string> LossNames => [DiscriminatorLoss, GeneratorLoss];

    protected override void Register(Checkpoint checkpoint) => checkpoint
        .Add("generator", Generator).Add("discriminator", _discriminator)
        .Add("generator", _adam).Add("discriminator", _descent);

    protected override void Step(long step)
    {
        bool generatorFirst = step / RcganSettings.StepsPerEpoch(_data.Count, _settings.Batch, _settings.Rounds) % 2 == 1;
        for (int round = 0; round < _settings.Rounds; round++)
        {
            bool discriminator = generatorFirst ? round >= _settings.GeneratorRounds : round < _settings.DiscriminatorRounds;
            long number = (step * _settings.Rounds) + round;
            if (discriminator)
                DiscriminatorRound(number);
            else
                GeneratorRound(number);
        }
    }

    protected override double Validate() => _heldOut is null
        ? double.NaN
        : _heldOut.Discrepancy.Of(FittedRcgan.Series(Generator, _sizes, _heldOut.Data.Steps, _heldOut.Conditions, _heldOut.Data.Lengths, _noise.Stream("held-out")));

    private void DiscriminatorRound(long number)
    {
        Tensor? condition = Draw(number, out StepRows rows);
        Tensor real = Real(_batch);
        _tape.Recording = false;
        Tensor fake = Generator.Forward(Noise(number), condition, rows.Lengths);
        _tape.Recording = true;
        // Real and generated stays pass the LSTM together; each half counts with its own mean.
        int halves = _wrongLabels ? 3 : 2;
        Tensor x = real.ConcatRows(fake);
        Tensor? given = condition?.ConcatRows(condition);
        if (_wrongLabels)
            (x, given) = (x.ConcatRows(real), given!.ConcatRows(Wrong(rows)));
        StepRows all = new(halves * _settings.Batch, _data.Steps, rows.Lengths.Length == 0 ? [] : [.. Enumerable.Repeat(rows.Lengths, halves).SelectMany(l => l)]);
        Tensor logits = all.Take(_discriminator.Forward(x, given, all.Lengths));
        Tensor target = _tape.Constant(logits.Shape, 0);
        target.Values[..rows.Count].Fill(1);
        Tensor loss = logits.BinaryCrossEntropyWithLogits(target).Mean() * halves;
        Add(DiscriminatorLoss, loss.Item);
        _tape.Backward(loss, _descent.Parameters);
        _descent.Step();
    }

    private void GeneratorRound(long number)
    {
        Tensor? condition = Draw(number, out StepRows rows);
        Tensor fake = Generator.Forward(Noise(number), condition, rows.Lengths);
        Tensor loss = rows.Take(_discriminator.Forward(fake, condition, rows.Lengths)).BinaryCrossEntropyWithLogits(1).Mean();
        Add(GeneratorLoss, loss.Item);
        _tape.Backward(loss, _adam.Parameters);
        _adam.Step();
    }

    /// <summary>A batch's conditions, [B, T, W]; null without.</summary>
    private Tensor? Draw(long number, out StepRows rows)
    {
        _tape.Reset();
        _epochs.Fill(number, _batch);
        for (int i = 0; i < _batch.Length; i++)
            _lengths[i] = _data.Lengths[_batch[i]];
        rows = new StepRows(_batch.Length, _data.Steps, _lengths);
        return _sizes.Condition == 0 ? null : rows.Repeat(Conditions(_batch));
    }

    /// <summary>The batch's stays, each with the statics of the next one.</summary>
    private Tensor Wrong(StepRows rows) => rows.Repeat(Conditions([.. _batch[1..], _batch[0]]));

    private Tensor Conditions(ReadOnlySpan<int> stays)
    {
        int width = _sizes.Condition;
        Tensor conditions = _tape.Input(new Shape(stays.Length, width));
        for (int i = 0; i < stays.Length; i++)
            _conditions.AsSpan(stays[i] * width, width).CopyTo(conditions.Values[(i * width)..]);
        return conditions;
    }

    private Tensor Real(ReadOnlySpan<int> stays)
    {
        Tensor x = _tape.Input(new Shape(stays.Length, _data.Steps, _data.Width));
        for (int i = 0; i < stays.Length; i++)
            FittedRcgan.Signed(_data[stays[i]], x.Values.Slice(i * _data.Steps * _data.Width, _data.Steps * _data.Width));
        return x;
    }

    private Tensor Noise(long number) => _tape.Gaussian(new Shape(_settings.Batch, _data.Steps, _sizes.Latent), _noise.Stream("round", number));
}
