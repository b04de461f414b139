using Lethe.Data.Cohorts;
using Lethe.Data.Simulation;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.DiffusionTs;
using Lethe.Synthesis.Series.DiffusionTs.Network;
using Lethe.Synthesis.Series.Encoding;

namespace Lethe.Benchmarks.Steps;

/// <summary>One batch of 128 windows of Sines through the published network of Diffusion-TS; peers/series_diffusion_ts.py is the same in PyTorch.</summary>
internal sealed class DiffusionTsStep : ITrainingStep
{
    private const int Windows = 512, Batch = 128, Width = 64, Chain = 500;

    private readonly DiffusionTsTrainer _trainer;
    private long _step;

    public DiffusionTsStep()
    {
        Seed seed = new(1);
        Cohort sines = SinesSimulator.Simulate(Windows, seed);
        SeriesEncoder encoder = SeriesEncoder.Fit(sines, new SeriesGridOptions());
        SeriesData data = encoder.Encode(sines);
        DiffusionTsOptions options = new() { Preset = Lethe.Synthesis.Series.SeriesPreset.Paper, Accumulation = 1, BatchSize = Batch, DiffusionSteps = Chain, Steps = int.MaxValue / 2 };
        DiffusionTsSettings settings = DiffusionTsSettings.Resolve(options, data.Count, data.Width);
        Denoiser network = new(new DenoiserShape(data.Steps, data.Width, 0, Width, settings.EncoderLayers, settings.DecoderLayers, options.Heads, 4, 0), seed);
        NoisyBatch batches = new(data, [], encoder, new SeriesPredictor(network, new NoiseSchedule(Chain), false), 1);
        _trainer = new DiffusionTsTrainer(network, batches, [.. Enumerable.Range(0, data.Count)], [], options, settings, seed);
    }

    public void Run() => _trainer.StepOnce(_step++);
}
