using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Evaluation.Utility;

/// <summary>
/// What is to be predicted: a class of the target's levels, or its number. Rows without a target are left out. A numeric target with
/// no more than two distinct values counts as a class.
/// </summary>
public sealed class PredictionTask
{
    private readonly double[] _numericClasses;

    private PredictionTask(string target, string[] features, string[] classes, double[] numericClasses)
    {
        Target = target;
        Features = features;
        Classes = classes;
        _numericClasses = numericClasses;
    }

    /// <summary>Target column.</summary>
    public string Target { get; }

    /// <summary>Columns that predict, in order.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>Class labels in code order; empty for a number.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>True when the target is a number.</summary>
    public bool IsRegression => Classes.Count == 0;

    /// <summary>True with exactly two classes; the second is positive.</summary>
    public bool IsBinary => Classes.Count == 2;

    /// <summary>The task of predicting <paramref name="target"/>: classes are the levels that occur in the real tables.</summary>
    /// <param name="target">Target column.</param>
    /// <param name="real">Real tables (training and holdout), aligned.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public static PredictionTask Of(string target, params ReadOnlySpan<Table> real)
    {
        string[] features = [.. real[0].Schema.Columns.Where(c => c.IsModelled && c.Name != target).Select(c => c.Name)];
        if (real[0][target] is DiscreteColumn discrete)
        {
            bool[] occurs = new bool[discrete.Levels.Count];
            foreach (Table table in real)
            {
                foreach (int code in ((DiscreteColumn)table[target]).Codes)
                {
                    if (code >= 0)
                        occurs[code] = true;
                }
            }

            // The second level of a Boolean column means "yes": both stay, so that it remains the positive class.
            bool all = discrete.Schema.Kind == ColumnKind.Boolean;
            return new PredictionTask(target, features, [.. discrete.Levels.Where((_, k) => all || occurs[k])], []);
        }

        SortedSet<double> values = [];
        foreach (Table table in real)
            values.UnionWith(((NumericColumn)table[target]).Values.ToArray().Where(v => !double.IsNaN(v)));
        return values.Count > 2
            ? new PredictionTask(target, features, [], [])
            : new PredictionTask(target, features, [.. values.Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture))], [.. values]);
    }

    /// <summary>Rows of a table that have a target among the classes (or a number).</summary>
    public Table Labelled(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        int[] rows = IsRegression
            ? [.. Enumerable.Range(0, table.RowCount).Where(i => !table[Target].IsMissing(i))]
            : [.. Enumerable.Range(0, table.RowCount).Where(i => Class(table[Target], i) >= 0)];
        return rows.Length == table.RowCount ? table : table.Take(rows);
    }

    /// <summary>Class of each row of a <see cref="Labelled"/> table.</summary>
    public int[] Labels(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return [.. Enumerable.Range(0, table.RowCount).Select(i => Class(table[Target], i))];
    }

    /// <summary>Number of each row of a <see cref="Labelled"/> table.</summary>
    public double[] Values(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return ((NumericColumn)table[Target]).Values.ToArray();
    }

    private int Class(Column column, int row)
    {
        if (column is NumericColumn numeric)
            return Array.IndexOf(_numericClasses, numeric[row]);
        DiscreteColumn discrete = (DiscreteColumn)column;
        int code = discrete[row];
        if (code < 0)
            return -1;
        for (int k = 0; k < Classes.Count; k++)
        {
            if (Classes[k] == discrete.Levels[code])
                return k;
        }

        return -1;
    }
}
