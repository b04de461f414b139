using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Training;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Halo;

/// <summary>Maximum likelihood: the mean over rows of Σ_groups −ln p(code | history, earlier groups).</summary>
internal sealed class HaloTrainer : TrainingLoop
{
    private const string LossName = "loss";
    private const int WarmUpSteps = 100;
    private const double LargestGradient = 1;

    private readonly Tape _tape = new();
    private readonly HaloRecords _train, _validation;
    private readonly HaloCodec _codec;
    private readonly HaloSettings _settings;
    private readonly Adam _adam;
    private readonly LearningRateSchedule _rate;
    private readonly OutputBlock[] _groups;
    private readonly Seed _seed;
    private int[] _order = [];
    private long _epoch = -1;

    public HaloTrainer(HaloRecords train, HaloRecords validation, HaloCodec codec, HaloOptions options, HaloSettings settings, Seed seed)
    {
        (_train, _validation, _codec, _settings, _seed) = (train, validation, codec, settings, seed.Derive("batches"));
        Network = new HaloNetwork(codec, settings.Width, settings.Blocks, settings.Heads, options.Dropout, seed.Derive("network"));
        HaloStart.Set(Network, codec, train);
        _adam = new Adam(Network.Parameters, new AdamOptions { LearningRate = settings.LearningRate, DecoupledDecay = options.WeightDecay });
        _rate = settings.FinalRate < settings.LearningRate
            ? new LearningRateSchedule.WarmUp(WarmUpSteps, new LearningRateSchedule.Cosine(settings.LearningRate, settings.FinalRate, Math.Max(1, settings.Steps - WarmUpSteps)))
            : new LearningRateSchedule.Constant(settings.LearningRate);
        _groups = [.. codec.Groups.Select(g => new OutputBlock(g.First, g.Width))];
    }

    public HaloNetwork Network { get; }

    /// <summary>What a checkpoint must carry to be continued.</summary>
    public string Identity(IReadOnlyDictionary<string, string> options, Seed seed) =>
        TrainingIdentity.Of(HaloSynthesizer.Announcement.Name, options, seed, Array.ConvertAll(_train.Codes, c => (float)c), Array.ConvertAll(_validation.Codes, c => (float)c));

    protected override IReadOnlyList<Module> Kept => [Network];

    protected override IReadOnlyList<string> LossNames => [LossName];

    protected override void Register(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        checkpoint.Add("network", Network).Add("adam", _adam);
    }

    protected override void Step(long step)
    {
        // The order of an epoch depends on its number alone: nothing to keep in a checkpoint.
        if (step / _settings.Epoch != _epoch)
            (_epoch, _order) = (step / _settings.Epoch, _seed.Stream("epoch", step / _settings.Epoch).Permutation(_train.Count));
        int from = (int)(step % _settings.Epoch) * _settings.Batch;
        _tape.Reset();
        Tensor loss = Loss(_tape, _train, _order.AsSpan(from, Math.Min(_settings.Batch, _order.Length - from)), out int rows) * (1f / rows);
        _tape.Backward(loss);
        Add(LossName, loss.Item);
        GradientClipping.ByNorm(Network.Parameters, LargestGradient);
        _adam.LearningRate = _rate.At(step);
        _adam.Step();
    }

    protected override double Validate()
    {
        if (_validation.Count == 0)
            return double.NaN;
        Network.Evaluate();
        _tape.Recording = false;
        double sum = 0;
        long rows = 0;
        int[] stays = [.. Enumerable.Range(0, _validation.Count)];
        for (int from = 0; from < stays.Length; from += _settings.Batch)
        {
            _tape.Reset();
            sum += Loss(_tape, _validation, stays.AsSpan(from, Math.Min(_settings.Batch, stays.Length - from)), out int count).Item;
            rows += count;
        }

        _tape.Recording = true;
        Network.Train();
        return sum / rows;
    }

    /// <summary>Sum over rows of these stays of the negative log-likelihood.</summary>
    public Tensor Loss(Tape tape, HaloRecords records, ReadOnlySpan<int> stays, out int rows)
    {
        rows = 0;
        int most = 0;
        foreach (int stay in stays)
            (rows, most) = (rows + records.RowsOf(stay), Math.Max(most, records.RowsOf(stay)));
        Tensor v = tape.Constant(new Shape(stays.Length, most, _codec.Width), 0);
        int[] times = new int[stays.Length * most];
        Span<float> cells = v.Values;
        for (int i = 0; i < stays.Length; i++)
        {
            for (int r = 0; r < records.RowsOf(stays[i]); r++)
            {
                int at = (i * most) + r;
                times[at] = records.Time(stays[i], r);
                ReadOnlySpan<int> codes = records.Row(stays[i], r);
                for (int g = 0; g < codes.Length; g++)
                {
                    if (codes[g] >= 0)
                        cells[(at * _codec.Width) + _codec.Groups[g].First + codes[g]] = 1;
                }
            }
        }

        Shape flat = new(stays.Length * most, _codec.Width);
        return Network.Forward(v, times).Reshape(flat).BlockCrossEntropy(v.Reshape(flat), _groups).Sum();
    }
}
