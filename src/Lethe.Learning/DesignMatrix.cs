namespace Lethe.Learning;

/// <summary>
/// A dense matrix of features: n rows (patients) × d columns, <b>row-major</b>, missing values as NaN. Wraps the given
/// array without copying; treat it as frozen from then on. All learners of this room read their inputs from it.
/// </summary>
public sealed class DesignMatrix
{
    private readonly double[] _values;

    /// <summary>Wraps <paramref name="values"/>, where row i occupies [i·d, (i+1)·d).</summary>
    /// <param name="values">n·d numbers, row-major; NaN = missing.</param>
    /// <param name="rows">n ≥ 0.</param>
    /// <param name="columns">d ≥ 0.</param>
    /// <exception cref="ArgumentException">The length is not <paramref name="rows"/>·<paramref name="columns"/>.</exception>
    public DesignMatrix(double[] values, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (values.LongLength != (long)rows * columns)
            LearningThrow.Length(nameof(values), values.LongLength, (long)rows * columns, "rows × columns");
        _values = values;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>n, the number of rows.</summary>
    public int Rows { get; }

    /// <summary>d, the number of columns.</summary>
    public int Columns { get; }

    /// <summary>All n·d values, row-major.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The value in row <paramref name="row"/>, column <paramref name="column"/>.</summary>
    public double this[int row, int column] => Row(row)[column];

    /// <summary>Row <paramref name="row"/> as a view of length d.</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Columns, Columns);

    /// <summary>A copy of column <paramref name="column"/>, length n.</summary>
    public double[] Column(int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Columns);
        double[] result = new double[Rows];
        for (int i = 0; i < result.Length; i++)
            result[i] = _values[(i * Columns) + column];
        return result;
    }

    /// <summary>Copies rows of equal length into a matrix.</summary>
    /// <exception cref="ArgumentException">Two rows differ in length.</exception>
    public static DesignMatrix FromRows(IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int d = rows.Count == 0 ? 0 : rows[0].Length;
        double[] values = new double[rows.Count * d];
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Length != d)
                LearningThrow.Length($"row {i}", rows[i].Length, d, "the length of row 0");
            rows[i].CopyTo(values, i * d);
        }

        return new DesignMatrix(values, rows.Count, d);
    }

    /// <summary>Copies columns of equal length into a matrix.</summary>
    /// <exception cref="ArgumentException">Two columns differ in length.</exception>
    public static DesignMatrix FromColumns(IReadOnlyList<double[]> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        int d = columns.Count;
        int n = d == 0 ? 0 : columns[0].Length;
        double[] values = new double[n * d];
        for (int j = 0; j < d; j++)
        {
            if (columns[j].Length != n)
                LearningThrow.Length($"column {j}", columns[j].Length, n, "the length of column 0");
            for (int i = 0; i < n; i++)
                values[(i * d) + j] = columns[j][i];
        }

        return new DesignMatrix(values, n, d);
    }

    /// <summary>A matrix of the listed rows, in that order; a row may be listed repeatedly.</summary>
    public DesignMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        double[] values = new double[rows.Length * Columns];
        for (int i = 0; i < rows.Length; i++)
            Row(rows[i]).CopyTo(values.AsSpan(i * Columns));
        return new DesignMatrix(values, rows.Length, Columns);
    }
}
