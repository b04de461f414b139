namespace Lethe.Numerics.Kernels;

/// <summary>What happens to C besides the product. The default overwrites C and does nothing else.</summary>
internal unsafe struct ProductOptions
{
    /// <summary>Add to what C holds.</summary>
    public bool Accumulate;

    /// <summary>One value per column, or null.</summary>
    public Real* Bias;

    /// <summary>
    /// For each row of C which row of the table <see cref="Bias"/>, as wide as C, is added; null where <see cref="Bias"/> is one row for all. One-hot
    /// columns of A so cost one addition instead of a product.
    /// </summary>
    public int* BiasRows;

    /// <summary>Multiply negative results by <see cref="Slope"/>: 0 is ReLU, between 0 and 1 LeakyReLU.</summary>
    public bool Rectify;

    /// <summary>See <see cref="Rectify"/>.</summary>
    public Real Slope;

    /// <summary>One factor per inner index k, or null: C = A·diag(scale)·B.</summary>
    public Real* StepScale;

    /// <summary>B as <see cref="MatrixProduct.Pack"/> left it, or null: then it is packed for this product alone.</summary>
    public Real* Packed;
}

/// <summary>Where a micro-kernel leaves its tile, and with what done to it; see <see cref="ProductOptions"/>.</summary>
internal readonly unsafe struct Tile(Real* c, nint rowStride, bool accumulate, Real* bias, int* biasRows, nint biasStride, bool rectify, Real slope)
{
    public readonly Real* C = c;
    public readonly nint RowStride = rowStride;
    public readonly Real* Bias = bias;
    public readonly Real Slope = slope;
    public readonly bool Accumulate = accumulate;
    public readonly bool Rectify = rectify;
    private readonly int* _biasRows = biasRows;
    private readonly nint _biasStride = biasStride;

    /// <summary>What is added to a row of the tile, if <see cref="Bias"/> is there.</summary>
    public Real* BiasOf(int row) => _biasRows == null ? Bias : Bias + (_biasRows[row] * _biasStride);

    /// <summary>The tile that many rows further down.</summary>
    public Tile Below(int rows) => new(C + (rows * RowStride), RowStride, Accumulate, Bias, _biasRows == null ? null : _biasRows + rows, _biasStride, Rectify, Slope);
}
