using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.Encoding;

/// <summary>A monotone map from one distribution to another: 101 quantiles of each, linear between them. Immutable.</summary>
internal sealed class QuantileMap
{
    private const int Knots = 101;

    // Quantiles between these ends: the most extreme training value is not told.
    private const double Tail = 0.005;

    private readonly double[] _from, _to;

    private QuantileMap(double[] from, double[] to) => (_from, _to) = (from, to);

    /// <summary>Learns the map; neither side may be empty.</summary>
    public static QuantileMap Fit(double[] from, double[] to) => new(Quantiles(from), Quantiles(to));

    /// <summary>Where <paramref name="x"/> stands in the first distribution, read off the second; a tie takes what stands at the middle of its ranks.</summary>
    public double Follow(double x)
    {
        int last = Knots - 1;
        if (x < _from[0] || x > _from[last])
            return x < _from[0] ? _to[0] : _to[last];
        int first = SortedValues.LowerBound(_from, x), end = SortedValues.UpperBound(_from, x) - 1;
        if (first <= end)
            return (_to[(first + end) / 2] + _to[(first + end + 1) / 2]) / 2;
        double share = (x - _from[end]) / (_from[first] - _from[end]);
        return _to[end] + (share * (_to[first] - _to[end]));
    }

    public void Save(ModelWriter writer, string name) => writer.Add(name, [.. _from, .. _to], 2, Knots);

    public static QuantileMap Load(ModelReader reader, string name)
    {
        double[] knots = reader.FiniteDoubles(name, 2, Knots);
        for (int k = 1; k < knots.Length; k++)
            ModelReader.Require(k == Knots || knots[k] >= knots[k - 1], name, "has knots that fall");
        return new QuantileMap(knots[..Knots], knots[Knots..]);
    }

    private static double[] Quantiles(double[] values)
    {
        Array.Sort(values);
        double[] knots = [.. Enumerable.Range(0, Knots).Select(k => SortedValues.Quantile(values, Tail + ((1 - (2 * Tail)) * k / (Knots - 1))))];
        for (int k = 1; k < Knots; k++)
            knots[k] = Math.Max(knots[k], knots[k - 1]); // interpolation may dip by one rounding
        return knots;
    }
}
