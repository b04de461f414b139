using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.SequentialCart;

/// <summary>
/// The numbers in the leaves of a tree, sorted within each leaf, which breaks every tie to the rows they came from. A draw is
/// one of them, spread by a Gaussian kernel with Silverman's bandwidth 0.9·min(sd, IQR/1.34)·n^(−1/5) of the leaf, then
/// restored to the column's grid.
/// </summary>
internal sealed class LeafValues
{
    private readonly int[] _start;
    private readonly double[] _values;
    private readonly double[] _bandwidth;

    private LeafValues(int[] start, double[] values)
    {
        (_start, _values) = (start, values);
        _bandwidth = new double[start.Length - 1];
        for (int leaf = 0; leaf < _bandwidth.Length; leaf++)
            _bandwidth[leaf] = Silverman(values.AsSpan(start[leaf], start[leaf + 1] - start[leaf]));
    }

    public int Leaves => _start.Length - 1;

    public static LeafValues Of(ReadOnlySpan<int> leafOfRow, ReadOnlySpan<double> values, int leaves)
    {
        List<double>[] byLeaf = [.. Enumerable.Range(0, leaves).Select(_ => new List<double>())];
        for (int i = 0; i < values.Length; i++)
            byLeaf[leafOfRow[i]].Add(values[i]);
        int[] start = new int[leaves + 1];
        List<double> all = new(values.Length);
        for (int leaf = 0; leaf < leaves; leaf++)
        {
            byLeaf[leaf].Sort();
            all.AddRange(byLeaf[leaf]);
            start[leaf + 1] = all.Count;
        }

        return new LeafValues(start, [.. all]);
    }

    public double Draw(int leaf, NumericGrid grid, bool smoothing, RandomStream random)
    {
        double value = _values[_start[leaf] + random.NextInt(_start[leaf + 1] - _start[leaf])];
        return grid.Restore(smoothing ? value + (_bandwidth[leaf] * random.NextGaussian()) : value);
    }

    public void Save(ModelWriter writer, string prefix)
    {
        writer.Add(prefix + ".start", _start);
        writer.Add(prefix + ".values", _values);
    }

    public static LeafValues Load(ModelReader reader, string prefix, int leaves)
    {
        double[] values = reader.FiniteDoubles(prefix + ".values", -1);
        int[] start = reader.Ints(prefix + ".start", leaves + 1);
        bool fits = start[0] == 0 && start[^1] == values.Length;
        for (int leaf = 0; fits && leaf < leaves; leaf++)
            fits = start[leaf + 1] > start[leaf];
        ModelReader.Require(fits, prefix, "has a leaf without values");
        return new LeafValues(start, values);
    }

    private static double Silverman(ReadOnlySpan<double> sorted)
    {
        if (sorted.Length < 2)
            return 0;
        double mean = 0, squares = 0;
        foreach (double v in sorted)
            mean += v / sorted.Length;
        foreach (double v in sorted)
            squares += (v - mean) * (v - mean);
        double sd = Math.Sqrt(squares / (sorted.Length - 1));
        double iqr = (SortedValues.Quantile(sorted, 0.75) - SortedValues.Quantile(sorted, 0.25)) / 1.34;
        return 0.9 * (iqr > 0 ? Math.Min(sd, iqr) : sd) * Math.Pow(sorted.Length, -0.2);
    }
}
