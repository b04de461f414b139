using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Data.Simulation.Icu;
using Lethe.Evaluation.TimeSeries;
using Lethe.Evaluation.TimeSeries.Clinical;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Xunit;

namespace Lethe.Evaluation.Tests.TimeSeries;

/// <summary>Clinical figures against values worked out by hand, and on simulated stays.</summary>
public sealed class StayMetricTests
{
    private static readonly Channel[] One = [Stays.Vital("hr")];

    [Fact]
    public void Stays_against_themselves_are_at_the_ideal_everywhere()
    {
        Cohort cohort = new IcuSimulator(new IcuSimulatorOptions { Hours = 24, Channels = 12 }).Simulate(60, new Seed(1)).Cohort;
        foreach (Measure m in Measures(cohort, cohort))
        {
            if (m.Value is { } value && m.Ideal is { } ideal)
                Assert.Equal(ideal, value, 9);
        }
    }

    [Fact]
    public void Wasserstein_is_the_shift_in_real_deviations()
    {
        Cohort real = Stays.Of(One, [Stays.Course(10, 12), Stays.Course(14, 16)]), shifted = Stays.Of(One, [Stays.Course(13, 15), Stays.Course(17, 19)]);
        double sd = Math.Sqrt(20.0 / 3), between = Math.Sqrt(8);
        Assert.Equal(3 / sd, Value(real, shifted, "series.w1"), 6);
        Assert.Equal(3 / between, Value(real, shifted, "series.stay-mean-w1"), 6);
        Assert.Equal(3 / between, Value(real, shifted, "series.stay-maximum-w1"), 6);

        // Each stay's standard deviation is √2 in all: no spread to measure in.
        Assert.NotNull(Measures(real, shifted).First(m => m.Id == "series.stay-sd-w1").NotComputedBecause);
    }

