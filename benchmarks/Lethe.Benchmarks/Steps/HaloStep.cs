using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.Halo;

namespace Lethe.Benchmarks.Steps;

/// <summary>One step of HALO's cpu preset on 16 made-up stays of 48 visits and 20 half-read channels; peers/series_halo.py is the same in PyTorch.</summary>
internal sealed class HaloStep : ITrainingStep
{
    private const int Stays = 200, Batch = 16, Steps = 48, Channels = 20, Codes = 423;

    private readonly HaloTrainer _trainer;

    public HaloStep()
    {
        Cohort cohort = MadeUp();
        HaloCodec codec = HaloCodec.Fit(cohort, binHours: 1, bins: 20, staticBins: 20);
        if (codec.Width != Codes)
            throw new InvalidOperationException($"The step has {codec.Width} codes; its peer has {Codes}.");
        HaloRecords batch = codec.Encode(cohort.Take([.. Enumerable.Range(0, Batch)]));
        _trainer = new HaloTrainer(batch, batch, codec, new HaloOptions(), new HaloSettings(128, 4, 4, 20, 20, Batch, 1, 1, 1e-3, 1e-3), new Seed(1));
    }

    public void Run() => _trainer.StepOnce();

    private static Cohort MadeUp()
    {
        RandomStream random = new Seed(1).Stream("stays");
        CohortBuilder builder = new();
        for (int i = 0; i < Stays; i++)
        {
            for (int t = 0; t < Steps; t++)
            {
                for (int c = 0; c < Channels; c++)
                {
                    if (random.NextBool())
                        builder.Add(i, t + 0.5f, c, random.NextSingle());
                }
            }
        }

        Table statics = new([new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. Enumerable.Range(0, Stays).Select(i => $"{i}")])]);
        return builder.Build("made up", statics, [.. Enumerable.Range(0, Channels).Select(c => new Channel { Name = $"x{c}", Kind = ChannelKind.Vital, Decimals = 6 })], []);
    }
}
