namespace Lethe.Learning.Trees;

/// <summary>
/// The features that trees are fitted on or applied to: d columns of n rows, <b>column-major</b>, 32-bit (see
/// <see cref="TreeColumn"/>). Cheap to recombine: columns are shared, so a sequence of trees on the first 1, 2, … columns
/// ranks each column once.
/// </summary>
public sealed class TreeFeatures
{
    private readonly TreeColumn[] _columns;

    /// <summary>Combines columns of equal length.</summary>
    /// <param name="columns">The d columns; copied as a list, not in content.</param>
    /// <param name="rows">n; needed where there is no column.</param>
    /// <exception cref="ArgumentException">A column's length is not <paramref name="rows"/>.</exception>
    public TreeFeatures(IReadOnlyList<TreeColumn> columns, int rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        _columns = [.. columns];
        Rows = rows;
        for (int j = 0; j < _columns.Length; j++)
        {
            if (_columns[j].Values.Length != rows)
                LearningThrow.Length($"column {j}", _columns[j].Values.Length, rows, "the number of rows");
        }
    }

    /// <summary>n, the number of rows.</summary>
    public int Rows { get; }

    /// <summary>d, the number of columns.</summary>
    public int Columns => _columns.Length;

    /// <summary>Column <paramref name="column"/>.</summary>
    public TreeColumn this[int column] => _columns[column];

    /// <summary>All columns ordered, rounded to 32 bits.</summary>
    public static TreeFeatures From(DesignMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        TreeColumn[] columns = new TreeColumn[x.Columns];
        for (int j = 0; j < columns.Length; j++)
            columns[j] = TreeColumn.Ordered(x.Column(j));
        return new TreeFeatures(columns, x.Rows);
    }

    /// <summary>The first <paramref name="count"/> columns, sharing their ranks.</summary>
    public TreeFeatures First(int count) => new(_columns[..count], Rows);

    /// <summary>The listed rows, in that order.</summary>
    public TreeFeatures SelectRows(ReadOnlySpan<int> rows)
    {
        TreeColumn[] columns = new TreeColumn[_columns.Length];
        for (int j = 0; j < columns.Length; j++)
            columns[j] = _columns[j].SelectRows(rows);
        return new TreeFeatures(columns, rows.Length);
    }

    /// <summary>Copies row <paramref name="row"/> into <paramref name="destination"/> (length d).</summary>
    public void CopyRow(int row, Span<float> destination)
    {
        for (int j = 0; j < _columns.Length; j++)
            destination[j] = _columns[j].Values[row];
    }
}
