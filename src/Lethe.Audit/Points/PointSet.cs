namespace Lethe.Audit.Points;

/// <summary>Rows as points of one dimension, row-major.</summary>
internal sealed class PointSet
{
    private readonly double[] _values;

    /// <summary>Wraps <paramref name="values"/> (not copied), [<paramref name="count"/>, <paramref name="dimensions"/>].</summary>
    public PointSet(double[] values, int count, int dimensions)
    {
        if (values.LongLength != (long)count * dimensions)
            throw new ArgumentException($"{values.LongLength} values are not {count} points of {dimensions} dimensions.", nameof(values));
        _values = values;
        Count = count;
        Dimensions = dimensions;
    }

    public int Count { get; }

    public int Dimensions { get; }

    public ReadOnlySpan<double> this[int row] => _values.AsSpan(row * Dimensions, Dimensions);

    /// <summary>The points at these positions.</summary>
    public PointSet Take(ReadOnlySpan<int> rows)
    {
        double[] taken = new double[rows.Length * Dimensions];
        for (int i = 0; i < rows.Length; i++)
            this[rows[i]].CopyTo(taken.AsSpan(i * Dimensions));
        return new PointSet(taken, rows.Length, Dimensions);
    }
}
