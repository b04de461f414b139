using Lethe.Synthesis.Models;
using Lethe.Synthesis.Series.Encoding;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// Post-processing with low-dimensional statistics: monotone quantile maps of a stay's mean and of its ln sd, per channel, from what
/// the generator gives to what training stays have; the course is then re-standardised to the mapped mean and sd. Static
/// numbers are mapped likewise. Keeps shapes, matches levels. Reads training statistics, so it is part of what
/// the audit covers. Immutable.
/// </summary>
internal sealed class MarginalMap
{
    // On the scale of [0, 1]: a course that moves less is constant.
    private const double LeastSd = 1e-3;

    // With fewer stays on either side quantiles are mostly noise and levels stay as generated.
    private const int FewestStays = 30;

    private readonly (QuantileMap Mean, QuantileMap LogSd)?[] _channels; // null: as generated
    private readonly QuantileMap?[] _statics; // by static attribute; null: as generated

    private MarginalMap((QuantileMap, QuantileMap)?[] channels, QuantileMap?[] statics) => (_channels, _statics) = (channels, statics);

    /// <summary>Learns the maps.</summary>
    /// <param name="real">Training stays.</param>
    /// <param name="generated">A pilot sample of the trained generator.</param>
    /// <param name="numbers">Static attributes that are numbers.</param>
    public static MarginalMap Fit(GhostsData real, GhostsData generated, IEnumerable<int> numbers)
    {
        (QuantileMap, QuantileMap)?[] channels = new (QuantileMap, QuantileMap)?[real.Layout.Numbers];
        for (int j = 0; j < channels.Length; j++)
        {
            (double[] means, double[] sds) r = Summaries(real, j), g = Summaries(generated, j);
            if (Math.Min(r.sds.Length, g.sds.Length) >= FewestStays)
                channels[j] = (QuantileMap.Fit(g.means, r.means), QuantileMap.Fit(g.sds, r.sds));
        }

        QuantileMap?[] statics = new QuantileMap?[real.Layout.Statics];
        foreach (int a in numbers)
            statics[a] = Math.Min(real.Count, generated.Count) < FewestStays ? null : QuantileMap.Fit(Column(generated, a), Column(real, a));
        return new MarginalMap(channels, statics);
    }

    /// <summary>Maps the observed readings of one stay and numeric channel, all within [0, 1], in place.</summary>
    public void Apply(int channel, Span<float> readings)
    {
        if (channel >= _channels.Length || _channels[channel] is not { } map || readings.IsEmpty)
            return;
        (double mean, double sd) = Moments(readings);
        double level = map.Mean.Follow(mean), stretch = 1;
        if (readings.Length > 1 && sd > LeastSd)
            stretch = Math.Exp(map.LogSd.Follow(Math.Log(sd))) / sd;
        for (int i = 0; i < readings.Length; i++)
            readings[i] = (float)Math.Clamp(level + (stretch * (readings[i] - mean)), 0, 1);
    }

    /// <summary>Encoded statics with their numbers mapped, rows × statics.</summary>
    public float[] Statics(ReadOnlySpan<float> encoded)
    {
        float[] mapped = encoded.ToArray();
        for (int i = 0; i < mapped.Length; i++)
        {
            if (_statics[i % _statics.Length] is { } map)
                mapped[i] = (float)map.Follow(mapped[i]);
        }

        return mapped;
    }

    public void Save(ModelWriter writer)
    {
        writer.Add("mapped", [.. _channels.Select(c => c is null ? 0 : 1), .. _statics.Select(s => s is null ? 0 : 1)], _channels.Length + _statics.Length);
        for (int j = 0; j < _channels.Length; j++)
        {
            _channels[j]?.Mean.Save(writer, $"map.mean.{j}");
            _channels[j]?.LogSd.Save(writer, $"map.sd.{j}");
        }

        for (int a = 0; a < _statics.Length; a++)
            _statics[a]?.Save(writer, $"map.static.{a}");
    }

    public static MarginalMap Load(ModelReader reader, GhostsLayout layout)
    {
        int[] mapped = reader.IntsWithin("mapped", 0, 1, layout.Numbers + layout.Statics);
        return new MarginalMap(
            [.. Enumerable.Range(0, layout.Numbers).Select(j => mapped[j] == 0 ? ((QuantileMap, QuantileMap)?)null : (QuantileMap.Load(reader, $"map.mean.{j}"), QuantileMap.Load(reader, $"map.sd.{j}")))],
            [.. Enumerable.Range(0, layout.Statics).Select(a => mapped[layout.Numbers + a] == 0 ? null : QuantileMap.Load(reader, $"map.static.{a}"))]);
    }

    /// <summary>Means of all stays with a reading, and ln sds of those with two.</summary>
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

    private static double[] Column(GhostsData data, int attribute)
    {
        double[] column = new double[data.Count];
        for (int i = 0; i < column.Length; i++)
            column[i] = data.Attributes(i)[attribute];
        return column;
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
}
