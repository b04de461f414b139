using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Training;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.TimeGan;

/// <summary>
/// Three phases. Embedding: (E, R) on 10·√E_T0. Supervised: (G, S) on L_S of real latents. Joint, each step: so many rounds of {(G, S) on
/// U + γ·U_e + w_S·√L_S + w_V·V; (E, R) on 10·√E_T0 + 0.1·L_S}, then on fresh draws rounds of D on its loss while that is above 0.15;
/// published are two rounds, one of D, and weights of 100, for the cpu preset see <see cref="TimeGanSettings"/>.
/// Adam keeps separate moments per phase, as the published code does; the cpu preset lets the joint rate fall
/// and averages the weights that sampling uses. Batches and noise of a step follow from its number.
/// </summary>
internal sealed class TimeGanTrainer : TrainingLoop
{
    private const string EmbeddingLoss = "embedding", SupervisedLoss = "supervised", GeneratorLoss = "generator", DiscriminatorLoss = "discriminator", MomentLoss = "moments";
    private const float UnderRoot = 1e-8f;

    private readonly Tape _tape = new();
    private readonly SeriesData _data;
    private readonly float[] _statics;
    private readonly int _staticWidth;
    private readonly EpochBatches _epochs;
    private readonly TimeGanSettings _settings;
    private readonly float _gamma;
    private readonly double _above;
    private readonly Adam _embedding, _supervised, _generator, _embeddingJoint, _discriminator;
    private readonly ParameterAverage? _average;
    private readonly LearningRateSchedule.Cosine _jointRate;
    private readonly Seed _noise;
    private readonly int _drawsPerStep;
    private readonly int[] _batch, _lengths;

    /// <param name="data">Encoded stays.</param>
    /// <param name="statics">Their encoded statics, stays × width, row-major.</param>
    /// <param name="staticWidth">Numbers of a stay, 0 for none.</param>
    /// <param name="epochs">Batches over the stays.</param>
    /// <param name="settings">Steps.</param>
    /// <param name="options">The rest.</param>
    /// <param name="seed">Of weights and noise.</param>
    public TimeGanTrainer(SeriesData data, float[] statics, int staticWidth, EpochBatches epochs, TimeGanSettings settings, TimeGanOptions options, Seed seed)
    {
        (_data, _statics, _staticWidth, _epochs, _settings) = (data, statics, staticWidth, epochs, settings);
        (_gamma, _above, _noise, _batch) = ((float)options.Gamma, options.DiscriminatorAbove, seed.Derive("noise"), new int[epochs.Size]);
        _lengths = new int[epochs.Size];
        _drawsPerStep = settings.GeneratorRounds + settings.DiscriminatorRounds;
        Networks = new TimeGanNetworks(data.Width, staticWidth, new TimeGanSizes(options.Hidden, options.Layers, settings.StayNoise), seed.Derive("networks"));
        AdamOptions adam = new() { LearningRate = options.LearningRate }, adversarial = adam with { Beta1 = settings.JointBeta1 };
        _embedding = Over(adam, Networks.Embedder, Networks.Recovery);
        _embeddingJoint = Over(adam, Networks.Embedder, Networks.Recovery);
        _supervised = Over(adam, Networks.Generator, Networks.Supervisor);
        _generator = Over(adversarial, Networks.Generator, Networks.Supervisor);
        _discriminator = Over(adversarial, Networks.Discriminator);
        _jointRate = new LearningRateSchedule.Cosine(options.LearningRate, options.LearningRate * settings.LeastRate, settings.Joint);
        _average = settings.AverageDecay > 0 ? new ParameterAverage([.. Kept.SelectMany(m => m.Parameters)], settings.AverageDecay) : null;

        static Adam Over(AdamOptions adam, params ReadOnlySpan<Module> modules)
        {
            List<Parameter> all = [];
            foreach (Module module in modules)
                all.AddRange(module.Parameters);
            return new Adam(all, adam);
        }
    }

