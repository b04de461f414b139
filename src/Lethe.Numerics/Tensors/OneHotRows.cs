namespace Lethe.Numerics.Tensors;

/// <summary>
/// A constant matrix whose rows hold a single one, e.g. conditions or categories of a batch. Known by the positions of the ones: a
/// product with it is a choice of rows. Immutable as long as the caller leaves the positions alone, which must be until the backward pass is done.
/// </summary>
public sealed class OneHotRows
{
    private readonly int[] _positions;

    /// <summary>A matrix of <c>positions.Length</c> rows.</summary>
    /// <param name="positions">Column of the one, by row. Kept, not copied.</param>
    /// <param name="width">Columns, at least 1.</param>
    public OneHotRows(int[] positions, int width)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        (_positions, Width) = (positions, width);
    }

    /// <summary>Number of rows.</summary>
    public int Count => _positions.Length;

    /// <summary>Number of columns.</summary>
    public int Width { get; }

    /// <summary>Column of the one, by row.</summary>
    public ReadOnlySpan<int> Positions => _positions;

    /// <summary>Checks every position: callers may have changed them since the last use.</summary>
    /// <exception cref="ArgumentException">A position lies outside the columns.</exception>
    internal void RequireInside(string operation)
    {
        for (int i = 0; i < _positions.Length; i++)
        {
            if ((uint)_positions[i] >= (uint)Width)
                throw new ArgumentException($"{operation}: row {i} has its one in column {_positions[i]}; there are {Width} columns.");
        }
    }
}
