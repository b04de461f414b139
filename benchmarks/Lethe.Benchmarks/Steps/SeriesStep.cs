using Lethe.Data.Cohorts;
using Lethe.Data.Simulation;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Kovae;
using Lethe.Synthesis.Series.TimeGan;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Benchmarks.Steps;

/// <summary>
/// One step of a generator of time series by its own trainer with the paper's sizes, on sines of 24 steps and five features;
/// peers/series_METHOD.py is the same in PyTorch.
/// </summary>
internal sealed class SeriesStep(TrainingLoop loop) : ITrainingStep
{
    private const int Windows = 640;

    private static readonly Seed Root = new(1);

    private long _step;

    /// <summary>KoVAE: encoder, prior roll-out, decoder, Koopman term, one Adam step on 64 windows.</summary>
    public static SeriesStep Kovae()
    {
        KovaeOptions options = new() { Preset = SeriesPreset.Paper };
        (SeriesEncoder encoder, SeriesData data) = Sines();
        EpochBatches epochs = new(Windows, options.BatchSize, Root);
        KovaeSettings settings = KovaeSettings.Resolve(options, Windows, epochs.PerEpoch, gaps: false);
        KovaeWeights weights = new(0.007, 0.005, 0, 1, KovaePrior.RolledOut);
        return new SeriesStep(new KovaeTrainer(new KovaeBatches(encoder, data, [], 0), data.Width, 0, [.. Enumerable.Range(0, Windows)], [], epochs, settings, weights, Root));
    }

    /// <summary>TimeGAN: one joint step, that is five Adam steps on 128 windows each.</summary>
    public static SeriesStep TimeGan()
    {
        TimeGanOptions options = new() { DiscriminatorAbove = 0 };
        SeriesData data = Sines().Data;
        return new SeriesStep(new TimeGanTrainer(data, [], 0, new EpochBatches(Windows, options.BatchSize, Root), new TimeGanSettings { Embedding = 0, Supervised = 0, Joint = 1 }, options, Root));
    }

    public void Run() => loop.StepOnce(_step++);

    private static (SeriesEncoder Encoder, SeriesData Data) Sines()
    {
        Cohort windows = SinesSimulator.Simulate(Windows, Root);
        SeriesEncoder encoder = SeriesEncoder.Fit(windows, new SeriesGridOptions());
        return (encoder, encoder.Encode(windows));
    }
}