    /// <summary>All five networks.</summary>
    public TimeGanNetworks Networks { get; }

    /// <summary>Rounds in which the discriminator learnt.</summary>
    public long DiscriminatorSteps => _discriminator.Steps;

    protected override IReadOnlyList<Module> Kept => [Networks.Generator, Networks.Supervisor, Networks.Recovery];

    protected override IReadOnlyList<string> LossNames => [EmbeddingLoss, SupervisedLoss, GeneratorLoss, DiscriminatorLoss, MomentLoss];

    protected override void Register(Checkpoint checkpoint)
    {
        checkpoint
            .Add("generator", Networks.Generator).Add("supervisor", Networks.Supervisor).Add("recovery", Networks.Recovery)
            .Add("embedder", Networks.Embedder).Add("discriminator", Networks.Discriminator)
            .Add("adam embedding", _embedding).Add("adam supervised", _supervised).Add("adam generator", _generator)
            .Add("adam joint embedding", _embeddingJoint).Add("adam discriminator", _discriminator);
        if (_average is not null)
            checkpoint.Add("average", _average);
    }

    protected override void SwapAverage() => _average?.Swap();

    protected override void Step(long step)
    {
        if (step < _settings.Embedding)
        {
            EmbeddingStep(Draw(step, 0), _embedding, supervised: false);
        }
        else if (step < _settings.Embedding + _settings.Supervised)
        {
            SupervisedStep(Draw(step, 0));
        }
        else
        {
            double rate = _jointRate.At(step - _settings.Embedding - _settings.Supervised);
            (_generator.LearningRate, _embeddingJoint.LearningRate, _discriminator.LearningRate) = (rate, rate, rate * _settings.DiscriminatorPace);
            for (int k = 0; k < _settings.GeneratorRounds; k++)
            {
                GeneratorStep(Draw(step, k), Noise(step, k));
                EmbeddingStep(Draw(step, k), _embeddingJoint, supervised: true);
            }

            for (int k = _settings.GeneratorRounds; k < _drawsPerStep; k++)
                DiscriminatorStep(Draw(step, k), Noise(step, k));
            // Young, it is nearly the mean of all joint steps so far.
            double joint = step - _settings.Embedding - _settings.Supervised;
            _average?.Update(Math.Min(_settings.AverageDecay, joint / (10 + joint)));
        }
    }

    private void EmbeddingStep(Batch batch, Adam adam, bool supervised)
    {
        Tensor h = Embed(batch), rebuilt = Networks.Recovery.Forward(h, batch.Statics, batch.Rows.Lengths);
        Tensor loss = TimeGanLosses.Embedding(batch.X, rebuilt, batch.Rows);
        Add(EmbeddingLoss, loss.Item);
        if (supervised && TimeGanLosses.Supervised(h, Networks.Supervisor.Forward(h, batch.Statics, batch.Rows.Lengths), batch.Rows) is { } foretold)
            loss += foretold * 0.1f;
        Update(loss, adam);
    }

    private void SupervisedStep(Batch batch)
    {
        Tensor h = EmbedFrozen(batch);
        if (TimeGanLosses.Supervised(h, Networks.Supervisor.Forward(h, batch.Statics, batch.Rows.Lengths), batch.Rows) is not { } loss)
            return;
        Add(SupervisedLoss, loss.Item);
        Update(loss, _supervised);
    }

