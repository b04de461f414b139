using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.Encoding;

/// <summary>
/// One channel's readings ⇄ [0, 1] by linear interpolation between knots: two for min–max, up to 100 evenly spaced quantiles
/// for ranks. Readings beyond the outer knots are clipped to them. Immutable.
/// </summary>
internal sealed class ChannelScale
{
    private const int MostKnots = 100;
    private const double Tail = 0.005;

    private readonly double[] _knots;

    private ChannelScale(double[] knots) => _knots = knots;

    /// <summary>False for a channel without a training reading: it has nothing to decode to.</summary>
    public bool Observed => _knots.Length > 0;

    /// <summary>Learns the knots.</summary>
    public static ChannelScale Fit(List<float> readings, bool ranks)
    {
        double[] sorted = [.. readings];
        Array.Sort(sorted);
        if (sorted.Length == 0)
            return new ChannelScale([]);
        if (!ranks)
            return new ChannelScale([sorted[0], sorted[^1]]);
        int knots = Math.Clamp(sorted.Length / 10, 2, MostKnots);
        return new ChannelScale([.. Enumerable.Range(0, knots).Select(k => Quantile(sorted, Tail + ((1 - (2 * Tail)) * k / (knots - 1))))]);
    }

    public float Scale(double value)
    {
        if (!Observed)
            return 0;
        int last = _knots.Length - 1;
        if (value <= _knots[0] && value < _knots[last])
            return _knots[1] > _knots[0] ? 0 : (float)(Middle(_knots[0]) / last);
        if (value >= _knots[last])
            return _knots[last] == _knots[0] ? 0.5f : _knots[last - 1] < _knots[last] ? 1 : (float)(Middle(_knots[last]) / last);
        double position = Middle(value);
        return (float)(position / last);
    }

    /// <summary>The reading at a place of the scale, with the channel's decimals where its range holds such a number.</summary>
    public double Unscale(double scaled, int decimals)
    {
        double at = Math.Clamp(scaled, 0, 1) * (_knots.Length - 1);
        int k = Math.Min((int)at, _knots.Length - 2);
        double value = _knots[k] + ((at - k) * (_knots[k + 1] - _knots[k]));
        double unit = Math.Pow(10, decimals), lower = Math.Ceiling(_knots[0] * unit) / unit, upper = Math.Floor(_knots[^1] * unit) / unit;
        return lower <= upper ? Math.Clamp(Math.Round(value, decimals), lower, upper) : value;
    }

    public void Save(ModelWriter writer, string name) => writer.Add(name, _knots);

    public static ChannelScale Load(ModelReader reader, string name)
    {
        double[] knots = reader.FiniteDoubles(name, -1);
        ModelReader.Require(knots.Length is 0 or (>= 2 and <= MostKnots), name, "has an impossible number of knots");
        for (int k = 1; k < knots.Length; k++)
            ModelReader.Require(knots[k] >= knots[k - 1], name, "has knots that fall");
        return new ChannelScale(knots);
    }

    // A run of equal knots is a reading that many patients share: it stands in the middle of its ranks.
    private double Middle(double value)
    {
        int first = Array.BinarySearch(_knots, value);
        if (first < 0)
        {
            int above = ~first;
            return above - 1 + ((value - _knots[above - 1]) / (_knots[above] - _knots[above - 1]));
        }

        int end = first;
        while (first > 0 && _knots[first - 1] == value)
            first--;
        while (end + 1 < _knots.Length && _knots[end + 1] == value)
            end++;
        return (first + end) / 2.0;
    }

    // Type 7, as the usual statistics packages.
    private static double Quantile(double[] sorted, double p)
    {
        double at = p * (sorted.Length - 1);
        int j = Math.Min((int)at, sorted.Length - 1);
        return j + 1 < sorted.Length ? sorted[j] + ((at - j) * (sorted[j + 1] - sorted[j])) : sorted[j];
    }
}
