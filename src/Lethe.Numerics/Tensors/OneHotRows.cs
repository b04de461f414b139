namespace Lethe.Numerics.Tensors;

/// <summary>
/// A constant matrix whose rows hold a single one, or a few ones, e.g. conditions or categories of a batch. Known by the positions of the
/// ones: a product with it is a choice of rows. Immutable as long as the caller leaves the positions alone, which must be until the
/// backward pass is done.
/// </summary>
public sealed class OneHotRows
{
    private readonly int[] _positions;

    /// <summary>A matrix of <c>positions.Length / perRow</c> rows.</summary>
    /// <param name="positions">Columns of the ones, row after row. Kept, not copied.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="perRow">Ones per row, at least 1; the same column twice counts as 2.</param>
    public OneHotRows(int[] positions, int width, int perRow = 1)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perRow);
        if (positions.Length % perRow != 0)
            throw new ArgumentException($"{positions.Length} positions do not make rows of {perRow} ones.", nameof(positions));
        (_positions, Width, PerRow) = (positions, width, perRow);
    }

    /// <summary>Number of rows.</summary>
    public int Count => _positions.Length / PerRow;

    /// <summary>Ones per row.</summary>
    public int PerRow { get; }

    /// <summary>Number of columns.</summary>
    public int Width { get; }

    /// <summary>Columns of the ones of a row.</summary>
    public ReadOnlySpan<int> Positions(int row) => _positions.AsSpan(row * PerRow, PerRow);

    /// <summary>Columns of the ones, row after row.</summary>
    internal ReadOnlySpan<int> AllPositions => _positions;

    /// <summary>The matrix as numbers, added to rows of <paramref name="target"/>.</summary>
    internal void AddTo(int row, Span<Real> target)
    {
        foreach (int position in Positions(row))
            target[position]++;
    }

    /// <summary>Checks every position: callers may have changed them since the last use.</summary>
    /// <exception cref="ArgumentException">A position lies outside the columns.</exception>
    internal void RequireInside(string operation)
    {
        for (int i = 0; i < _positions.Length; i++)
        {
            if ((uint)_positions[i] >= (uint)Width)
                throw new ArgumentException($"{operation}: row {i / PerRow} has a one in column {_positions[i]}; there are {Width} columns.");
        }
    }
}
