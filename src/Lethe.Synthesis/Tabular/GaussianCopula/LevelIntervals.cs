using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.GaussianCopula;

/// <summary>
/// Marginal of a discrete column: its observed levels own consecutive intervals of [0, 1] with lengths equal to their
/// frequencies, in the order of an ordinal column's levels, else by falling frequency. Missing is a level of its own.
/// </summary>
internal sealed class LevelIntervals : CopulaColumn
{
    private readonly int[] _codes;      // code of each interval, −1 for missing
    private readonly double[] _ends;    // K + 1 ends in probability
    private readonly double[] _limits;  // upper ends as normal scores

    private LevelIntervals(int[] codes, double[] ends)
    {
        (_codes, _ends) = (codes, ends);
        _limits = [.. ends.Skip(1).Select(StandardNormal.Inverse)];
    }

    public override int Dimensions => _codes.Length > 1 ? 1 : 0;

    public static new LevelIntervals Fit(Column column)
    {
        DiscreteColumn levels = (DiscreteColumn)column;
        int[] counts = new int[levels.Levels.Count + 1];
        foreach (int code in levels.Codes)
            counts[code + 1]++;
        IEnumerable<int> seen = Enumerable.Range(-1, counts.Length).Where(code => counts[code + 1] > 0);
        int[] codes = column.Schema.Kind == ColumnKind.Ordinal ? [.. seen] : [.. seen.OrderByDescending(code => counts[code + 1])];
        return new LevelIntervals(codes, IntervalEnds([.. codes.Select(code => counts[code + 1])]));
    }

    public override IEnumerable<LatentDimension> Score(Column column, RandomStream random)
    {
        if (Dimensions > 0)
            yield return Discrete([.. ((DiscreteColumn)column).Codes.ToArray().Select(code => Array.IndexOf(_codes, code))], _ends, random);
    }

    public override Column Invert(ColumnSchema schema, ReadOnlySpan<double> z, int rows, int stride, int offset, Condition? condition)
    {
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            int k = Dimensions == 0 ? 0 : Interval(z[(i * stride) + offset]);
            // A score held to a level may come out on the level's open lower end, which belongs to the level below.
            codes[i] = _codes[condition is null || condition.Accepts(_codes[k]) ? k : Math.Min(k + 1, _codes.Length - 1)];
        }

        return new DiscreteColumn(schema, codes);
    }

    public override LatentRange[][]? Preimage(Condition condition)
    {
        int[] accepted = [.. Enumerable.Range(0, _codes.Length).Where(k => condition.Accepts(_codes[k]))];
        if (accepted.Length == 0)
            return null;
        return Dimensions == 0 ? [] : [[.. accepted.Select(k => new LatentRange(k == 0 ? double.NegativeInfinity : _limits[k - 1], _limits[k]))]];
    }

    public override void Save(ModelWriter writer, int column)
    {
        writer.Add($"{column}.codes", _codes);
        writer.Add($"{column}.ends", _ends);
    }

    public static new LevelIntervals Load(ModelReader reader, int column, ColumnSchema schema)
    {
        int[] codes = reader.IntsWithin($"{column}.codes", DiscreteColumn.Missing, schema.Categories.Count - 1, -1);
        ModelReader.Require(codes.Length > 0 && codes.Distinct().Count() == codes.Length, $"{column}.codes", "names a level twice or none");
        double[] ends = reader.FiniteDoubles($"{column}.ends", codes.Length + 1);
        ModelReader.Require(AreEnds(ends, codes.Length), $"{column}.ends", "does not divide 0 … 1");
        return new LevelIntervals(codes, ends);
    }

    /// <summary>True for rising ends of <paramref name="intervals"/> intervals from 0 to 1.</summary>
    public static bool AreEnds(ReadOnlySpan<double> ends, int intervals)
    {
        if (ends.Length != intervals + 1 || ends[0] != 0 || ends[^1] != 1)
            return false;
        for (int k = 0; k < intervals; k++)
        {
            if (!(ends[k] < ends[k + 1]))
                return false;
        }

        return true;
    }

    /// <summary>The interval that holds a score: the first whose upper end is not below it, so that ends belong to the level below.</summary>
    private int Interval(double z)
    {
        int k = SortedValues.LowerBound(_limits, z);
        return Math.Min(k, _codes.Length - 1);
    }
}
