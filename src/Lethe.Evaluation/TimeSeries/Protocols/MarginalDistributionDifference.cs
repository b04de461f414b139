using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>
/// Marginal distribution difference of TSGBench (Ang et al., VLDB 2024), after its code: for every step from the second on and every
/// feature, the density of the real values in 50 bins of their own range; a synthetic value counts in a bin when it lies nearer than half
/// a width to the centre; mean over bins of the absolute difference of densities, mean over steps and features. A single real value makes
/// a range of 1e-5, so figures of constant cells are large.
/// </summary>
public sealed class MarginalDistributionDifference : ISeriesScore
{
    private const int Bins = 50;
    private const double ConstantRange = 1e-5;

    /// <inheritdoc/>
    public Descriptor Descriptor { get; } = new(
        "marginal-distribution-difference", "Marginal distribution difference (TSGBench)", "benchmark", "Difference of the densities of values, step by step and feature by feature.", "Ang et al., TSGBench, 2024");

    /// <inheritdoc/>
    public int Repeats => 1;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sets differ in shape or have sequences that end early.</exception>
    public double Evaluate(SeriesSet real, SeriesSet synthetic, Seed seed, CancellationToken cancellation = default)
    {
        TimeSeriesThrow.UnlessComparable(real, synthetic);
        TimeSeriesThrow.UnlessFull(real, synthetic);
        if (real.Steps < 2)
            throw new ArgumentException("The figure starts at the second step; the sequences have one.", nameof(real));
        double sum = 0;
        for (int t = 1; t < real.Steps; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int f = 0; f < real.Features; f++)
                sum += Cell(real, synthetic, t, f);
        }

        return sum / ((real.Steps - 1) * real.Features);
    }

    private static double Cell(SeriesSet real, SeriesSet synthetic, int step, int feature)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int i = 0; i < real.Count; i++)
        {
            low = Math.Min(low, real[i, step, feature]);
            high = Math.Max(high, real[i, step, feature]);
        }

        if (high == low)
            high = low + ConstantRange;
        double width = (high - low) / Bins;
        int[] a = new int[Bins], b = new int[Bins];
        for (int i = 0; i < real.Count; i++)
            a[Math.Min(Bins - 1, (int)((real[i, step, feature] - low) / width))]++;
        for (int i = 0; i < synthetic.Count; i++)
        {
            double at = (synthetic[i, step, feature] - low) / width;

            // A value on an edge is half a width from two centres and counts in neither.
            if (at > 0 && at < Bins && at != Math.Floor(at))
                b[(int)at]++;
        }

        double sum = 0;
        for (int k = 0; k < Bins; k++)
            sum += Math.Abs(((double)a[k] / real.Count) - ((double)b[k] / synthetic.Count));
        return sum / width / Bins;
    }
}
