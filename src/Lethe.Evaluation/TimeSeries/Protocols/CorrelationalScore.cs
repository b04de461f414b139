using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>
/// Correlational score of Liao et al., "Conditional Sig-Wasserstein GANs", 2020, as Diffusion-TS (Yuan and Qiao, ICLR 2024) measures it:
/// each feature is standardised by its own set's mean and unbiased deviation over sequences and steps; with c_ij the mean of x_i·x_j,
/// the score is Σ_{i ≥ j} |c_ij(real) − c_ij(synthetic)|/10, diagonal included. Not divided by the number of pairs: it grows with F².
/// Each run looks at a fifth of each set, drawn with replacement, as the notebook does. A constant feature counts as all zeros.
/// </summary>
public sealed class CorrelationalScore : ISeriesScore
{
    private readonly int _resamples;

    /// <summary>The score.</summary>
    /// <param name="resamples">Runs, and the part 1/resamples of each set that a run draws; 1 takes both sets as they are.</param>
    public CorrelationalScore(int resamples = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resamples);
        _resamples = resamples;
    }

    /// <inheritdoc/>
    public Descriptor Descriptor { get; } = new(
        "correlational", "Correlational score (lag 0, sum over pairs / 10)", "benchmark", "Difference of the features' contemporaneous correlations, summed over pairs.", "Yuan and Qiao, Diffusion-TS, 2024");

    /// <inheritdoc/>
    public int Repeats => _resamples;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sets differ in shape or have sequences that end early.</exception>
    public double Evaluate(SeriesSet real, SeriesSet synthetic, Seed seed, CancellationToken cancellation = default)
    {
        TimeSeriesThrow.UnlessComparable(real, synthetic);
        TimeSeriesThrow.UnlessFull(real, synthetic);
        if (_resamples == 1)
            return Of(real, synthetic);
        int size = Math.Max(2, Math.Min(real.Count, synthetic.Count) / _resamples);
        return Of(Draw(real, size, seed.Stream("real")), Draw(synthetic, size, seed.Stream("synthetic")));
    }

    /// <summary>The score of two whole sets.</summary>
    public static double Of(SeriesSet real, SeriesSet synthetic)
    {
        TimeSeriesThrow.UnlessComparable(real, synthetic);
        double[] a = Correlations(real), b = Correlations(synthetic);
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += Math.Abs(a[k] - b[k]);
        return sum / 10;
    }

    /// <summary>c_ij for i ≥ j, row by row.</summary>
    private static double[] Correlations(SeriesSet set)
    {
        int f = set.Features, n = set.Count * set.Steps;
        double[] mean = new double[f], scale = new double[f], z = new double[f], sums = new double[f * (f + 1) / 2];
        for (int c = 0; c < f; c++)
        {
            FeatureMoments m = FeatureMoments.Of(set, c);
            (mean[c], scale[c]) = (m.Mean, m.UnbiasedVariance > 0 ? 1 / Math.Sqrt(m.UnbiasedVariance) : 0);
        }

        ReadOnlySpan<float> x = set.Values;
        for (int row = 0; row < n; row++)
        {
            for (int c = 0; c < f; c++)
                z[c] = (x[(row * f) + c] - mean[c]) * scale[c];
            for (int i = 0, at = 0; i < f; i++)
            {
                for (int j = 0; j <= i; j++, at++)
                    sums[at] += z[i] * z[j];
            }
        }

        for (int k = 0; k < sums.Length; k++)
            sums[k] /= n;
        return sums;
    }

    private static SeriesSet Draw(SeriesSet set, int size, RandomStream stream)
    {
        int[] rows = new int[size];
        for (int i = 0; i < size; i++)
            rows[i] = stream.NextInt(set.Count);
        return set.Take(rows);
    }
}
