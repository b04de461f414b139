using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// Post-processing with low-dimensional statistics: monotone quantile maps of a stay's mean and of its ln sd, per channel, from what
/// the generator gives to what training stays have (101 knots each); the course is then re-standardised to the mapped mean
/// and sd. Keeps shapes, matches levels. Reads training statistics, so it is part of what the audit covers. Immutable.
/// </summary>
internal sealed class MarginalMap
{
    private const int Knots = 101;

    // Quantiles between these ends: the most extreme training stay is not told.
    private const double Tail = 0.005;

    // On the scale of [0, 1]: a course that moves less is constant.
    private const double LeastSd = 1e-3;

    // With fewer stays on either side quantiles are mostly noise and levels stay as generated.
    private const int FewestStays = 30;

    private readonly double[][] _maps; // per channel: generated means, real means, generated ln sds, real ln sds; empty: identity

    private MarginalMap(double[][] maps) => _maps = maps;

    /// <summary>Learns the maps.</summary>
    /// <param name="real">Training stays.</param>
    /// <param name="generated">A pilot sample of the trained generator.</param>
    public static MarginalMap Fit(GhostsData real, GhostsData generated)
    {
        double[][] maps = new double[real.Layout.Numbers][];
        for (int j = 0; j < maps.Length; j++)
        {
            (double[] means, double[] sds) r = Summaries(real, j), g = Summaries(generated, j);
            maps[j] = Math.Min(r.means.Length, g.means.Length) < FewestStays || Math.Min(r.sds.Length, g.sds.Length) < FewestStays
                ? []
                : [.. Quantiles(g.means), .. Quantiles(r.means), .. Quantiles(g.sds), .. Quantiles(r.sds)];
        }

        return new MarginalMap(maps);
    }

    /// <summary>Maps the observed readings of one stay and numeric channel, all within [0, 1], in place.</summary>
    public void Apply(int channel, Span<float> readings)
    {
        if (channel >= _maps.Length || _maps[channel].Length == 0 || readings.IsEmpty)
            return;
        ReadOnlySpan<double> map = _maps[channel];
        (double mean, double sd) = Moments(readings);
        double level = Follow(map[..Knots], map[Knots..(2 * Knots)], mean), stretch = 1;
        if (readings.Length > 1 && sd > LeastSd)
            stretch = Math.Exp(Follow(map[(2 * Knots)..(3 * Knots)], map[(3 * Knots)..], Math.Log(sd))) / sd;
        for (int i = 0; i < readings.Length; i++)
            readings[i] = (float)Math.Clamp(level + (stretch * (readings[i] - mean)), 0, 1);
    }

    public void Save(ModelWriter writer)
    {
        for (int j = 0; j < _maps.Length; j++)
            writer.Add($"map.{j}", _maps[j], _maps[j].Length);
    }

    public static MarginalMap Load(ModelReader reader, int channels)
    {
        double[][] maps = new double[channels][];
        for (int j = 0; j < channels; j++)
        {
            double[] map = maps[j] = reader.FiniteDoubles($"map.{j}", -1);
            ModelReader.Require(map.Length is 0 or 4 * Knots, $"map.{j}", "has an impossible number of knots");
            for (int k = 1; k < map.Length; k++)
                ModelReader.Require(k % Knots == 0 || map[k] >= map[k - 1], $"map.{j}", "has knots that fall");
        }

        return new MarginalMap(maps);
    }

    private static (double[] Means, double[] LogSds) Summaries(GhostsData data, int channel)
    {
        List<double> means = [], sds = [];
        float[] readings = new float[data.Layout.Steps];
        for (int i = 0; i < data.Count; i++)
        {
            int count = 0;
            for (int t = 0; t < data.Lengths[i]; t++)
            {
                if (data.Observed(i, t, channel))
                    readings[count++] = data.Reading(i, t, channel);
            }

            if (count == 0)
                continue;
            (double mean, double sd) = Moments(readings.AsSpan(0, count));
            means.Add(mean);
            if (count > 1)
                sds.Add(Math.Log(Math.Max(sd, LeastSd)));
        }

        return ([.. means], [.. sds]);
    }

    private static (double Mean, double Sd) Moments(ReadOnlySpan<float> x)
    {
        double mean = 0, squares = 0;
        foreach (float v in x)
            mean += v;
        mean /= x.Length;
        foreach (float v in x)
            squares += (v - mean) * (v - mean);
        return (mean, Math.Sqrt(squares / x.Length));
    }

    private static double[] Quantiles(double[] values)
    {
        Array.Sort(values);
        double[] knots = [.. Enumerable.Range(0, Knots).Select(k => SortedValues.Quantile(values, Tail + ((1 - (2 * Tail)) * k / (Knots - 1))))];
        for (int k = 1; k < Knots; k++)
            knots[k] = Math.Max(knots[k], knots[k - 1]); // interpolation may dip by one rounding
        return knots;
    }

    /// <summary>Where <paramref name="x"/> stands among the first knots, read off the second; a tie takes the middle of its ranks.</summary>
    private static double Follow(ReadOnlySpan<double> from, ReadOnlySpan<double> to, double x)
    {
        if (x <= from[0] || x >= from[^1])
            return x <= from[0] && x < from[^1] ? to[0] : x >= from[^1] && x > from[0] ? to[^1] : to[Knots / 2];
        int above = 1;
        while (from[above] < x)
            above++;
        int last = above;
        while (last + 1 < Knots && from[last + 1] == x)
            last++;
        if (from[above] == x)
            return (to[above] + to[last]) / 2;
        double share = (x - from[above - 1]) / (from[above] - from[above - 1]);
        return to[above - 1] + (share * (to[above] - to[above - 1]));
    }
}
