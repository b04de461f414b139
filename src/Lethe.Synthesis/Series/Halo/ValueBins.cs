using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.Halo;

/// <summary>
/// Numbers ⇄ bins. Few distinct numbers have a bin each; else bins lie between quantiles, narrower in the tails, where a
/// uniform draw from a wide bin would exaggerate. A bin gives back a uniform draw from the recorded numbers it can hold. Immutable.
/// </summary>
internal sealed class ValueBins
{
    // A bin stands for about this many readings at least, so that none is a patient's.
    private const int ReadingsPerBin = 10;
    private const double Tail = 0.005;
    private static readonly double[] TailLevels = [Tail, 0.02, 0.05];

    private readonly double[] _lower; // of each bin
    private readonly double[] _upper; // first number above it; equal to the lower one for a bin of one number
    private readonly double _step;

    private ValueBins(double[] lower, double[] upper, double step) => (_lower, _upper, _step) = (lower, upper, step);

    /// <summary>Number of bins; 0 when nothing was observed.</summary>
    public int Count => _lower.Length;

    /// <summary>Learns bins.</summary>
    /// <param name="readings">Training numbers; sorted in place.</param>
    /// <param name="bins">Most bins, at least 2.</param>
    /// <param name="step">Distance of recordable numbers; 0 when any number is.</param>
    /// <param name="clip">Whether numbers beyond the 0.5 % and 99.5 % quantiles are brought to them, so that no patient's extreme is learnt.</param>
    public static ValueBins Fit(List<double> readings, int bins, double step, bool clip)
    {
        readings.Sort();
        double[] distinct = [.. readings.Distinct()];
        int most = Math.Min(bins, Math.Max(2, readings.Count / ReadingsPerBin));
        if (distinct.Length <= most)
            return new ValueBins(distinct, [.. distinct], step);
        double[] edges = [.. Levels(most, clip).Select(p => readings[(int)(p * (readings.Count - 1))])];
        return Between(readings, edges, step);
    }

    /// <summary>A bin for each number that occurs.</summary>
    public static ValueBins OfEach(List<double> readings)
    {
        double[] distinct = [.. readings.Distinct().Order()];
        return new ValueBins(distinct, [.. distinct], 0);
    }

    /// <summary>Bins of whole numbers from 1: one each up to 8, then each about a third wider than the last.</summary>
    /// <param name="longest">Largest number that occurs.</param>
    public static ValueBins OfGaps(int longest)
    {
        List<double> lower = [1];
        while (lower[^1] < longest)
            lower.Add(lower[^1] < 8 ? lower[^1] + 1 : Math.Ceiling(lower[^1] * 4 / 3));
        if (lower[^1] > longest)
            lower.RemoveAt(lower.Count - 1);
        return new ValueBins([.. lower], [.. lower.Skip(1), longest + 1], 1);
    }

    /// <summary>The bin of a number; numbers beyond the outer bins belong to them.</summary>
    public int BinOf(double value)
    {
        int at = Array.BinarySearch(_lower, value);
        return Math.Max(0, at >= 0 ? at : ~at - 1);
    }

    /// <summary>A number of the bin.</summary>
    public double Draw(int bin, RandomStream stream)
    {
        double low = _lower[bin], high = _upper[bin];
        if (high == low)
            return low;
        double u = stream.NextDouble();
        if (_step <= 0)
            return low + (u * (high - low));

        // Recordable numbers k·step in [low, high); a bin between two of them gives its lower end.
        double first = Math.Ceiling((low / _step) - 1e-6), last = Math.Ceiling((high / _step) - 1e-6) - 1;
        return last < first ? low : (first + Math.Min(last - first, Math.Floor(u * (last - first + 1)))) * _step;
    }

    public void Save(ModelWriter writer, string name)
    {
        writer.Add(name + ".lower", _lower);
        writer.Add(name + ".upper", _upper);
        writer.Add(name + ".step", [_step]);
    }

    public static ValueBins Load(ModelReader reader, string name)
    {
        double[] lower = reader.FiniteDoubles(name + ".lower", -1), upper = reader.FiniteDoubles(name + ".upper", lower.Length);
        double step = reader.FiniteDoubles(name + ".step", 1)[0];
        ModelReader.Require(step >= 0, name, "has a negative step");
        for (int b = 0; b < lower.Length; b++)
            ModelReader.Require(lower[b] <= upper[b] && (b == 0 || lower[b] > lower[b - 1]), name, "has bins out of order");
        return new ValueBins(lower, upper, step);
    }

    /// <summary>Bins from each edge to the next; an edge that two levels fall on holds many readings and is a bin by itself.</summary>
    private static ValueBins Between(List<double> sorted, double[] edges, double step)
    {
        List<(double Lower, double Upper)> bins = [];
        for (int k = 0; k < edges.Length; k++)
        {
            bool repeated = k + 1 < edges.Length && edges[k + 1] == edges[k];
            double from = edges[k];
            if (repeated)
            {
                bins.Add((from, from));
                while (k + 1 < edges.Length && edges[k + 1] == from)
                    k++;
            }

            if (k + 1 == edges.Length)
            {
                // The last edge itself belongs to the last bin.
                if (!repeated && bins.Count > 0 && bins[^1].Lower < bins[^1].Upper)
                    bins[^1] = (bins[^1].Lower, from + step);
                else if (!repeated)
                    bins.Add((from, from));
                break;
            }

            double lower = repeated ? sorted.Find(r => r > from) : from;
            if (lower < edges[k + 1])
                bins.Add((lower, edges[k + 1]));
        }

        return new ValueBins([.. bins.Select(b => b.Lower)], [.. bins.Select(b => b.Upper)], step);
    }

    private static double[] Levels(int bins, bool clip)
    {
        double[] tails = bins >= 12 ? TailLevels : [Tail];
        int inner = bins - (2 * (tails.Length - 1));
        double low = tails[^1], high = 1 - tails[^1];
        double[] levels =
        [
            .. tails[..^1],
            .. Enumerable.Range(0, inner + 1).Select(k => low + ((high - low) * k / inner)),
            .. tails[..^1].Reverse().Select(p => 1 - p),
        ];
        if (!clip)
            (levels[0], levels[^1]) = (0, 1);
        return levels;
    }
}
