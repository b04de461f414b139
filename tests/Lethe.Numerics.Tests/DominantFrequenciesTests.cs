using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests;

public sealed class DominantFrequenciesTests
{
    [Theory]
    [InlineData(24, 3)]
    [InlineData(24, 11)]
    [InlineData(25, 12)]
    [InlineData(7, 1)]
    public void A_pure_wave_comes_out_times_the_number_of_steps(int steps, int bin)
    {
        float[] wave = [.. Enumerable.Range(0, steps).Select(t => (float)Math.Cos((2 * Math.PI * bin * t / steps) + 0.7))];
        float[] result = Apply(wave, steps);
        for (int t = 0; t < steps; t++)
            Assert.Equal(steps * wave[t], result[t], 1e-3f);
    }

    [Fact]
    public void The_mean_and_the_fastest_bin_of_an_even_length_are_left_out()
    {
        Assert.All(Apply([.. Enumerable.Repeat(2.5f, 24)], 24), v => Assert.Equal(0, v, 1e-3f));
        Assert.All(Apply([.. Enumerable.Range(0, 24).Select(t => t % 2 == 0 ? 1f : -1f)], 24), v => Assert.Equal(0, v, 1e-3f));
        Assert.All(Apply([3, -1], 2), v => Assert.Equal(0, v));
    }

    [Theory]
    [InlineData(24, 2)]
    [InlineData(48, 3)]
    [InlineData(5, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 0)]
    [InlineData(1, 0)]
    public void The_logarithm_of_the_bins_is_kept(int steps, int kept) => Assert.Equal(kept, new DominantFrequencies(steps).Kept);

    /// <summary>Of three waves the two strongest stay, each row by its own choice.</summary>
    [Fact]
    public void Strong_bins_stay_and_weak_ones_go()
    {
        float Wave(int bin, int t) => MathF.Cos(2 * MathF.PI * bin * t / 24);
        float[] rows = [.. Enumerable.Range(0, 24).Select(t => (3 * Wave(2, t)) + (2 * Wave(5, t)) + Wave(9, t)), .. Enumerable.Range(0, 24).Select(t => Wave(2, t) + (2 * Wave(5, t)) + (3 * Wave(9, t)))];
        float[] result = Apply(rows, 24);
        for (int t = 0; t < 24; t++)
        {
            Assert.Equal(24 * ((3 * Wave(2, t)) + (2 * Wave(5, t))), result[t], 1e-3f);
            Assert.Equal(24 * ((2 * Wave(5, t)) + (3 * Wave(9, t))), result[24 + t], 1e-3f);
        }
    }

    private static float[] Apply(float[] rows, int steps)
    {
        Tape tape = new();
        return new DominantFrequencies(steps).Forward(tape.Input(rows, new Shape(rows.Length / steps, steps))).Values.ToArray();
    }
}
