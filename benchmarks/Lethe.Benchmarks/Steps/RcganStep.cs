using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Rcgan;

namespace Lethe.Benchmarks.Steps;

/// <summary>
/// One step of RCGAN on windows without statics (24 steps of 5 columns): five discriminator rounds and one generator round of 28
/// windows; peers/series_rcgan.py is the same in PyTorch.
/// </summary>
internal sealed class RcganStep : ITrainingStep
{
    private const int Windows = 280, Steps = 24, Columns = 5;

    private readonly RcganTrainer _trainer;
    private long _step;

    public RcganStep()
    {
        float[] cells = new float[Windows * Steps * Columns];
        new Seed(1).Stream("x").FillUniform(cells);
        RcganOptions options = new() { Steps = 1_000_000 };
        RcganSettings settings = RcganSettings.Resolve(options, Windows, stays: false);
        SeriesData data = new(Windows, Steps, Columns, cells, [.. Enumerable.Repeat(Steps, Windows)]);
        _trainer = new RcganTrainer(data, [], null, new StaySpread(cells, Steps, Columns, Columns, data.Lengths), null, new RcganSizes(Columns, 0, settings.Latent, 0, options.Hidden), settings, options, new Seed(2));
    }

    public void Run() => _trainer.StepOnce(_step++);
}
