using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>
/// Autocorrelation difference of TSGBench (Ang et al., VLDB 2024), after its code: each feature is centred by its mean over sequences and
/// steps; the mean product at lag k, over the variance (divisor n), for k = 0 … min(64, T) − 1; √Σ_k(Δ²) per feature; mean over features.
/// A constant feature has autocorrelation 0 at every lag.
/// </summary>
public sealed class AutocorrelationDifference : ISeriesScore
{
    private const int MostLags = 64;

    /// <inheritdoc/>
    public Descriptor Descriptor { get; } = new(
        "autocorrelation-difference", "Autocorrelation difference (TSGBench)", "benchmark", "Distance of the features' autocorrelation curves.", "Ang et al., TSGBench, 2024");

    /// <inheritdoc/>
    public int Repeats => 1;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sets differ in shape or have sequences that end early.</exception>
    public double Evaluate(SeriesSet real, SeriesSet synthetic, Seed seed, CancellationToken cancellation = default)
    {
        TimeSeriesThrow.UnlessComparable(real, synthetic);
        TimeSeriesThrow.UnlessFull(real, synthetic);
        double total = 0;
        for (int f = 0; f < real.Features; f++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] a = Curve(real, f), b = Curve(synthetic, f);
            double squares = 0;
            for (int k = 0; k < a.Length; k++)
                squares += (a[k] - b[k]) * (a[k] - b[k]);
            total += Math.Sqrt(squares);
        }

        return total / real.Features;
    }

    /// <summary>Autocorrelation of a feature at lags 0 … min(64, T) − 1.</summary>
    public static double[] Curve(SeriesSet set, int feature)
    {
        ArgumentNullException.ThrowIfNull(set);
        FeatureMoments m = FeatureMoments.Of(set, feature);
        double[] curve = new double[Math.Min(MostLags, set.Steps)], x = new double[set.Steps];
        if (m.Variance == 0)
            return curve;
        for (int i = 0; i < set.Count; i++)
        {
            for (int t = 0; t < x.Length; t++)
                x[t] = set[i, t, feature] - m.Mean;
            for (int k = 0; k < curve.Length; k++)
            {
                double sum = 0;
                for (int t = k; t < x.Length; t++)
                    sum += x[t] * x[t - k];
                curve[k] += sum;
            }
        }

        for (int k = 0; k < curve.Length; k++)
            curve[k] /= (double)set.Count * (set.Steps - k) * m.Variance;
        return curve;
    }
}
