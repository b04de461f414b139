using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.DiffusionTs;

namespace Lethe.Synthesis.Tests.Series.DiffusionTs;

public sealed class NoiseScheduleTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(500)]
    [InlineData(100)]
    public void The_chain_ends_in_noise(int steps)
    {
        NoiseSchedule schedule = new(steps);
        for (int t = 0; t < steps; t++)
        {
            Assert.InRange(schedule.Beta(t), 0, 0.999);
            Assert.True(schedule.Cumulative(t) < schedule.Cumulative(t - 1));
        }

        Assert.Equal(1, schedule.Cumulative(-1));
        Assert.True(schedule.Cumulative(steps - 1) < 1e-4);

        // x_S of any series in [-1, 1] is a standard normal but for √ᾱ < 0.01 of its mean.
        double mean = Math.Sqrt(schedule.Cumulative(steps - 1)), deviation = Math.Sqrt(1 - schedule.Cumulative(steps - 1));
        Assert.True(mean < 0.01 && deviation > 0.9999);
    }

    /// <summary>ᾱ against the formula itself at the middle: cos²((0.5 + 0.008)/1.008·π/2) over cos²(0.008/1.008·π/2).</summary>
    [Fact]
    public void The_cosine_is_that_of_Nichol_and_Dhariwal()
    {
        double expected = Math.Pow(Math.Cos(0.508 / 1.008 * Math.PI / 2) / Math.Cos(0.008 / 1.008 * Math.PI / 2), 2);
        Assert.Equal(expected, new NoiseSchedule(500).Cumulative(249), 10);
    }

    /// <summary>With η = 1 from neighbour to neighbour, the step is the posterior q(x_{t−1} | x_t, x₀).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(99)]
    public void A_step_to_the_neighbour_is_the_posterior(int t)
    {
        NoiseSchedule schedule = new(100);
        double beta = schedule.Beta(t), at = schedule.Cumulative(t), before = schedule.Cumulative(t - 1);
        Transition step = schedule.Step(t, t - 1, 1);
        Assert.Equal(Math.Sqrt(before) * beta / (1 - at), step.Data, 9);
        Assert.Equal(Math.Sqrt(1 - beta) * (1 - before) / (1 - at), step.Noisy, 9);
        Assert.Equal(beta * (1 - before) / (1 - at), step.Deviation * step.Deviation, 9);
    }

    [Fact]
    public void The_last_step_is_the_series_itself() => Assert.Equal(new Transition(1, 0, 0), new NoiseSchedule(100).Step(0, -1, 1));

    /// <summary>With the true x₀ and η = 0, a step keeps the noise and changes its share: √ᾱ_s x₀ + √(1 − ᾱ_s) ε.</summary>
    [Theory]
    [InlineData(99, 40)]
    [InlineData(40, 3)]
    [InlineData(3, -1)]
    public void A_deterministic_step_keeps_the_noise(int t, int s)
    {
        NoiseSchedule schedule = new(100);
        const double Series = 0.3, Noise = -1.2;
        double noisy = (Math.Sqrt(schedule.Cumulative(t)) * Series) + (Math.Sqrt(1 - schedule.Cumulative(t)) * Noise);
        Transition step = schedule.Step(t, s, 0);
        Assert.Equal((Math.Sqrt(schedule.Cumulative(s)) * Series) + (Math.Sqrt(1 - schedule.Cumulative(s)) * Noise), (step.Data * Series) + (step.Noisy * noisy), 9);
        Assert.Equal(0, step.Deviation);
    }

    /// <summary>Whatever η, a step with the true x₀ leaves the variance of x_s at 1 − ᾱ_s.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(1)]
    public void Every_step_keeps_the_variance_of_the_chain(double eta)
    {
        NoiseSchedule schedule = new(100);
        foreach ((int t, int s) in new[] { (99, 90), (60, 20), (5, 4) })
        {
            Transition step = schedule.Step(t, s, eta);
            Assert.Equal(1 - schedule.Cumulative(s), (step.Noisy * step.Noisy * (1 - schedule.Cumulative(t))) + (step.Deviation * step.Deviation), 9);
            Assert.Equal(Math.Sqrt(schedule.Cumulative(s)), step.Data + (step.Noisy * Math.Sqrt(schedule.Cumulative(t))), 9);
        }
    }

    [Fact]
    public void The_weight_of_the_loss_is_the_published_one()
    {
        NoiseSchedule schedule = new(500);
        double beta = schedule.Beta(120), at = schedule.Cumulative(120);
        Assert.Equal(Math.Sqrt(1 - beta) * Math.Sqrt(1 - at) / beta / 100, schedule.LossWeight(120), 10);
        Assert.True(schedule.LossWeight(100) > schedule.LossWeight(400));
    }

    [Fact]
    public void A_path_takes_every_step_or_some_that_are_even_in_the_logarithm_of_the_noise()
    {
        Assert.Equal([.. Enumerable.Range(0, 11).Select(i => 9 - i)], new NoiseSchedule(10).Path(10));
        Assert.Equal([9, -1], new NoiseSchedule(10).Path(1));
        NoiseSchedule schedule = new(2000);
        int[] path = schedule.Path(24);
        Assert.Equal((25, 0, -1), (path.Length, path[^2], path[^1]));
        Assert.InRange(schedule.LogSignal(path[0]), -Math.Log(42), -Math.Log(40));
        double even = (schedule.LogSignal(0) - schedule.LogSignal(path[0])) / 23;
        for (int i = 0; i < 23; i++)
            Assert.InRange(schedule.LogSignal(path[i + 1]) - schedule.LogSignal(path[i]), 0.5 * even, 1.6 * even);
    }

    [Theory]
    [InlineData(500, 50)]
    [InlineData(500, 499)]
    [InlineData(50, 40)]
    [InlineData(2000, 200)]
    public void A_path_has_as_many_steps_as_told_all_different(int chain, int steps)
    {
        int[] path = new NoiseSchedule(chain).Path(steps);
        Assert.Equal((steps + 1, 0, -1), (path.Length, path[^2], path[^1]));
        Assert.InRange(path[0], 0, chain - 1);
        Assert.All(path.Zip(path.Skip(1)), pair => Assert.True(pair.First > pair.Second));
    }

    /// <summary>
    /// Normal data of any variance v with their exact denoiser x̂₀ = √ᾱ·v/(ᾱ·v + 1 − ᾱ)·x_t: what 24 steps draw has that variance, from the level that
    /// 144 cells share (v = 31) to detail of the size of the last noise.
    /// </summary>
    [Theory]
    [InlineData(31)]
    [InlineData(7.8)]
    [InlineData(0.5)]
    [InlineData(0.09)]
    [InlineData(0.005)]
    public void Few_deterministic_steps_keep_the_spread_of_normal_data(double variance)
    {
        NoiseSchedule schedule = new(2000);
        int[] path = schedule.Path(24);
        double x = 1, before = 0;
        for (int i = 0; i + 1 < path.Length; i++)
        {
            (int t, int s) = (path[i], path[i + 1]);
            double kept = schedule.Cumulative(t), guess = Math.Sqrt(kept) * variance / ((kept * variance) + 1 - kept) * x;
            double extended = i == 0 ? guess : guess + (schedule.Extrapolation(path[i - 1], t, s) * (guess - before));
            Transition step = schedule.Step(t, s, 0);
            (x, before) = ((step.Data * extended) + (step.Noisy * x), guess);
        }

        Assert.Equal(1, x / Math.Sqrt(variance), 0.015);
    }

    /// <summary>For series of deviation ½: x̂₀ = skip·x_t is the best linear guess, and what the network must add has unit variance in units of its share.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(450)]
    [InlineData(499)]
    public void Preconditioning_leaves_the_network_a_target_of_unit_variance(int t)
    {
        NoiseSchedule schedule = new(500);
        (double skip, double scale) = schedule.Preconditioning(t);
        double kept = schedule.Cumulative(t), noise = 1 - kept;
        Assert.Equal(Math.Sqrt(kept) * 0.25 / ((kept * 0.25) + noise), skip, 12);
        Assert.Equal(scale * scale, (Math.Pow(1 - (skip * Math.Sqrt(kept)), 2) * 0.25) + (skip * skip * noise), 12);
    }
}
