using Lethe.Data.Cohorts;
using Lethe.Data.Simulation;
using Lethe.Data.Simulation.Icu;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Simulation;

public sealed class IcuSimulatorTests
{
    private static readonly Seed Seed = new(20240601);

    [Fact]
    public void A_stay_depends_on_the_seed_and_its_number_alone()
    {
        IcuSimulator simulator = new();
        Cohort few = simulator.Simulate(5, Seed).Cohort, many = simulator.Simulate(9, Seed).Cohort;
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(few[i].Values.ToArray(), many[i].Values.ToArray());
            Assert.Equal(few[i].Times.ToArray(), many[i].Times.ToArray());
            Assert.All(few.Statics.Columns, c => Assert.Equal(c.Format(i), many.Statics[c.Name].Format(i)));
        }
    }

    [Fact]
    public void Deaths_follow_their_true_probabilities()
    {
        IcuCohort icu = new IcuSimulator().Simulate(4000, Seed);
        double expected = icu.DeathProbability.Sum(), variance = icu.DeathProbability.Sum(p => p * (1 - p));
        DiscreteColumn died = (DiscreteColumn)icu.Cohort.Statics["died_in_hospital"];
        double observed = died.Codes.ToArray().Sum();

        // One false alarm in a million: |z| < 4.9.
        Assert.True(Math.Abs(observed - expected) < 4.9 * Math.Sqrt(variance), $"{observed} deaths, {expected:F1} expected, sd {Math.Sqrt(variance):F1}");
        Assert.InRange(observed / icu.Cohort.Count, 0.10, 0.19);
    }

    [Fact]
    public void Readings_given_their_times_have_the_stated_density()
    {
        IcuSimulator simulator = new(IcuSimulatorOptions.Calibration);
        IcuCohort icu = simulator.Simulate(60, Seed);
        IcuChannel[] channels = [.. IcuChannel.All];
        Table statics = icu.Cohort.Statics;
        double quadratic = 0;
        long n = 0;
        for (int i = 0; i < icu.Cohort.Count; i++)
        {
            double prior = IcuSimulator.PriorMean(
                ((NumericColumn)statics["age"])[i], ((NumericColumn)statics["comorbidities"])[i], ((DiscreteColumn)statics["admission_type"])[i]);
            quadratic += IcuDensity.Parts(icu.Cohort[i], channels, prior, _ => 0).Quadratic;
            n += icu.Cohort[i].Count;
            Assert.True(double.IsFinite(simulator.LogDensity(icu.Cohort, i)));
        }

        // χ² with n degrees of freedom: mean 1, sd √(2/n) per degree; one false alarm in a million.
        double ratio = quadratic / n, sd = Math.Sqrt(2.0 / n);
        Assert.InRange(ratio, 1 - (4.9 * sd), 1 + (4.9 * sd));
    }

    [Fact]
    public void The_density_is_refused_where_it_would_be_wrong()
    {
        IcuSimulator simulator = new();
        Cohort cohort = simulator.Simulate(1, Seed).Cohort;
        Assert.Throws<InvalidOperationException>(() => simulator.LogDensity(cohort, 0));
    }

    [Fact]
    public void Sicker_patients_are_measured_more_often_only_when_sampling_is_informative()
    {
        double Correlation(bool informative)
        {
            IcuCohort icu = new IcuSimulator(new IcuSimulatorOptions { InformativeSampling = informative, EarlyEnd = false }).Simulate(1500, Seed);
            int lactate = icu.Cohort.ChannelIndex("lactate");
            double[] draws = [.. Enumerable.Range(0, icu.Cohort.Count).Select(i => (double)icu.Cohort[i].Channels.ToArray().Count(c => c == lactate))];
            return Pearson(draws, [.. icu.MeanSeverity]);
        }

        Assert.True(Correlation(true) > 0.4);
        Assert.True(Math.Abs(Correlation(false)) < 4.9 / Math.Sqrt(1500));
    }

    [Fact]
    public void Readings_stay_in_their_plausible_ranges_and_within_the_stay()
    {
        foreach (IcuSite site in Enum.GetValues<IcuSite>())
        {
            Cohort cohort = new IcuSimulator(new IcuSimulatorOptions { Site = site }).Simulate(300, Seed).Cohort;
            NumericColumn length = (NumericColumn)cohort.Statics["length_hours"];
            for (int i = 0; i < cohort.Count; i++)
            {
                StayEvents s = cohort[i];
                for (int e = 0; e < s.Count; e++)
                {
                    Assert.True(cohort.Channels[s.Channels[e]].PlausibleRange!.Contains(Math.Round(s.Values[e], 4)));
                    Assert.InRange(s.Times[e], 0, length[i] + 1e-3);
                }
            }
        }
    }

    [Fact]
    public void Hospital_B_is_older_sicker_and_draws_fewer_blood_gases()
    {
        IcuCohort a = new IcuSimulator().Simulate(1500, Seed), b = new IcuSimulator(new IcuSimulatorOptions { Site = IcuSite.B }).Simulate(1500, Seed);
        static double MeanAge(IcuCohort c) => ((NumericColumn)c.Cohort.Statics["age"]).Values.ToArray().Average();
        static double Gases(IcuCohort c) => c.Cohort.ChannelOfEvent.ToArray().Count(x => x == c.Cohort.ChannelIndex("ph")) / (double)c.Cohort.EventCount;
        Assert.True(MeanAge(b) > MeanAge(a) + 1);
        Assert.True(b.DeathProbability.Average() > a.DeathProbability.Average());
        Assert.True(Gases(b) < 0.8 * Gases(a));
    }

    [Fact]
    public void Sines_are_sines()
    {
        Cohort sines = SinesSimulator.Simulate(20, Seed, steps: 24, features: 3);
        Assert.Equal(20 * 24 * 3, sines.EventCount);
        float[] values = SinesSimulator.Values(20, 24, 3, Seed);
        for (int i = 0; i < 20; i++)
        {
            for (int f = 0; f < 3; f++)
            {
                // sin(ηj+θ) satisfies y(j+1) + y(j−1) = 2·cos(η)·y(j), with 2x − 1 = y; η in [0, 0.1] bounds the ratio.
                double y0 = (2.0 * values[(((i * 24) + 10) * 3) + f]) - 1, y1 = (2.0 * values[(((i * 24) + 11) * 3) + f]) - 1, y2 = (2.0 * values[(((i * 24) + 12) * 3) + f]) - 1;
                if (Math.Abs(y1) > 0.2)
                    Assert.InRange((y0 + y2) / (2 * y1), Math.Cos(0.1) - 1e-4, 1 + 1e-4);
            }
        }
    }

    private static double Pearson(double[] x, double[] y)
    {
        double mx = x.Average(), my = y.Average();
        double xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }

        return xy / Math.Sqrt(xx * yy);
    }
}
