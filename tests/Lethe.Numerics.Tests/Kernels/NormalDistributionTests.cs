using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Kernels;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;

namespace Lethe.Numerics.Tests.Kernels;

public sealed class NormalDistributionTests
{
    [Fact]
    public void Distribution_function_in_single_precision()
    {
        float[] x = [.. Enumerable.Range(-1000, 2001).Select(i => i * 0.0067f)], y = new float[x.Length];
        NormalDistribution.Cumulative(x, y);
        for (int i = 0; i < x.Length; i++)
        {
            double exact = MathNet.Numerics.Distributions.Normal.CDF(0, 1, x[i]);
            Assert.True(Math.Abs(y[i] - exact) < 3e-7, $"Φ({x[i]}) = {y[i]}, not {exact}");
        }
    }

    /// <summary>
    /// Kolmogorov–Smirnov over 200,000 draws: √n·D stays below 2.70 with probability 1 − 10⁻⁶ (2e^−2·2.70² = 9.3e-7). Moments
    /// and the correlation of neighbours within five standard errors.
    /// </summary>
    [Fact]
    public void Vector_normals_are_normal()
    {
        const int N = 200_000;
        Tape tape = new();
        Tensor draws = tape.Gaussian(new Shape(N), new Seed(31).Stream("gaussian"));
        double[] sorted = [.. draws.Values.ToArray().Select(value => (double)value).Order()];
        double distance = 0;
        for (int i = 0; i < N; i++)
        {
            double exact = MathNet.Numerics.Distributions.Normal.CDF(0, 1, sorted[i]);
            distance = Math.Max(distance, Math.Max(exact - ((double)i / N), ((double)(i + 1) / N) - exact));
        }

        Assert.True(Math.Sqrt(N) * distance < 2.70, $"√n·D = {Math.Sqrt(N) * distance}");
        Assert.InRange(sorted.Sum(value => value * value) / N, 1 - (5 * Math.Sqrt(2.0 / N)), 1 + (5 * Math.Sqrt(2.0 / N)));
        Assert.InRange(sorted.Sum(value => value * value * value * value) / N, 3 - (5 * Math.Sqrt(96.0 / N)), 3 + (5 * Math.Sqrt(96.0 / N)));
        double lag = 0;
        for (int i = 8; i < N; i++)
            lag += draws.Values[i] * draws.Values[i - 8];
        Assert.InRange(lag / N, -5 / Math.Sqrt(N), 5 / Math.Sqrt(N));
    }

    [Fact]
    public void Odd_lengths_are_filled_and_repeat()
    {
        Tape tape = new();
        foreach (int n in new[] { 0, 1, 7, 8, 9, 15, 16, 17, 33 })
        {
            tape.Reset();
            Tensor a = tape.Gaussian(new Shape(n), new Seed(1).Stream("g")), b = tape.Gaussian(new Shape(n), new Seed(1).Stream("g"));
            Assert.Equal(a.Values.ToArray(), b.Values.ToArray());
            Assert.Equal(n, a.Values.ToArray().Distinct().Count());
        }
    }
}
