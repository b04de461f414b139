using Lethe.Data.Tables;
using Lethe.Evaluation.Fidelity.Columns;

namespace Lethe.Evaluation.Tables;

/// <summary>
/// One column of two tables as labels 0 … <paramref name="Levels"/> − 1: bins of the real range for numbers, levels for
/// categories, missing as a label of its own (the last). No label is negative.
/// </summary>
/// <param name="Name">Column name.</param>
/// <param name="Levels">Number of labels, the missing one included.</param>
/// <param name="Real">Label of each real row.</param>
/// <param name="Other">Label of each row of the other table.</param>
public sealed record LabelledColumn(string Name, int Levels, int[] Real, int[] Other)
{
    /// <summary>Categories with more levels than this have their rare levels merged.</summary>
    public const int ManyLevels = 50;

    /// <summary>Levels below this share of the real rows count as rare.</summary>
    public const double RareShare = 0.01;

    /// <summary>Labels of a column in two aligned tables.</summary>
    /// <param name="real">The real column: bins come from it alone.</param>
    /// <param name="other">The same column of the other table.</param>
    /// <param name="mergeRare">Merge levels with a real share below 1 % when there are more than 50 (for pairs and triples).</param>
    public static LabelledColumn Of(Column real, Column other, bool mergeRare = false)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        if (real is NumericColumn numbers)
        {
            RealBins bins = new(numbers.Values);
            return new LabelledColumn(real.Name, bins.Count + 1, bins.Labels(numbers.Values), bins.Labels(((NumericColumn)other).Values));
        }

        DiscreteColumn discrete = (DiscreteColumn)real, second = (DiscreteColumn)other;
        int levels = discrete.Levels.Count;
        int[] map = [.. Enumerable.Range(0, levels)];
        if (mergeRare && levels > ManyLevels)
            (map, levels) = Merge(discrete);
        return new LabelledColumn(real.Name, levels + 1, Map(discrete.Codes, map, levels), Map(second.Codes, map, levels));
    }

    /// <summary>Frequent levels keep their order, all others share the label after them.</summary>
    private static (int[] Map, int Levels) Merge(DiscreteColumn real)
    {
        double[] shares = DiscreteMetrics.Shares(real.Codes, real.Levels.Count);
        int[] map = new int[shares.Length];
        int kept = shares.Count(s => s >= RareShare), next = 0;
        for (int k = 0; k < map.Length; k++)
            map[k] = shares[k] >= RareShare ? next++ : kept;
        return (map, kept + 1);
    }

    private static int[] Map(ReadOnlySpan<int> codes, int[] map, int missing)
    {
        int[] labels = new int[codes.Length];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = codes[i] < 0 ? missing : map[codes[i]];
        return labels;
    }
}
