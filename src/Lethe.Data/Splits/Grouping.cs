using Lethe.Data.Tables;

namespace Lethe.Data.Splits;

/// <summary>Which rows (or stays) belong to one patient. Splits move whole groups, never single rows. Immutable.</summary>
public sealed class Grouping
{
    private readonly int[] _groupOfRow;

    private Grouping(int[] groupOfRow, int groupCount)
    {
        _groupOfRow = groupOfRow;
        GroupCount = groupCount;
    }

    /// <summary>Number of groups (patients).</summary>
    public int GroupCount { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount => _groupOfRow.Length;

    /// <summary>The group of each row, 0 … <see cref="GroupCount"/> − 1, numbered in order of first appearance.</summary>
    public ReadOnlySpan<int> GroupOfRow => _groupOfRow;

    /// <summary>Every row is a patient of its own.</summary>
    public static Grouping EachRow(int rows)
    {
        int[] groups = new int[rows];
        for (int i = 0; i < rows; i++)
            groups[i] = i;
        return new Grouping(groups, rows);
    }

    /// <summary>Rows with equal identifiers belong together.</summary>
    public static Grouping ById<T>(ReadOnlySpan<T> ids)
        where T : notnull
    {
        Dictionary<T, int> known = [];
        int[] groups = new int[ids.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            if (!known.TryGetValue(ids[i], out groups[i]))
                known.Add(ids[i], groups[i] = known.Count);
        }

        return new Grouping(groups, known.Count);
    }

    /// <summary>The patients of a table: by its patient key where the schema names one, else every row is a patient.</summary>
    /// <exception cref="Problems.DataException">LD201: the patient key is missing in a row.</exception>
    public static Grouping Of(Table table) =>
        table.Schema.PatientKey is { } key ? ByKey(table[key.Name]) : EachRow(table.RowCount);

    /// <summary>Rows with equal values of <paramref name="key"/> belong together.</summary>
    /// <exception cref="Problems.DataException">LD201: the key is missing in a row.</exception>
    public static Grouping ByKey(Column key)
    {
        for (int row = 0; row < key.Count; row++)
        {
            if (key.IsMissing(row))
                throw SplitErrors.MissingKey(key.Name, row);
        }

        return key switch
        {
            NumericColumn numbers => ById(numbers.Values),
            DiscreteColumn codes => ById(codes.Codes),
            _ => ById<string>(Enumerable.Range(0, key.Count).Select(i => key.Format(i)!).ToArray()),
        };
    }

    /// <summary>
    /// The same rows with groups joined wherever two of their rows are in one class of <paramref name="classOfRow"/>
    /// (for instance: are identical records).
    /// </summary>
    public Grouping Join(ReadOnlySpan<int> classOfRow)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(classOfRow.Length, RowCount);
        int[] parent = new int[GroupCount];
        for (int g = 0; g < parent.Length; g++)
            parent[g] = g;

        Dictionary<int, int> groupOfClass = [];
        for (int row = 0; row < RowCount; row++)
        {
            int group = Root(parent, _groupOfRow[row]);
            if (groupOfClass.TryGetValue(classOfRow[row], out int other))
                parent[Math.Max(group, Root(parent, other))] = Math.Min(group, Root(parent, other));
            else
                groupOfClass.Add(classOfRow[row], group);
        }

        int[] roots = new int[RowCount];
        for (int row = 0; row < RowCount; row++)
            roots[row] = Root(parent, _groupOfRow[row]);
        return ById<int>(roots);
    }

    private static int Root(int[] parent, int group)
    {
        while (parent[group] != group)
            group = parent[group] = parent[parent[group]];
        return group;
    }
}
