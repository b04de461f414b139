using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.GaussianCopula;

/// <summary>
/// Empirical marginal of a numeric column: z = Φ⁻¹(average rank / (n + 1)), back by type-7 quantiles. A column with holes
/// has a second, discrete dimension that says whether a value is there. A constant or empty column has none.
/// </summary>
internal sealed class NumericQuantiles : CopulaColumn
{
    private readonly double[] _sorted;
    private readonly NumericGrid _grid;
    private readonly double[] _presence; // ends of the intervals "there", "missing"; empty without holes

    private NumericQuantiles(double[] sorted, NumericGrid grid, double[] presence) => (_sorted, _grid, _presence) = (sorted, grid, presence);

    public override int Dimensions => (HasValues ? 1 : 0) + (HasHoles ? 1 : 0);

    private bool HasValues => _sorted.Length > 0 && _sorted[0] < _sorted[^1];

    private bool HasHoles => _presence.Length > 0;

    public static new NumericQuantiles Fit(Column column)
    {
        NumericColumn numbers = (NumericColumn)column;
        double[] sorted = SortedValues.Of(numbers.Values);
        bool holes = sorted.Length > 0 && numbers.MissingCount > 0;
        return new NumericQuantiles(sorted, NumericGrid.Fit(numbers), holes ? IntervalEnds([sorted.Length, numbers.MissingCount]) : []);
    }

    public override IEnumerable<LatentDimension> Score(Column column, RandomStream random)
    {
        NumericColumn numbers = (NumericColumn)column;
        if (HasValues)
            yield return new LatentDimension(Scores(numbers.Values));
        if (HasHoles)
            yield return Discrete([.. Enumerable.Range(0, numbers.Count).Select(i => numbers.IsMissing(i) ? 1 : 0)], _presence, random);
    }

    public override Column Invert(ColumnSchema schema, ReadOnlySpan<double> z, int rows, int stride, int offset, Condition? condition)
    {
        double[] values = new double[rows];
        double there = HasHoles ? StandardNormal.Inverse(_presence[1]) : double.PositiveInfinity;
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> row = z.Slice((i * stride) + offset, Dimensions);
            bool missing = _sorted.Length == 0 || (HasHoles && row[^1] > there);
            values[i] = missing ? double.NaN : _grid.Restore(HasValues ? Quantile(row[0]) : _sorted[0], condition);
        }

        return new NumericColumn(schema, values);
    }

    /// <summary>The type-7 quantile at Φ(z).</summary>
    public double Quantile(double z) => SortedValues.Quantile(_sorted, StandardNormal.Cdf(z));

    public override LatentRange[][]? Preimage(Condition condition)
    {
        if (!_grid.TryPreimage(condition, out double lower, out double upper))
            return null;
        List<LatentRange[]> ranges = [];
        if (HasValues)
        {
            double low = Crossing(lower, fromAbove: false), high = Crossing(upper, fromAbove: true);
            ranges.Add([new LatentRange(StandardNormal.Inverse(Math.Min(low, high)), StandardNormal.Inverse(Math.Max(low, high)))]);
        }

        if (HasHoles)
            ranges.Add([new LatentRange(double.NegativeInfinity, StandardNormal.Inverse(_presence[1]))]);
        return [.. ranges];
    }

    public override void Save(ModelWriter writer, int column)
    {
        writer.Add($"{column}.sorted", _sorted);
        writer.Add($"{column}.grid", _grid.ToNumbers());
        writer.Add($"{column}.presence", _presence);
    }

    public static NumericQuantiles Load(ModelReader reader, int column)
    {
        double[] sorted = reader.FiniteDoubles($"{column}.sorted", -1);
        for (int i = 1; i < sorted.Length; i++)
            ModelReader.Require(sorted[i - 1] <= sorted[i], $"{column}.sorted", "is not in order");
        NumericGrid grid = NumericGrid.FromNumbers(reader.Doubles($"{column}.grid", 4));
        ModelReader.Require(grid.IsEmpty == (sorted.Length == 0), $"{column}.grid", "does not belong to the values");
        double[] presence = reader.FiniteDoubles($"{column}.presence", -1);
        ModelReader.Require(presence.Length == 0 || LevelIntervals.AreEnds(presence, 2), $"{column}.presence", "is not two intervals");
        return new NumericQuantiles(sorted, grid, presence);
    }

    private double[] Scores(ReadOnlySpan<double> values)
    {
        double[] scores = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (int below, int notAbove) = double.IsNaN(values[i]) ? (0, 0) : SortedValues.Rank(_sorted, values[i]);
            double averageRank = 0.5 * (below + 1 + notAbove);
            scores[i] = double.IsNaN(values[i]) ? double.NaN : NormalScore(averageRank / (_sorted.Length + 1));
        }

        return scores;
    }

    /// <summary>The probability at which the quantile function crosses <paramref name="x"/>: the first where it reaches it, or the last before it leaves it.</summary>
    private double Crossing(double x, bool fromAbove)
    {
        int above = fromAbove ? SortedValues.LowerBound(_sorted, x) : SortedValues.UpperBound(_sorted, x);
        if (above == 0)
            return 0;
        if (above == _sorted.Length)
            return 1;
        double share = (x - _sorted[above - 1]) / (_sorted[above] - _sorted[above - 1]);
        return (above - 1 + share) / (_sorted.Length - 1);
    }
}
