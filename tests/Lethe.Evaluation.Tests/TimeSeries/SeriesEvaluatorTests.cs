using System.Text.Json;
using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Data.Simulation.Icu;
using Lethe.Evaluation.TimeSeries;
using Lethe.Evaluation.TimeSeries.Networks;
using Lethe.Evaluation.TimeSeries.Protocols;
using Lethe.Evaluation.TimeSeries.Utility;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Xunit;

namespace Lethe.Evaluation.Tests.TimeSeries;

/// <summary>The one door, on small simulated stays.</summary>
public sealed class SeriesEvaluatorTests
{
    private static readonly SeriesEvaluationOptions Small = new()
    {
        Repeats = 2,
        MostPoints = 30,
        LeastJudged = 20,
        Discriminative = new DiscriminativeOptions { Hidden = 4, Iterations = 40, BatchPerSide = 16 },
        ContextFid = new Ts2VecOptions { Hidden = 8, Outputs = 12, Depth = 2, Iterations = 10 },
        UtilityOptions = new SeriesUtilityOptions { Repeats = 1, Resamples = 20, NetworkOptions = new SeriesNetworkOptions { Hidden = 4, Epochs = 2 } },
    };

    private static readonly IcuSimulator Icu = new(new IcuSimulatorOptions { Hours = 12, Channels = 10 });

    [Fact]
    public void Every_part_of_the_section_is_filled_and_repeatable()
    {
        SeriesEvaluationInput input = new()
        {
            Train = Icu.Simulate(80, new Seed(1)).Cohort,
            Holdout = Icu.Simulate(60, new Seed(2)).Cohort,
            Synthetic = Icu.Simulate(80, new Seed(3)).Cohort,
            Grid = new GridOptions { Steps = 12 },
        };
        List<double> shares = [];
        SeriesEvaluationOutcome outcome = SeriesEvaluator.Evaluate(input, Small, new Seed(9), new Listener(shares));
        SeriesSection s = outcome.Series;
        Assert.Equal(Icu.Channels.Count, s.Channels.Count);
        Assert.Equal(3, s.Detection.Count);
        Assert.All(s.Detection, m => Assert.NotNull(m.Reference));
        Assert.Contains(s.Values, m => m.Id == "series.w1");
        Assert.Contains(s.Observation, m => m.Id == "series.missingness-error");
        Assert.Contains(s.Plausibility, m => m.Id == "series.frozen");
        Assert.All(s.Values.Concat(s.Observation), m => Assert.Equal("real holdout", m.ReferenceName));
        Assert.Equal(30, s.Projection!.Real.X.Count);
        Assert.Equal(30, s.Neighbourhoods!.Synthetic.X.Count);
        Assert.Equal(6, s.Examples.Count);
        Assert.All(s.Examples, e => Assert.Equal(3, e.Real.Count));
        Assert.Equal(Icu.Channels.Count, s.Correlations!.Labels.Count);
        Assert.Equal(60, s.Stays["synthetic"]);
        Assert.NotNull(outcome.Utility);
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);

        // Doubles survive JSON; two runs agree to the last bit.
        string json = JsonSerializer.Serialize(s, RunDocument.JsonOptions);
        Assert.Equal(json, JsonSerializer.Serialize(SeriesEvaluator.Evaluate(input, Small, new Seed(9)).Series, RunDocument.JsonOptions));
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<SeriesSection>(json, RunDocument.JsonOptions), RunDocument.JsonOptions));
    }

    [Fact]
    public void Shares_of_a_channel_count_every_stay_once()
    {
        // One stay with a hundred low readings, ten with one high reading each.
        (float, int, float)[][] stays = [[.. Enumerable.Range(0, 100).Select(k => (k / 10f, 0, 1f))], .. Enumerable.Range(0, 10).Select(_ => new[] { (0f, 0, 9f) })];
        Cohort cohort = Stays.Of([Stays.Vital("hr")], stays);
        SeriesEvaluationInput input = new() { Train = cohort, Synthetic = cohort, Grid = new GridOptions { Steps = 12 } };
        ChannelFidelity channel = SeriesEvaluator.Evaluate(input, Small with { Repeats = 0, MostPoints = 0 }, new Seed(1)).Series.Channels[0];
        Assert.Equal(11, channel.StaysReal);
        Assert.Equal(1.0 / 11, channel.Distribution!.Real[0], 9);
        Assert.Equal(10.0 / 11, channel.Distribution.Real[^1], 9);
    }

    [Fact]
    public void Without_a_holdout_figures_have_no_floor_and_utility_a_reason()
    {
        Cohort cohort = Icu.Simulate(30, new Seed(1)).Cohort;
        SeriesEvaluationOutcome outcome = SeriesEvaluator.Evaluate(new SeriesEvaluationInput { Train = cohort, Synthetic = cohort, Grid = new GridOptions { Steps = 12 } }, Small with { Repeats = 0 }, new Seed(1));
        Assert.Null(outcome.Utility);
        Assert.Contains("holdout", outcome.UtilityNotComputedBecause, StringComparison.Ordinal);
        Assert.All(outcome.Series.Values, m => Assert.Null(m.Reference));
        Assert.Empty(outcome.Series.Detection);
    }

    private sealed class Listener(List<double> shares) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => shares.Add(value.Share);
    }
}
