using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.BayesianNetwork;

/// <summary>
/// A numeric column cut at its type-7 quantiles (duplicates merged, empty bins dropped); missing is a state of its own. A
/// value is made of a bin by taking one of the bin's recorded values and adding normal noise, cut at the bin's observed ends.
/// </summary>
internal sealed class BinNode : NodeColumn
{
    private readonly double[] _values;  // all observed values, ascending: bin b is _values[_start[b] .. _start[b + 1]]
    private readonly int[] _start;
    private readonly bool _hasHoles;
    private readonly double _noise;
    private readonly NumericGrid _grid;

    private BinNode(double[] values, int[] start, bool hasHoles, double noise, NumericGrid grid) =>
        (_values, _start, _hasHoles, _noise, _grid) = (values, start, hasHoles, noise, grid);

    /// <summary>The bins, then missing.</summary>
    public override int States => Bins + (_hasHoles ? 1 : 0);

    private int Bins => _start.Length - 1;

    public static BinNode Fit(NumericColumn column, int bins, double noise)
    {
        double[] sorted = SortedValues.Of(column.Values);
        SortedSet<int> start = [0, sorted.Length];
        // Bins are closed on the left: a value equal to an edge opens the next one.
        for (int k = 1; k < bins && sorted.Length > 0; k++)
            start.Add(SortedValues.LowerBound(sorted, SortedValues.Quantile(sorted, (double)k / bins)));
        return new BinNode(sorted, [.. start], column.MissingCount > 0, noise, NumericGrid.Fit(column));
    }

    public override int[] StatesOf(Column column)
    {
        ReadOnlySpan<double> values = ((NumericColumn)column).Values;
        int[] states = new int[values.Length];
        for (int i = 0; i < states.Length; i++)
            states[i] = double.IsNaN(values[i]) ? Bins : BinOf(SortedValues.LowerBound(_values, values[i]));
        return states;
    }

    public override Column Realise(ColumnSchema schema, int[] states, RandomStream random, Evidence? evidence)
    {
        double[][]? chances = evidence is null ? null : [.. Enumerable.Range(0, Bins).Select(b => Chances(b, evidence.Condition))];
        double[] values = new double[states.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int bin = states[i];
            values[i] = bin == Bins ? double.NaN
                : chances is null ? _grid.Restore(Draw(bin, random))
                : _grid.Restore(DrawWithin(bin, chances[bin], evidence!.Condition, random), evidence.Condition);
        }

        return new NumericColumn(schema, values);
    }

    public override Evidence Accept(Condition condition)
    {
        double[] chance = new double[States];
        for (int b = 0; b < Bins; b++)
            chance[b] = Chances(b, condition).Average();
        return new Evidence(condition, chance);
    }

    public override void Save(ModelWriter writer, int column)
    {
        writer.Add($"{column}.values", _values);
        writer.Add($"{column}.start", _start);
        writer.Add($"{column}.holes", [_hasHoles ? 1 : 0]);
        writer.Add($"{column}.noise", [_noise]);
        writer.Add($"{column}.grid", _grid.ToNumbers());
    }

    public static BinNode Load(ModelReader reader, int column)
    {
        double[] values = reader.FiniteDoubles($"{column}.values", -1);
        for (int i = 1; i < values.Length; i++)
            ModelReader.Require(values[i - 1] <= values[i], $"{column}.values", "is not in order");
        int[] start = reader.IntsWithin($"{column}.start", 0, values.Length, -1);
        ModelReader.Require(start.Length > 0 && start[0] == 0 && start[^1] == values.Length, $"{column}.start", "does not span the values");
        for (int b = 1; b < start.Length; b++)
            ModelReader.Require(start[b - 1] < start[b], $"{column}.start", "has an empty bin");
        bool holes = reader.IntsWithin($"{column}.holes", 0, 1, 1)[0] == 1;
        ModelReader.Require(holes || values.Length > 0, $"{column}.holes", "leaves no state");
        double noise = reader.FiniteDoubles($"{column}.noise", 1)[0];
        ModelReader.Require(noise >= 0, $"{column}.noise", "is negative");
        NumericGrid grid = NumericGrid.FromNumbers(reader.Doubles($"{column}.grid", 4));
        ModelReader.Require(grid.IsEmpty == (values.Length == 0), $"{column}.grid", "does not belong to the values");
        return new BinNode(values, start, holes, noise, grid);
    }

    /// <summary>The bin that holds the value at a position of the sorted values.</summary>
    private int BinOf(int position)
    {
        int found = Array.BinarySearch(_start, position);
        return found >= 0 ? found : ~found - 1;
    }

    private (double Lower, double Upper, double Sigma) Range(int bin)
    {
        double lower = _values[_start[bin]], upper = _values[_start[bin + 1] - 1];
        return (lower, upper, _noise * (upper - lower));
    }

    private double Draw(int bin, RandomStream random)
    {
        (double lower, double upper, double sigma) = Range(bin);
        double donor = _values[_start[bin] + random.NextInt(_start[bin + 1] - _start[bin])];
        return Math.Clamp(donor + (sigma * random.NextGaussian()), lower, upper);
    }

    /// <summary>For each recorded value of a bin the probability that it, with its noise, meets the condition.</summary>
    private double[] Chances(int bin, Condition condition)
    {
        double[] chances = new double[_start[bin + 1] - _start[bin]];
        for (int i = 0; i < chances.Length; i++)
        {
            if (TryInterval(bin, _values[_start[bin] + i], condition, out double a, out double b))
                chances[i] = a == b ? 1 : StandardNormal.Mass(a, b);
        }

        return chances;
    }

    private double DrawWithin(int bin, double[] chances, Condition condition, RandomStream random)
    {
        double donor = _values[_start[bin] + random.NextIndex(chances)];
        TryInterval(bin, donor, condition, out double a, out double b);
        return a == b ? donor : donor + (Range(bin).Sigma * StandardNormal.TruncatedInverse(a, b, random.NextOpenDouble()));
    }

    /// <summary>The noise, in standard deviations, that keeps a recorded value inside a condition; ends beyond the bin's own stand for the cut there.</summary>
    private bool TryInterval(int bin, double donor, Condition condition, out double a, out double b)
    {
        a = b = 0;
        (double lower, double upper, double sigma) = Range(bin);
        if (!_grid.TryPreimage(condition, out double low, out double high) || low > upper || high < lower)
            return false;
        if (sigma == 0)
            return donor >= low && donor <= high;
        a = low <= lower ? double.NegativeInfinity : (low - donor) / sigma;
        b = high >= upper ? double.PositiveInfinity : (high - donor) / sigma;
        return a < b;
    }
}
