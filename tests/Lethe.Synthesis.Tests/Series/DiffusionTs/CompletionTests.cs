using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.DiffusionTs;
using Lethe.Synthesis.Tests.Contracts;
using Lethe.Synthesis.Tests.Series.Contracts;

namespace Lethe.Synthesis.Tests.Series.DiffusionTs;

/// <summary>Filling and continuing stays with a model that never saw them, trained on smooth waves.</summary>
public sealed class CompletionTests
{
    private const int Steps = 12;

    private static readonly DiffusionTsOptions Small = new() { Width = 32, Heads = 2, Steps = 900, BatchSize = 32, DiffusionSteps = 50, SamplingSteps = 25, LearningRate = 3e-3, ValidationShare = 0 };

    private static readonly Lazy<FittedDiffusionTs> Waves = new(() =>
        (FittedDiffusionTs)new DiffusionTsSynthesizer(Small).Fit(ContractCohorts.Windows(400, Steps), new FitContext { Seed = new Seed(2) }));

    [Fact]
    public void Imputation_keeps_every_reading_and_beats_the_mean_of_the_channel()
    {
        Cohort whole = ContractCohorts.Windows(440, Steps).Take([.. Enumerable.Range(400, 40)]);
        RandomStream random = new Seed(8).Stream("gaps");
        Cohort partial = Keep(whole, (_, _) => random.NextBool(0.5));
        Cohort filled = Waves.Value.Impute(partial, new Seed(3));
        Assert.Equal(whole.EventCount, filled.EventCount);
        AssertKept(partial, filled);
        double error = Error(whole, partial, filled), ofMeans = ErrorOfMeans(whole, partial);
        Assert.True(error < 0.5 * ofMeans, $"mean absolute error {error:F3} of the imputed cells, {ofMeans:F3} by the channel's mean");
    }

    [Fact]
    public void A_forecast_keeps_what_is_known_and_continues_it()
    {
        Cohort whole = ContractCohorts.Windows(440, Steps).Take([.. Enumerable.Range(400, 40)]), prefix = Keep(whole, (time, _) => time < 8);
        Cohort continued = Waves.Value.Forecast(whole, 8, new Seed(4));
        Assert.Equal(whole.EventCount, continued.EventCount);
        AssertKept(prefix, continued);
        double error = Error(whole, prefix, continued), ofMeans = ErrorOfMeans(whole, prefix);
        Assert.True(error < 0.6 * ofMeans, $"mean absolute error {error:F3} of the forecast, {ofMeans:F3} by the channel's mean");
        SeriesContract.AssertEqual(continued, Waves.Value.Forecast(prefix, 8, new Seed(4)));
        Assert.Throws<SynthesisException>(() => Waves.Value.Forecast(prefix, Steps, new Seed(4)));
    }

    /// <summary>Stays of other lengths with gaps, statics and every kind of channel; a model read from its file completes alike.</summary>
    [Fact]
    public void Irregular_stays_are_completed_within_what_is_possible()
    {
        Cohort given = ContractCohorts.Mixed(12, seed: 77);
        FittedDiffusionTs model = Assert.IsType<FittedDiffusionTs>(SeriesContract.Fitted("diffusion-ts")), loaded = Assert.IsType<FittedDiffusionTs>(SeriesContract.Reload(model));
        Cohort filled = model.Impute(given, new Seed(5));
        AssertKept(given, filled);
        SeriesContract.AssertEqual(filled, loaded.Impute(given, new Seed(5)));
        Assert.True(filled.EventCount > given.EventCount);
        for (int i = 0; i < given.Count; i++)
        {
            int steps = (int)given[i].Times[^1] + 1;
            for (int channel = 0; channel < 4; channel++)
            {
                int[] cells = [.. Enumerable.Range(0, filled[i].Count).Where(e => filled[i].Channels[e] == channel).Select(e => (int)filled[i].Times[e]).Distinct()];
                Assert.True(cells.Length >= Math.Min(steps, 12), $"stay {i} has {cells.Length} of {steps} cells of channel {channel}");
            }
        }

        Cohort continued = model.Forecast(given, 3, new Seed(6), untilHours: 9);
        AssertKept(Keep(given, (time, _) => time < 3), continued);
        Assert.All(continued.Times.ToArray(), t => Assert.InRange(t, 0, 9));
        Assert.Contains(continued.Times.ToArray(), t => t > 3);
    }

    [Fact]
    public void What_does_not_fit_the_model_is_refused_with_a_reason()
    {
        FittedDiffusionTs model = (FittedDiffusionTs)SeriesContract.Fitted("diffusion-ts");
        Assert.Contains("channels", Assert.Throws<SynthesisException>(() => Waves.Value.Impute(ContractCohorts.Mixed(5), new Seed(1))).Message);
        Assert.Contains("age", Assert.Throws<SynthesisException>(() => model.Impute(ContractCohorts.Windows(5), new Seed(1))).Message);
    }

