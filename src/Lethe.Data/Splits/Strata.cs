using Lethe.Data.Tables;

namespace Lethe.Data.Splits;

/// <summary>The strata that keep the target's distribution alike in all parts of a split: one number a patient.</summary>
public static class Strata
{
    /// <summary>A numeric target with at most this many distinct values is stratified by value instead of by quantile.</summary>
    public const int MaxDistinctAsLevels = 10;

    /// <summary>All patients in one stratum: a plain random split.</summary>
    public static int[] None(Grouping groups) => new int[groups.GroupCount];

    /// <summary>The strata of a table's target; one stratum when it has none.</summary>
    public static int[] Of(Table table, Grouping groups, int quantiles) =>
        table.Schema.Target is { } target ? Of(table[target.Name], groups, quantiles) : None(groups);

    /// <summary>
    /// Strata of a target column. Discrete: the patient's most frequent level (ties: the lower code). Numeric: the
    /// patient's mean value, by level when the mean takes at most <see cref="MaxDistinctAsLevels"/> values, else by
    /// <paramref name="quantiles"/> quantile bins with ties kept together. Patients without any value form the last
    /// stratum. Text targets are not stratified.
    /// </summary>
    public static int[] Of(Column target, Grouping groups, int quantiles)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Count, groups.RowCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(quantiles, 1);
        return target switch
        {
            DiscreteColumn discrete => ByLevel(discrete, groups),
            NumericColumn numeric => ByQuantile(Means(numeric, groups), quantiles),
            _ => None(groups),
        };
    }

    private static int[] ByLevel(DiscreteColumn column, Grouping groups)
    {
        Dictionary<(int Group, int Code), int> counts = [];
        for (int row = 0; row < column.Count; row++)
        {
            (int, int) cell = (groups.GroupOfRow[row], column[row]);
            if (!column.IsMissing(row))
                counts[cell] = counts.GetValueOrDefault(cell) + 1;
        }

        int[] strata = new int[groups.GroupCount];
        int[] best = new int[groups.GroupCount];
        Array.Fill(strata, column.Levels.Count);
        foreach (((int group, int code), int count) in counts)
        {
            if (count > best[group] || (count == best[group] && code < strata[group]))
                (best[group], strata[group]) = (count, code);
        }

        return strata;
    }

    private static double[] Means(NumericColumn column, Grouping groups)
    {
        double[] sums = new double[groups.GroupCount];
        int[] counts = new int[groups.GroupCount];
        for (int row = 0; row < column.Count; row++)
        {
            if (column.IsMissing(row))
                continue;
            sums[groups.GroupOfRow[row]] += column[row];
            counts[groups.GroupOfRow[row]]++;
        }

        for (int g = 0; g < sums.Length; g++)
            sums[g] = counts[g] == 0 ? double.NaN : sums[g] / counts[g];
        return sums;
    }

    private static int[] ByQuantile(double[] values, int quantiles)
    {
        double[] sorted = [.. values.Where(v => !double.IsNaN(v)).Order()];
        double[] distinct = [.. sorted.Distinct()];

        // Stratum of v = number of cuts below v; a value that is itself a cut stays with the bin it closes.
        double[] cuts = distinct.Length <= MaxDistinctAsLevels
            ? distinct[..Math.Max(0, distinct.Length - 1)]
            : [.. Enumerable.Range(1, quantiles - 1).Select(j => sorted[(int)(((long)j * sorted.Length + quantiles - 1) / quantiles) - 1])];

        int[] strata = new int[values.Length];
        for (int g = 0; g < values.Length; g++)
            strata[g] = double.IsNaN(values[g]) ? cuts.Length + 1 : cuts.Count(c => c < values[g]);
        return strata;
    }
}