    private void GeneratorStep(Batch batch, RandomStream noise)
    {
        StepRows rows = batch.Rows;
        Tensor h = EmbedFrozen(batch);
        Tensor raw = Networks.Generator.Forward(FittedTimeGan.Noise(_tape, rows, _data.Width, _settings.StayNoise, noise), batch.Statics, rows.Lengths), latent = Networks.Supervisor.Forward(raw, batch.Statics, rows.Lengths);
        Tensor moments = TimeGanLosses.Moments(Networks.Recovery.Forward(latent, batch.Statics, rows.Lengths), batch.X, rows);
        Tensor loss = TimeGanLosses.Judged(Judge(latent, batch), rows, real: true) + (TimeGanLosses.Judged(Judge(raw, batch), rows, real: true) * _gamma) + (moments * _settings.MomentWeight);
        if (TimeGanLosses.Supervised(h, Networks.Supervisor.Forward(h, batch.Statics, rows.Lengths), rows) is { } foretold)
        {
            Add(SupervisedLoss, foretold.Item);
            loss += (foretold + UnderRoot).Sqrt() * _settings.SupervisedWeight;
        }

        Add(MomentLoss, moments.Item);
        Add(GeneratorLoss, loss.Item);
        Update(loss, _generator);
    }

    private void DiscriminatorStep(Batch batch, RandomStream noise)
    {
        StepRows rows = batch.Rows;
        Tensor h = EmbedFrozen(batch);
        _tape.Recording = false;
        Tensor raw = Networks.Generator.Forward(FittedTimeGan.Noise(_tape, rows, _data.Width, _settings.StayNoise, noise), batch.Statics, rows.Lengths), latent = Networks.Supervisor.Forward(raw, batch.Statics, rows.Lengths);
        _tape.Recording = true;
        Tensor loss = TimeGanLosses.Judged(Judge(h, batch), rows, real: true)
            + TimeGanLosses.Judged(Judge(latent, batch), rows, real: false)
            + (TimeGanLosses.Judged(Judge(raw, batch), rows, real: false) * _gamma);
        Add(DiscriminatorLoss, loss.Item);
        if (loss.Item > _above)
            Update(loss, _discriminator);
    }

    private void Update(Tensor loss, Adam adam)
    {
        _tape.Backward(loss, adam.Parameters);
        adam.Step();
    }

    private Tensor Embed(Batch batch) => Networks.Embedder.Forward(batch.X, batch.Statics, batch.Rows.Lengths);

    private Tensor Judge(Tensor latent, Batch batch) => Networks.Discriminator.Forward(latent, batch.Statics, batch.Rows.Lengths);

    /// <summary>Latents of real stays where the embedder does not learn: computed without being recorded.</summary>
    private Tensor EmbedFrozen(Batch batch)
    {
        _tape.Recording = false;
        Tensor h = Embed(batch);
        _tape.Recording = true;
        return h;
    }

    private Batch Draw(long step, int part)
    {
        _epochs.Fill((_drawsPerStep * step) + part, _batch);
        _tape.Reset();
        for (int i = 0; i < _batch.Length; i++)
            _lengths[i] = _data.Lengths[_batch[i]];
        StepRows rows = new(_batch.Length, _data.Steps, _lengths);
        Tensor x = _tape.Input(new Shape(_batch.Length, _data.Steps, _data.Width));
        Tensor? statics = _staticWidth > 0 ? _tape.Input(new Shape(_batch.Length, _staticWidth)) : null;
        for (int i = 0; i < _batch.Length; i++)
        {
            ReadOnlySpan<float> stay = _data[_batch[i]];
            stay.CopyTo(x.Values[(i * stay.Length)..]);
            if (statics is not null)
                _statics.AsSpan(_batch[i] * _staticWidth, _staticWidth).CopyTo(statics.Values[(i * _staticWidth)..]);
        }

        return new Batch(x, statics is null ? null : rows.Repeat(statics), rows);
    }

    private RandomStream Noise(long step, int part) => _noise.Derive("step", (_drawsPerStep * step) + part).Stream("uniform");

    /// <param name="X">[B, T, D].</param>
    /// <param name="Statics">[B, T, W]; null for none.</param>
    /// <param name="Rows">Valid steps.</param>
    private sealed record Batch(Tensor X, Tensor? Statics, StepRows Rows);
}