    [Fact]
    public void Another_plan_of_sampling_draws_from_the_same_model()
    {
        FittedDiffusionTs model = Waves.Value;
        Cohort few = model.WithSampling(5, 0).SampleCohort(20, new Seed(1)), many = model.WithSampling(50, 1).SampleCohort(20, new Seed(1));
        Assert.NotEqual(few.Values.ToArray(), many.Values.ToArray());
        SeriesContract.AssertEqual(model.SampleCohort(20, new Seed(1)), model.WithSampling(25, Small.Eta ?? 0).SampleCohort(20, new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.WithSampling(51, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.WithSampling(5, 1.1));
    }

    /// <summary>A wave's two channels lie on a circle: x = (1 + sin)/2, y = (1 + cos)/2.</summary>
    [Fact]
    public void Sampled_waves_are_waves()
    {
        Cohort sample = Waves.Value.SampleCohort(100, new Seed(12));
        double worst = 0, sum = 0;
        for (int e = 0; e + 1 < sample.EventCount; e += 2)
        {
            double x = (2 * sample.Values[e]) - 1, y = (2 * sample.Values[e + 1]) - 1, off = Math.Abs(Math.Sqrt((x * x) + (y * y)) - 1);
            (worst, sum) = (Math.Max(worst, off), sum + off);
        }

        double mean = sum / (sample.EventCount / 2);
        Assert.True(mean < 0.12, $"points lie {mean:F3} off the circle on average, {worst:F3} at worst");
    }

    [Fact]
    public void Several_noisy_copies_and_batches_make_one_step()
    {
        DiffusionTsOptions options = Small with { Steps = 6, NoiseMultiplicity = 3, Accumulation = 2, Dropout = 0.1, WeightDecay = 0.01 };
        Cohort train = ContractCohorts.Windows(30, Steps);
        FittedSynthesizer first = new DiffusionTsSynthesizer(options).Fit(train, new FitContext { Seed = new Seed(2) }), second = new DiffusionTsSynthesizer(options).Fit(train, new FitContext { Seed = new Seed(2), MaxThreads = 1 });
        Assert.Equal(Contract.Bytes(first), Contract.Bytes(second));
    }

    private static Cohort Keep(Cohort cohort, Func<float, int, bool> keeps)
    {
        CohortBuilder builder = new();
        for (int i = 0; i < cohort.Count; i++)
        {
            for (int e = 0; e < cohort[i].Count; e++)
            {
                if (keeps(cohort[i].Times[e], cohort[i].Channels[e]))
                    builder.Add(i, cohort[i].Times[e], cohort[i].Channels[e], cohort[i].Values[e]);
            }
        }

        return builder.Build(cohort.Name, cohort.Statics, cohort.Channels, cohort.Outcomes);
    }

    private static void AssertKept(Cohort given, Cohort result)
    {
        Assert.Equal(given.Count, result.Count);
        for (int i = 0; i < given.Count; i++)
            Assert.Subset(Readings(result, i), Readings(given, i));
    }

    private static HashSet<(float, int, float)> Readings(Cohort cohort, int stay) =>
        [.. Enumerable.Range(0, cohort[stay].Count).Select(e => (cohort[stay].Times[e], (int)cohort[stay].Channels[e], cohort[stay].Values[e]))];

    private static double Error(Cohort whole, Cohort partial, Cohort completed)
    {
        Dictionary<(int, int, int), float> known = Cells(partial), found = Cells(completed);
        return Cells(whole).Where(c => !known.ContainsKey(c.Key)).Average(c => Math.Abs(c.Value - found[c.Key]));
    }

    private static double ErrorOfMeans(Cohort whole, Cohort partial)
    {
        Dictionary<(int, int, int), float> known = Cells(partial);
        double[] means = [.. Enumerable.Range(0, 2).Select(channel => known.Where(c => c.Key.Item3 == channel).Average(c => (double)c.Value))];
        return Cells(whole).Where(c => !known.ContainsKey(c.Key)).Average(c => Math.Abs(c.Value - means[c.Key.Item3]));
    }

    private static Dictionary<(int Stay, int Step, int Channel), float> Cells(Cohort cohort)
    {
        Dictionary<(int, int, int), float> cells = [];
        for (int i = 0; i < cohort.Count; i++)
        {
            for (int e = 0; e < cohort[i].Count; e++)
                cells[(i, (int)cohort[i].Times[e], cohort[i].Channels[e])] = cohort[i].Values[e];
        }

        return cells;
    }
}
