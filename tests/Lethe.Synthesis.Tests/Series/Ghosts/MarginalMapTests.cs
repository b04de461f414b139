using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Ghosts;

namespace Lethe.Synthesis.Tests.Series.Ghosts;

public sealed class MarginalMapTests
{
    [Fact]
    public void A_map_is_monotone_and_sends_quantiles_to_quantiles()
    {
        double[] from = [.. Enumerable.Range(0, 2001).Select(i => i / 2000.0)], to = [.. from.Select(u => 5 + (u * u))];
        QuantileMap map = QuantileMap.Fit([.. from], to);
        double last = double.NegativeInfinity;
        foreach (double u in from)
        {
            double v = map.Follow(u);
            Assert.True(v >= last - 1e-12, $"the map falls at {u}");
            if (u is > 0.01 and < 0.99)
                Assert.Equal(5 + (u * u), v, 3e-5); // h²·f″/8 for knots 0.0099 apart is 2.5e-5
            last = v;
        }
    }

    [Fact]
    public void A_constant_generated_statistic_goes_to_the_middle() => Assert.Equal(2.5, QuantileMap.Fit([.. new double[40]], [0, 1, 2, 3, 4, 5]).Follow(0), 1);

    /// <summary>Stays that are too high and too flat get the training stays' distribution of level and spread.</summary>
    [Fact]
    public void Level_and_spread_follow_the_training_stays()
    {
        GhostsLayout layout = new(20, 1, 1, [], hasMask: false, statics: 0);
        GhostsData real = Stays(layout, 0.3f, 0.08f, 0.1f), generated = Stays(layout, 0.6f, 0.02f, 0.03f);
        MarginalMap map = MarginalMap.Fit(real, generated, []);
        double[] means = new double[400];
        float[] course = new float[20];
        for (int i = 0; i < 400; i++)
        {
            for (int t = 0; t < 20; t++)
                course[t] = generated.Reading(i, t, 0);
            map.Apply(0, course);
            means[i] = course.Average();
        }

        double[] wanted = [.. Enumerable.Range(0, 400).Select(i => Enumerable.Range(0, 20).Average(t => (double)real.Reading(i, t, 0)))];
        Assert.Equal(wanted.Average(), means.Average(), 2);
        Assert.Equal(Sd(wanted), Sd(means), 2);
    }

    private static double Sd(double[] x) => Math.Sqrt(x.Average(v => (v - x.Average()) * (v - x.Average())));

    private static GhostsData Stays(GhostsLayout layout, float level, float between, float within)
    {
        RandomStream random = new Seed(8).Stream("stays");
        GhostsData data = new(layout, 400, new float[400 * layout.RowWidth], [.. Enumerable.Repeat(20, 400)]);
        for (int i = 0; i < 400; i++)
        {
            (data.Attributes(i)[0], data.Attributes(i)[1]) = (level + (between * (float)random.NextGaussian()), within);
            for (int t = 0; t < 20; t++)
                data.Step(i, t)[1] = random.NextSingle();
        }

        return data;
    }
}
