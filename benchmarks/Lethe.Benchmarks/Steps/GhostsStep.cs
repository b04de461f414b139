using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.Ghosts;

namespace Lethe.Benchmarks.Steps;

/// <summary>
/// One step of the GHOSTS-style generator at the size of hourly intensive care stays (48 rows, 34 channels with masks, no statics, 100
/// stays): both critics, then the generator with all regularisers; peers/series_ghosts.py is the same in PyTorch.
/// </summary>
internal sealed class GhostsStep : ITrainingStep
{
    private const int Stays = 200, Rows = 48, Channels = 34;

    private readonly GhostsTrainer _trainer;

    // Past the ramp, so that the regularisers count.
    private long _step = 1_000_000;

    public GhostsStep()
    {
        RandomStream random = new Seed(1).Stream("events");
        CohortBuilder events = new();
        for (int i = 0; i < Stays; i++)
        {
            for (int t = 0; t < Rows; t++)
            {
                for (int c = 0; c < Channels; c++)
                {
                    if (c == 0 || random.NextBool(0.3))
                        events.Add(i, t, c, (float)random.NextGaussian());
                }
            }
        }

        Table ids = new([new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. Enumerable.Range(0, Stays).Select(i => $"stay {i}")])]);
        Cohort cohort = events.Build("stays", ids, [.. Enumerable.Range(0, Channels).Select(c => new Channel { Name = $"x{c}", Kind = ChannelKind.Vital })], []);
        GhostsOptions options = new() { Block = 1 };
        GhostsSettings settings = new(options, BinHours: 1, Batch: 100, Steps: 1_000_000);
        GhostsEncoder encoder = GhostsEncoder.Fit(cohort, settings, default);
        _trainer = new GhostsTrainer(encoder, encoder.Encode(cohort, new Seed(2)), settings, new Seed(3));
    }

    public void Run() => _trainer.StepOnce(_step++);
}
