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
/// mean over steps and stays of BCE(real, 1) + BCE(fake, 0), gradient descent (Adam for stays). Generator: BCE(fake, 1), Adam.
/// Batches and noise of a round follow from its number.
/// </summary>
internal sealed class RcganTrainer : TrainingLoop
{
    private const string DiscriminatorLoss = "discriminator loss", GeneratorLoss = "generator loss", Spread = "spread between stays, of real";

    private readonly Tape _tape = new();
    private readonly SeriesData _data;
    private readonly float[] _conditions;
    private readonly RcganSizes _sizes;
    private readonly RcganSettings _settings;
    private readonly RcganNetwork _discriminator;
    private readonly Optimiser _descent;
    private readonly Adam _adam;
    private readonly EpochBatches _epochs;
    private readonly HeldOut? _heldOut;
    private readonly bool _wrongLabels;
    private readonly Seed _noise;
    private readonly CarriedReadings? _carried;
    private readonly ParameterAverage? _average;
    private readonly StaySpread _spread;
    private readonly float _inputNoise;
    private readonly double _generatorRate;
    private readonly int[] _batch, _lengths;

    /// <param name="data">Encoded stays that train.</param>
    /// <param name="conditions">Their encoded statics, stays × width, row-major.</param>
    /// <param name="heldOut">Stays kept apart; null for none.</param>
    /// <param name="spread">Compares how much stays differ from each other, on the scale of [−1, 1].</param>
    /// <param name="carried">Lays generated stays out as encoded ones; null when nothing is missing.</param>
    /// <param name="sizes">Of the networks.</param>
    /// <param name="settings">Batch, rounds, steps.</param>
    /// <param name="options">The rest.</param>
    /// <param name="seed">Of weights, batches and noise.</param>
    public RcganTrainer(SeriesData data, float[] conditions, HeldOut? heldOut, StaySpread spread, CarriedReadings? carried, RcganSizes sizes, RcganSettings settings, RcganOptions options, Seed seed)
    {
        (_data, _conditions, _heldOut, _sizes, _settings, _noise) = (data, conditions, heldOut, sizes, settings, seed.Derive("noise"));
        _wrongLabels = settings.WrongLabels > 0 && sizes.Condition > 0;
        Generator = sizes.Generator(seed.Derive("generator"));
        _generatorRate = options.GeneratorRate;
        _inputNoise = (float)settings.InputNoise;
        _discriminator = sizes.Discriminator(seed.Derive("discriminator"));
        _carried = carried;
        _spread = spread;
        _descent = settings.Stabilised
            ? new Adam(_discriminator.Parameters, new AdamOptions { LearningRate = settings.DiscriminatorRate, Beta1 = 0.5 })
            : new Sgd(_discriminator.Parameters, settings.DiscriminatorRate);
        _adam = new Adam(Generator.Parameters, new AdamOptions { LearningRate = options.GeneratorRate, Beta1 = settings.Stabilised ? 0.5 : 0.9 });
        _average = settings.Stabilised ? new ParameterAverage(Generator.State, Math.Clamp(1 - (20.0 / settings.Steps), 0.5, 0.999)) : null;
        _epochs = new EpochBatches(data.Count, settings.Batch, seed.Derive("batches"));
        (_batch, _lengths) = (new int[settings.Batch], new int[settings.Batch]);
    }

    /// <summary>Makes series of noise and conditions.</summary>
    public RcganNetwork Generator { get; }

    protected override IReadOnlyList<Module> Kept => [Generator];

    protected override IReadOnlyList<string> LossNames => [DiscriminatorLoss, GeneratorLoss, Spread];

    protected override void Register(Checkpoint checkpoint)
    {
        checkpoint.Add("generator", Generator).Add("discriminator", _discriminator).Add("generator", _adam).Add("discriminator", _descent);
        if (_average is not null)
            checkpoint.Add("generator", _average);
    }

    protected override void SwapAverage() => _average?.Swap();

    protected override void Step(long step)
    {
        if (_settings.Stabilised)
        {
            _descent.LearningRate = Falling(_settings.DiscriminatorRate).At(step);
            _adam.LearningRate = Falling(_generatorRate).At(step);
        }

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

        _average?.Update();
    }

    protected override double Validate()
    {
        if (_heldOut is null)
            return double.NaN;
        float[] series = FittedRcgan.Series(Generator, _carried, _sizes, _heldOut.Data.Steps, _heldOut.Conditions, _heldOut.Data.Lengths, _noise.Derive("held-out"));
        double[] spread = _spread.Of(series, _heldOut.Data.Lengths);
        if (spread.Length > 0)
            Add(Spread, spread[spread.Length / 2]);
        return _heldOut.Discrepancy.Of(series);
    }

    // Two networks at full rates chase each other around the solution; with falling ones they settle.
    private LearningRateSchedule.Cosine Falling(double rate) => new(rate, rate / 20, _settings.Steps);

    private void DiscriminatorRound(long number)
    {
        Tensor? condition = Draw(number, out StepRows rows);
        Tensor real = Real(_batch);
        _tape.Recording = false;
        Tensor fake = Fake(number, condition, rows);
        _tape.Recording = true;
        // Real and generated stays pass the LSTM together; each half counts with its own mean.
        int halves = _wrongLabels ? 3 : 2;
        Tensor x = Perturbed(real, "real", number).ConcatRows(Perturbed(fake, "fake", number));
        Tensor? given = condition?.ConcatRows(condition);
        if (_wrongLabels)
            (x, given) = (x.ConcatRows(Perturbed(real, "wrong", number)), given!.ConcatRows(Wrong(rows)));
        StepRows all = new(halves * _settings.Batch, _data.Steps, rows.Lengths.Length == 0 ? [] : [.. Enumerable.Repeat(rows.Lengths, halves).SelectMany(l => l)]);
        Tensor logits = all.Take(_discriminator.Forward(x, given, all.Lengths));
        Tensor target = _tape.Constant(logits.Shape, 0);
        target.Values[..rows.Count].Fill(1);
        Tensor loss = Judged(0, 2) * 2;
        if (_wrongLabels)
            loss += Judged(2, 1) * (float)_settings.WrongLabels;
        Add(DiscriminatorLoss, loss.Item);
        _tape.Backward(loss, _descent.Parameters);
        _descent.Step();

        Tensor Judged(int first, int count) =>
            logits.SliceRows(first * rows.Count, count * rows.Count).BinaryCrossEntropyWithLogits(target.SliceRows(first * rows.Count, count * rows.Count)).Mean();
    }

    private void GeneratorRound(long number)
    {
        Tensor? condition = Draw(number, out StepRows rows);
        Tensor fake = Perturbed(Fake(number, condition, rows), "fake", number);
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

    private Tensor Fake(long number, Tensor? condition, StepRows rows)
    {
        Seed own = _noise.Derive("round", number);
        Tensor raw = Generator.Forward(FittedRcgan.Noise(_tape, rows, _sizes, own), condition, rows.Lengths);
        return _carried?.Forward(raw, own.Stream("masks")) ?? raw;
    }

    /// <summary>With noise, so that the discriminator cannot tell the two by details that no generator meets.</summary>
    private Tensor Perturbed(Tensor x, string what, long number) =>
        _inputNoise == 0 ? x : x + (_tape.Gaussian(x.Shape, _noise.Derive(what).Stream("input", number)) * _inputNoise);
}
