namespace Lethe.Numerics.Kernels;

/// <summary>A matrix in memory owned by someone else: element (i, j) is at <c>Data[i·RowStride + j·ColumnStride]</c>.</summary>
internal readonly unsafe struct MatrixView(Real* data, int rows, int columns, nint rowStride, nint columnStride)
{
    public readonly Real* Data = data;
    public readonly int Rows = rows;
    public readonly int Columns = columns;
    public readonly nint RowStride = rowStride;
    public readonly nint ColumnStride = columnStride;

    /// <summary>Contiguous row-major.</summary>
    public MatrixView(Real* data, int rows, int columns)
        : this(data, rows, columns, columns, 1)
    {
    }

    /// <summary>The same memory with axes exchanged.</summary>
    public MatrixView Transposed => new(Data, Columns, Rows, ColumnStride, RowStride);
}
