using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.VectorAutoregression;

namespace Lethe.Synthesis.Tests.Series.Controls;

/// <summary>The autoregression recovers a process that it can express.</summary>
public sealed class VectorAutoregressionTests
{
    // y_t = 0.9 x_{t−1} + 0.3 e, x_t = 0.8 x_{t−1} + 0.6 e: stationary with variances 1 and 0.9; y is read with P = 0.2 after unread, 0.7 after read.
    [Fact]
    public void Recovers_the_moments_and_reading_rates_of_a_linear_process()
    {
        Cohort train = Process(600, 30), drawn = Sample(train, 600);
        (double Lag, double Cross, double Sd) real = Moments(train), synthetic = Moments(drawn);

        // Standard errors over 600 stays of 30 steps are below 0.02; six of them either side.
        Assert.InRange(synthetic.Lag, real.Lag - 0.12, real.Lag + 0.12);
        Assert.InRange(synthetic.Cross, real.Cross - 0.12, real.Cross + 0.12);
        Assert.InRange(synthetic.Sd, real.Sd - 0.12, real.Sd + 0.12);
        (double afterRead, double afterUnread) = ReadingRates(drawn, 30);
        Assert.InRange(afterRead, 0.66, 0.74);
        Assert.InRange(afterUnread, 0.17, 0.23);
    }

    [Fact]
    public void Ridge_solves_the_normal_equations()
    {
        // x = 1, 2, 3; y = 2, 3, 5. Without penalty β = 1.5, intercept 1/3; with λ = 2 on the slope [3 6; 6 16]β = [10; 23] gives 11/6 and 3/4.
        Ridge ridge = new(2);
        foreach ((double x, double y) in new[] { (1.0, 2.0), (2, 3), (3, 5) })
            ridge.Add([1, x], y);
        double[] plain = ridge.Solve(0), shrunk = ridge.Solve(2);
        Assert.Equal(1.0 / 3, plain[0], 12);
        Assert.Equal(1.5, plain[1], 12);
        Assert.Equal(11.0 / 6, shrunk[0], 12);
        Assert.Equal(0.75, shrunk[1], 12);
    }

    private static Cohort Sample(Cohort train, int stays) =>
        ((FittedCohortSynthesizer)new VectorAutoregression().Fit(train, new FitContext { Seed = new Seed(1) })).SampleCohort(stays, new Seed(2));

    private static Cohort Process(int stays, int steps)
    {
        RandomStream random = new Seed(3).Stream("process");
        CohortBuilder builder = new();
        for (int i = 0; i < stays; i++)
        {
            double x = random.NextGaussian();
            bool read = random.NextBool();
            for (int t = 0; t < steps; t++)
            {
                double y = (0.9 * x) + (0.3 * random.NextGaussian());
                x = (0.8 * x) + (0.6 * random.NextGaussian());
                builder.Add(i, t + 0.5f, 0, (float)x);
                read = random.NextBool(read ? 0.7 : 0.2);
                if (read)
                    builder.Add(i, t + 0.5f, 1, (float)y);
            }
        }

        Table statics = new([new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. Enumerable.Range(0, stays).Select(i => $"{i}")])]);
        return builder.Build("process", statics, [new Channel { Name = "x", Kind = ChannelKind.Vital, Decimals = 5 }, new Channel { Name = "y", Kind = ChannelKind.Vital, Decimals = 5 }], []);
    }

    /// <summary>Mean of x_t x_{t−1}, mean of y_t x_{t−1}, standard deviation of y.</summary>
    private static (double Lag, double Cross, double Sd) Moments(Cohort cohort)
    {
        double lag = 0, cross = 0, square = 0;
        int lags = 0, ys = 0;
        for (int i = 0; i < cohort.Count; i++)
        {
            StayEvents events = cohort[i];
            float before = float.NaN, now = float.NaN;
            for (int e = 0; e < events.Count; e++)
            {
                if (events.Channels[e] == 0)
                {
                    (before, now) = (now, events.Values[e]);
                    if (!float.IsNaN(before))
                        (lag, lags) = (lag + (before * now), lags + 1);
                }
                else if (!float.IsNaN(before))
                {
                    (cross, square, ys) = (cross + (before * events.Values[e]), square + (events.Values[e] * events.Values[e]), ys + 1);
                }
            }
        }

        return (lag / lags, cross / ys, Math.Sqrt(square / ys));
    }

    private static (double AfterRead, double AfterUnread) ReadingRates(Cohort cohort, int steps)
    {
        int[,] moves = new int[2, 2];
        for (int i = 0; i < cohort.Count; i++)
        {
            bool[] read = new bool[steps];
            StayEvents events = cohort[i];
            for (int e = 0; e < events.Count; e++)
                read[(int)events.Times[e]] |= events.Channels[e] == 1;
            for (int t = 1; t < steps; t++)
                moves[read[t - 1] ? 1 : 0, read[t] ? 1 : 0]++;
        }

        return (moves[1, 1] / (double)(moves[1, 0] + moves[1, 1]), moves[0, 1] / (double)(moves[0, 0] + moves[0, 1]));
    }
}
