using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>
/// Skewness and kurtosis differences of TSGBench (Ang et al., VLDB 2024): mean over features of the absolute difference of the standardised
/// third moment, or of the excess kurtosis, over sequences and steps; standardised by the unbiased variance as in its code.
/// </summary>
public sealed class ShapeDifference : ISeriesScore
{
    private readonly bool _kurtosis;

    private ShapeDifference(bool kurtosis, Descriptor descriptor) => (_kurtosis, Descriptor) = (kurtosis, descriptor);

    /// <summary>The skewness difference.</summary>
    public static ShapeDifference Skewness { get; } = new(false, new Descriptor(
        "skewness-difference", "Skewness difference (TSGBench)", "benchmark", "Difference of the features' skewness.", "Ang et al., TSGBench, 2024"));

    /// <summary>The kurtosis difference.</summary>
    public static ShapeDifference Kurtosis { get; } = new(true, new Descriptor(
        "kurtosis-difference", "Kurtosis difference (TSGBench)", "benchmark", "Difference of the features' excess kurtosis.", "Ang et al., TSGBench, 2024"));

    /// <inheritdoc/>
    public Descriptor Descriptor { get; }

    /// <inheritdoc/>
    public int Repeats => 1;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sets differ in shape or have sequences that end early.</exception>
    public double Evaluate(SeriesSet real, SeriesSet synthetic, Seed seed, CancellationToken cancellation = default)
    {
        TimeSeriesThrow.UnlessComparable(real, synthetic);
        TimeSeriesThrow.UnlessFull(real, synthetic);
        double sum = 0;
        for (int f = 0; f < real.Features; f++)
        {
            FeatureMoments a = FeatureMoments.Of(real, f), b = FeatureMoments.Of(synthetic, f);
            sum += Math.Abs(_kurtosis ? a.ExcessKurtosis - b.ExcessKurtosis : a.Skewness - b.Skewness);
        }

        return sum / real.Features;
    }
}
