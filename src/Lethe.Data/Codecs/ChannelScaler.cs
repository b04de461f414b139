using Lethe.Data.Cohorts;
using MathNet.Numerics;

namespace Lethe.Data.Codecs;

/// <summary>
/// Scales readings channel by channel, learnt from training readings alone. Exactly invertible inside the training range
/// up to single precision; <see cref="Scaling.Quantile"/> and <see cref="Scaling.MinMax"/> invert to the training range.
/// A channel that is constant or was never observed scales to 0 and inverts to its one value. Immutable, thread-safe.
/// </summary>
public sealed class ChannelScaler
{
    // Φ⁻¹(1 − 1e-7): as far as the normal scale reaches, so that a training extreme stays finite.
    private const double NormalClip = 5.19934;
    private const int MaximumQuantiles = 1000;

    private readonly double[] _shift;
    private readonly double[] _scale;
    private readonly double[][] _quantiles;

    private ChannelScaler(Scaling kind, double[] shift, double[] scale, double[][] quantiles)
    {
        Kind = kind;
        _shift = shift;
        _scale = scale;
        _quantiles = quantiles;
    }

    /// <summary>How readings are scaled.</summary>
    public Scaling Kind { get; }

    /// <summary>Learns the scale of each channel from the training cohort's readings.</summary>
    public static ChannelScaler Fit(Cohort train, Scaling kind)
    {
        List<double>[] readings = [.. train.Channels.Select(_ => new List<double>())];
        for (int e = 0; e < train.EventCount; e++)
            readings[train.ChannelOfEvent[e]].Add(train.Values[e]);
        return Fit(readings.Select(r => r.ToArray()).ToArray(), kind);
    }

    /// <summary>Learns the scale of each channel from its readings; an empty list is a channel never observed.</summary>
    public static ChannelScaler Fit(IReadOnlyList<double[]> readings, Scaling kind)
    {
        double[] shift = new double[readings.Count], scale = new double[readings.Count];
        double[][] quantiles = new double[readings.Count][];
        for (int c = 0; c < readings.Count; c++)
        {
            double[] sorted = [.. readings[c]];
            Array.Sort(sorted);
            quantiles[c] = [];
            if (sorted.Length == 0)
                continue;
            double mean = sorted.Average();
            double sd = Math.Sqrt(sorted.Sum(x => (x - mean) * (x - mean)) / sorted.Length);
            (shift[c], scale[c]) = kind switch
            {
                Scaling.MinMax => (sorted[0], sorted[^1] - sorted[0]),
                Scaling.Robust when Type7(sorted, 0.75) > Type7(sorted, 0.25) => (Type7(sorted, 0.5), Type7(sorted, 0.75) - Type7(sorted, 0.25)),
                Scaling.Robust => (Type7(sorted, 0.5), sd),
                _ => (mean, sd),
            };
            if (kind == Scaling.Quantile && sorted[0] < sorted[^1])
            {
                int q = Math.Clamp(sorted.Length / 30, 10, MaximumQuantiles);
                quantiles[c] = [.. Enumerable.Range(0, q).Select(j => Type7(sorted, (double)j / (q - 1)))];
            }
        }

        return new ChannelScaler(kind, shift, scale, quantiles);
    }

    /// <summary>The scaled reading of a channel.</summary>
    public float Scale(int channel, float value)
    {
        if (Kind == Scaling.Quantile)
            return _quantiles[channel].Length == 0 ? 0 : (float)ToNormal(_quantiles[channel], value);
        return _scale[channel] == 0 ? 0 : (float)((value - _shift[channel]) / _scale[channel]);
    }

    /// <summary>The reading that scales to <paramref name="scaled"/>.</summary>
    public float Unscale(int channel, float scaled)
    {
        if (Kind == Scaling.Quantile)
            return _quantiles[channel].Length == 0 ? (float)_shift[channel] : (float)FromNormal(_quantiles[channel], scaled);
        double u = Kind == Scaling.MinMax ? Math.Clamp(scaled, 0f, 1f) : scaled;
        return (float)(_shift[channel] + (u * _scale[channel]));
    }

    private static double ToNormal(double[] q, double x)
    {
        if (x <= q[0] + 1e-7)
            return -NormalClip;
        if (x >= q[^1] - 1e-7)
            return NormalClip;

        // The average of interpolating from below and from above puts a tie at the middle of its probability range.
        double u = (Position(q, x, upper: false) + Position(q, x, upper: true)) / 2;
        return Math.Clamp(-Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * u), -NormalClip, NormalClip);
    }

    private static double FromNormal(double[] q, double z)
    {
        double at = Math.Clamp(0.5 * SpecialFunctions.Erfc(-z / Math.Sqrt(2)), 0, 1) * (q.Length - 1);
        if (z <= -NormalClip || at <= 0)
            return q[0];
        if (z >= NormalClip || at >= q.Length - 1)
            return q[^1];
        int j = (int)at;
        return q[j] + ((at - j) * (q[j + 1] - q[j]));
    }

    private static double Position(double[] q, double x, bool upper)
    {
        int low = 0, high = q.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (upper ? q[middle] <= x : q[middle] < x)
                low = middle;
            else
                high = middle;
        }

        double width = q[high] - q[low];
        double inside = width == 0 ? 0 : Math.Clamp((x - q[low]) / width, 0, 1);
        return (low + inside) / (q.Length - 1);
    }

    private static double Type7(double[] sorted, double p)
    {
        double at = p * (sorted.Length - 1);
        int j = Math.Min((int)at, sorted.Length - 1);
        return j + 1 < sorted.Length ? sorted[j] + ((at - j) * (sorted[j + 1] - sorted[j])) : sorted[j];
    }
}
