using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Training;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// One step: both critics on a batch of real and of generated stays, L_D = mean f(fake) − mean f(real) + 10·mean(‖∇f(x̂)‖ − 1)²
/// with one norm and one mixing weight a stay; then the generator, L_G = −mean f(fake) − mean f_aux(fake) + ramp·Σ_i R_i/R_i⁰.
/// </summary>
internal sealed class GhostsTrainer : TrainingLoop
{
    private const float Lambda = 10;

    // The regularisers come in over this share of the steps.
    private const double Ramp = 0.2;

    private readonly Tape _tape = new();
    private readonly GhostsData _data;
    private readonly GhostsSettings _settings;
    private readonly GhostsGenerator _generator;
    private readonly Mlp _critic;
    private readonly Mlp? _auxiliary;
    private readonly Adam _generatorAdam, _criticAdam;
    private readonly Parameter[] _criticParameters;
    private readonly ParameterAverage _average;
    private readonly Regularisers? _regularisers;
    private readonly double[] _first = new double[Regularisers.Names.Count]; // R_i⁰; 0 until the first step
    private readonly float[] _mix;
    private RandomStream _batch, _noise, _bits, _between;

    public GhostsTrainer(GhostsEncoder encoder, GhostsData data, GhostsSettings settings, Seed seed)
    {
        GhostsOptions options = settings.Options;
        (_data, _settings) = (data, settings);
        _generator = new GhostsGenerator(encoder, options.Noise, options.AttributeHidden, options.LstmHidden, seed.Derive("generator"));
        _critic = Critic(data.Layout.RowWidth, "critic");
        _auxiliary = data.Layout.Attributes == 0 ? null : Critic(data.Layout.Attributes, "auxiliary critic");
        AdamOptions adam = new() { LearningRate = options.LearningRate, Beta1 = 0.5, Beta2 = 0.999 };
        _criticParameters = [.. _critic.Parameters, .. _auxiliary?.Parameters ?? []];
        _generatorAdam = new Adam(_generator.Parameters, adam);
        _criticAdam = new Adam(_criticParameters, adam);
        _average = new ParameterAverage(_generator.State, Math.Clamp(1 - (10.0 / settings.Steps), 0.5, 0.999));
        _regularisers = options.Regularisers > 0 ? new Regularisers(SeriesTargets.Of(data), AttributeMoments.Of(data), data.Layout) : null;
        _mix = new float[settings.Batch];
        (_batch, _noise, _bits, _between) = (seed.Stream("batch"), seed.Stream("noise"), seed.Stream("bits"), seed.Stream("penalty"));

        Mlp Critic(int inputs, string name) => new(inputs, [options.CriticHidden, options.CriticHidden, options.CriticHidden, options.CriticHidden], 1, seed.Derive(name), Activation.Relu);
    }

    public GhostsGenerator Generator => _generator;

    protected override IReadOnlyList<Module> Kept => [_generator];

    protected override IReadOnlyList<string> LossNames => ["critic loss", "generator loss", .. Regularisers.Names];

    protected override void Register(Checkpoint checkpoint)
    {
        checkpoint.Add("generator", _generator).Add("critic", _critic);
        if (_auxiliary is not null)
            checkpoint.Add("auxiliary", _auxiliary);
        checkpoint.Add("generator", _generatorAdam).Add("critic", _criticAdam).Add("generator", _average)
            .AddStream("batch", () => _batch, s => _batch = s)
            .AddStream("noise", () => _noise, s => _noise = s)
            .AddStream("bits", () => _bits, s => _bits = s)
            .AddStream("penalty", () => _between, s => _between = s)
            .AddNumbers("regularisers", () => [.. _first], first => first.CopyTo(_first, 0));
    }

    protected override void SwapAverage() => _average.Swap();

    protected override void Step(long step)
    {
        for (int i = 0; i < _settings.Options.CriticSteps; i++)
            CriticStep();
        GeneratorStep(step);
        _average.Update();
    }

    private void CriticStep()
    {
        _tape.Reset();
        _tape.Recording = false;
        GhostsBatch fake = Generate();
        _tape.Recording = true;
        Tensor real = RealRows();
        for (int i = 0; i < _mix.Length; i++)
            _mix[i] = _between.NextSingle();
        Tensor loss = CriticLoss(_critic, real, fake.Row);
        if (_auxiliary is not null)
            loss += CriticLoss(_auxiliary, Attributes(real), fake.Attributes!);
        _tape.Backward(loss, _criticParameters);
        Add("critic loss", loss.Item);
        _criticAdam.Step();
    }

    private Tensor CriticLoss(Mlp critic, Tensor real, Tensor fake)
    {
        Tensor between = GradientPenalty.Interpolate(_tape, real, fake, _mix);
        Tensor penalty = GradientPenalty.PerRow(critic.Forward(between), between).Mean() * Lambda;
        return critic.Forward(fake).Mean() - critic.Forward(real).Mean() + penalty;
    }

    private void GeneratorStep(long step)
    {
        _tape.Reset();
        GhostsBatch fake = Generate();
        Tensor loss = -_critic.Forward(fake.Row).Mean();
        if (_auxiliary is not null)
            loss -= _auxiliary.Forward(fake.Attributes!).Mean();
        if (_regularisers is not null)
            loss += Regularise(fake, step);
        _tape.Backward(loss, _generator.Parameters);
        Add("generator loss", loss.Item);
        _generatorAdam.Step();
    }

    private Tensor Regularise(GhostsBatch fake, long step)
    {
        float weight = (float)(_settings.Options.Regularisers * Math.Min(1, step / (Ramp * _settings.Steps)));
        Tensor?[] terms = _regularisers!.Terms(fake);
        Tensor total = _tape.Constant(Shape.Scalar, 0);
        for (int i = 0; i < terms.Length; i++)
        {
            if (terms[i] is not { } term)
                continue;
            Add(Regularisers.Names[i], term.Item);
            if (_first[i] == 0)
                _first[i] = Math.Max(1e-6, term.Item);
            total += term * (float)(weight / _first[i]);
        }

        return total;
    }

    private GhostsBatch Generate() => _generator.Forward(_tape, _settings.Batch, _generator.Statics(_tape, _settings.Batch, _noise), _noise, _bits);

    private Tensor RealRows()
    {
        int width = _data.Layout.RowWidth;
        Tensor rows = _tape.Input(new Shape(_settings.Batch, width));
        for (int i = 0; i < _settings.Batch; i++)
            _data.Rows.AsSpan(_batch.NextInt(_data.Count) * width, width).CopyTo(rows.Values[(i * width)..]);
        return rows;
    }

    private Tensor Attributes(Tensor rows) => rows.SliceColumns(_data.Layout.RowWidth - _data.Layout.Attributes, _data.Layout.Attributes);
}
