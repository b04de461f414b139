using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.Rcgan;

namespace Lethe.Synthesis.Tests.Series.Rcgan;

public sealed class HeldOutDiscrepancyTests
{
    /// <summary>Two stays of one number on each side, all pairs by hand: median distance 2, kernels of width ½, 1, 2, 4 and 8.</summary>
    [Fact]
    public void Two_against_two_is_the_sum_over_pairs()
    {
        double expected = K(2) + K(4) - (2 * (K(1) + K(3) + K(3) + K(1)) / 4);
        Assert.Equal(expected, new HeldOutDiscrepancy([0, 2], 2).Of([-1, 3]), 6);

        // Distances: within 2 and 4; across 1, 3, 3 and 1.
        static double K(double d) => new[] { 0.5, 1, 2, 4, 8 }.Average(s => Math.Exp(-d * d / (2 * s * s)));
    }

    /// <summary>
    /// Same distribution: mean 0, so over 40 draws the mean lies within 5 standard errors of 0 (error rate below 1e-6); a
    /// distribution that is half a standard deviation away lies above every one of them.
    /// </summary>
    [Fact]
    public void It_is_unbiased_and_sees_a_shift()
    {
        RandomStream random = new Seed(9).Stream("stays");
        double[] same = new double[40];
        double shifted = double.PositiveInfinity;
        for (int r = 0; r < same.Length; r++)
        {
            HeldOutDiscrepancy discrepancy = new(Draw(0), 60);
            same[r] = discrepancy.Of(Draw(0));
            shifted = Math.Min(shifted, discrepancy.Of(Draw(0.5f)));
        }

        double mean = same.Average(), error = Math.Sqrt(same.Average(v => (v - mean) * (v - mean)) / (same.Length - 1));
        Assert.InRange(mean, -5 * error, 5 * error);
        Assert.True(shifted > same.Max(), $"shifted {shifted}, same at most {same.Max()}");

        float[] Draw(float shift) => [.. Enumerable.Range(0, 60 * 8).Select(_ => shift + (float)random.NextGaussian())];
    }
}