    [Fact]
    public void Missingness_error_by_hand()
    {
        // Real: both hours always observed. Other: the second hour in half the stays. Rates differ by 0 and ½: √(¼/2).
        (float, int, float)[] whole = Stays.Course(1, 2), both = [(0f, 0, 1f), (1f, 0, 3f)];
        (float, int, float)[][] real = [.. Enumerable.Repeat(whole, 20)];
        (float, int, float)[][] other = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? both : [(0f, 0, 1f), (1f, 1, 0f)])];
        Channel[] two = [Stays.Vital("a"), Stays.Vital("b")];
        IReadOnlyList<Measure> found = Measures(Stays.Of(two, real), Stays.Of(two, other), steps: 2);
        Assert.Equal(Math.Sqrt(0.125), found.Single(m => m.Id == "series.missingness-error" && m.Subject == "a").Value!.Value, 9);
        Assert.Equal(Math.Sqrt(0.125), found.Single(m => m.Id == "series.missingness-error" && m.Subject == "b").Value!.Value, 9);
        Assert.Equal(0.25, found.Single(m => m.Id == "series.ever-observed").Value!.Value, 9);
    }

    [Fact]
    public void Gaps_twice_as_long_are_ln_2_apart()
    {
        Cohort real = Stays.Of(One, [[(0f, 0, 1f), (1.5f, 0, 1f), (3f, 0, 1f)]]), slow = Stays.Of(One, [[(0f, 0, 1f), (3f, 0, 1f), (6f, 0, 1f)]]);
        Assert.Equal(Math.Log(2), Value(real, slow, "series.gap-w1"), 6);
        Assert.Equal(1, Value(real, slow, "series.whole-hours"), 9);
        Assert.Equal(3, Value(real, slow, "series.length-w1"), 9);
    }

    [Fact]
    public void Autocorrelation_reads_observed_cells_only()
    {
        // Observed at even hours, alternating: correlation −1 at lag 2, 1 at lag 4, unknown at odd lags whatever the imputation says.
        (float, int, float)[] stay = [.. Enumerable.Range(0, 40).Select(k => ((float)(2 * k), 0, k % 2 == 0 ? 1f : -1f))];
        double[] curve = Autocorrelations.Curve(Set(Stays.Of(One, [stay, stay]), 80), 0);
        Assert.True(double.IsNaN(curve[0]));
        Assert.Equal(-1, curve[1], 9);
        Assert.Equal(1, curve[3], 9);
    }

    [Fact]
    public void Cross_correlation_knows_who_leads()
    {
        // b repeats a one hour later.
        RandomStream random = new Seed(3).Stream("course");
        float[] a = new float[200];
        random.FillGaussian(a);
        (float, int, float)[] stay = [.. Enumerable.Range(1, 199).SelectMany(t => new[] { ((float)t, 0, a[t]), ((float)t, 1, a[t - 1]) })];
        double[] matrix = Autocorrelations.Matrix(Set(Stays.Of([Stays.Vital("a"), Stays.Vital("b")], [stay]), 200), lag: 1);
        Assert.Equal(1, matrix[1], 9);
        Assert.InRange(matrix[2], -0.3, 0.3);
    }

    [Fact]
    public void Transitions_by_hand()
    {
        Channel score = new() { Name = "gcs", Kind = ChannelKind.Score };

        // Real: 1→1, 1→2, 2→2. Other: 1→2 alone; state 2 is never left. Row 1: |½ − 0| + |½ − 1| over 2 = ½, weight ⅔; row 2 unvisited: 1, weight ⅓.
        Cohort real = Stays.Of([score], [Stays.Course(1, 1, 2, 2)]), other = Stays.Of([score], [Stays.Course(1, 2)]);
        Assert.Equal(2.0 / 3, Value(real, other, "series.transitions"), 9);
    }

    [Fact]
    public void Frozen_and_sawtooth_courses_are_found()
    {
        RandomStream random = new Seed(5).Stream("walk");
        Cohort Walks(int n) => Stays.Of(One, [.. Enumerable.Range(0, n).Select(_ =>
        {
            float[] x = new float[24];
            x[0] = 80;
            for (int t = 1; t < 24; t++)
                x[t] = x[t - 1] + (float)random.NextGaussian();
            return Stays.Course(x);
        })]);
        Cohort real = Walks(200), frozen = Stays.Of(One, [.. Enumerable.Repeat(Stays.Course([.. Enumerable.Repeat(80f, 24)]), 10)]);
        Cohort saw = Stays.Of(One, [.. Enumerable.Repeat(Stays.Course([.. Enumerable.Range(0, 24).Select(t => t % 2 == 0 ? 80f : 90f)]), 10)]);
        Assert.Equal(1, Value(real, frozen, "series.frozen"));
        Assert.Equal(0, Value(real, saw, "series.frozen"));
        Assert.Equal(1, Value(real, saw, "series.sawtooth"));
        Assert.InRange(Value(real, Walks(200), "series.sawtooth"), 0, 0.05);
    }

    [Fact]
    public void Implausible_readings_and_pressures_in_the_wrong_order_are_counted()
    {
        Channel[] pressures = [Stays.Vital("sbp"), Stays.Vital("map"), Stays.Vital("dbp", high: 100)];
        Cohort real = Stays.Of(pressures, [[(0f, 0, 120f), (0f, 1, 90f), (0f, 2, 70f)]]);
        Cohort other = Stays.Of(pressures, [[(0f, 0, 120f), (0f, 1, 90f), (0f, 2, 101f)], [(0f, 0, 120f), (0f, 1, 90f), (0f, 2, 80f)]]);
        Assert.Equal(0.5, Value(real, other, "series.pressure-order"));
        Assert.Equal(0.5, Measures(real, other).Single(m => m.Id == "series.implausible" && m.Subject == "dbp").Value);
        Assert.Equal(0, Value(real, real, "series.pressure-order"));
    }

    [Fact]
    public void Fresh_stays_reach_the_floor_and_stays_with_shuffled_courses_do_not()
    {
        IcuSimulator icu = new(new IcuSimulatorOptions { Hours = 24, Channels = 12 });
        Cohort train = icu.Simulate(300, new Seed(1)).Cohort, holdout = icu.Simulate(200, new Seed(2)).Cohort, fresh = icu.Simulate(300, new Seed(3)).Cohort;

        // Readings of a channel dealt out anew among its events of all stays: every margin is kept, all course and dependence is lost.
        float[] values = fresh.Values.ToArray();
        RandomStream random = new Seed(4).Stream("deal");
        for (int c = 0; c < fresh.Channels.Count; c++)
        {
            int[] at = [.. Enumerable.Range(0, values.Length).Where(e => fresh.ChannelOfEvent[e] == c)];
            int[] order = random.Permutation(at.Length);
            for (int k = 0; k < at.Length; k++)
                values[at[k]] = fresh.Values[at[order[k]]];
        }

        Cohort dealt = new("dealt", fresh.Statics, fresh.Channels, fresh.Offsets.ToArray(), fresh.Times.ToArray(), fresh.ChannelOfEvent.ToArray(), values, fresh.Outcomes);
        Dictionary<string, Measure> good = Overall(fresh), bad = Overall(dealt);
        foreach (string id in new[] { "series.w1", "series.ks", "series.acf", "series.missingness-error", "series.co-missingness", "series.transitions" })
            Assert.InRange(good[id].Value!.Value, 0, 2 * good[id].Reference!.Value);
        Assert.InRange(bad["series.w1"].Value!.Value, 0, 2 * bad["series.w1"].Reference!.Value);
        Assert.True(bad["series.stay-mean-w1"].Value > 2 * bad["series.stay-mean-w1"].Reference);
        Assert.True(bad["series.acf"].Value > 5 * bad["series.acf"].Reference);

        Dictionary<string, Measure> Overall(Cohort synthetic)
        {
            StayMetricInput input = new(train, holdout, synthetic, new GridOptions { Steps = 24 }, new Seed(9));
            Assert.Equal(200, input.Synthetic.Cohort.Count);
            return StayMetrics.All.SelectMany(m => m.Evaluate(input)).Where(m => m.Subject is null).ToDictionary(m => m.Id);
        }
    }

    private static double Value(Cohort real, Cohort other, string id) => Measures(real, other).First(m => m.Id == id && m.Subject is null).Value!.Value;

    private static IReadOnlyList<Measure> Measures(Cohort real, Cohort other, int steps = 24)
    {
        StayMetricInput input = new(real, null, other, new GridOptions { Steps = steps }, new Seed(1));
        return [.. StayMetrics.All.SelectMany(m => m.Evaluate(input))];
    }

    private static SeriesSet Set(Cohort cohort, int steps) => SeriesSet.Of(cohort, GridCodec.Fit(cohort, new GridOptions { Steps = steps }));
}
