using Lethe.Evaluation.Fidelity.Joint;
using Lethe.Learning;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>
/// Maximum mean discrepancy of whole sequences (Gretton et al. 2012): unbiased MMD² of the flattened sequences with the mean of five
/// Gaussian kernels at ¼, ½, 1, 2 and 4 times the median distance of the pooled sequences; may be slightly negative. Quadratic in the
/// number of sequences, therefore on at most 500 a side, drawn at random.
/// </summary>
public sealed class SequenceDiscrepancy : ISeriesScore
{
    private static readonly double[] BandwidthFactors = [0.25, 0.5, 1, 2, 4];
    private readonly int _most;

    /// <summary>The score on at most this many sequences a side.</summary>
    public SequenceDiscrepancy(int most = 500)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        _most = most;
    }

    /// <inheritdoc/>
    public Descriptor Descriptor { get; } = new(
        "sequence-mmd", "Squared maximum mean discrepancy of sequences", "benchmark", "Kernel distance of whole sequences, five Gaussian kernels around the median distance.", "Gretton et al., A kernel two-sample test, 2012");

    /// <inheritdoc/>
    public int Repeats => 5;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sets differ in shape or have sequences that end early.</exception>
    public double Evaluate(SeriesSet real, SeriesSet synthetic, Seed seed, CancellationToken cancellation = default)
    {
        TimeSeriesThrow.UnlessComparable(real, synthetic);
        TimeSeriesThrow.UnlessFull(real, synthetic);
        DesignMatrix x = Flatten(real, seed.Stream("real")), y = Flatten(synthetic, seed.Stream("synthetic"));
        double gamma = MaximumMeanDiscrepancy.MedianGamma(x, y), sum = 0;
        foreach (double factor in BandwidthFactors)
        {
            cancellation.ThrowIfCancellationRequested();
            sum += MaximumMeanDiscrepancy.Of(x, y, gamma / (factor * factor)).U;
        }

        return sum / BandwidthFactors.Length;
    }

    private DesignMatrix Flatten(SeriesSet set, RandomStream stream)
    {
        int[] rows = stream.Permutation(set.Count)[..Math.Min(_most, set.Count)];
        int width = set.Steps * set.Features;
        double[] values = new double[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<float> sequence = set.Sequence(rows[i]);
            for (int c = 0; c < width; c++)
                values[(i * width) + c] = sequence[c];
        }

        return new DesignMatrix(values, rows.Length, width);
    }
}
