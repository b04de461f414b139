namespace Lethe.Numerics.Kernels;

/// <summary>Products with one row or one column, where packing would cost more than the arithmetic.</summary>
internal static unsafe class SmallProducts
{
    /// <summary>Computes the product if it is of one of these forms.</summary>
    public static bool TryRun(in MatrixView a, in MatrixView b, Real* c, nint ldc, in ProductOptions options)
    {
        if (b.Columns == 1 && a.ColumnStride == 1 && b.RowStride == 1 && options.StepScale == null && options.BiasRows == null)
        {
            MatrixTimesVector(a, b.Data, c, ldc, options);
            return true;
        }

        if (a.Rows == 1 && b.ColumnStride == 1 && b.Columns <= 4096 && !options.Rectify && options.Bias == null)
        {
            VectorTimesMatrix(a, b, c, options);
            return true;
        }

        if (a.Columns == 1 && b.ColumnStride == 1 && !options.Rectify && options.Bias == null && options.StepScale == null)
        {
            ColumnTimesRow(a, b, c, ldc, options.Accumulate);
            return true;
        }

        return false;
    }

    private static void ColumnTimesRow(in MatrixView a, in MatrixView b, Real* c, nint ldc, bool accumulate)
    {
        ReadOnlySpan<Real> row = new(b.Data, b.Columns);
        for (int i = 0; i < a.Rows; i++)
        {
            Span<Real> target = new(c + (i * ldc), b.Columns);
            Real factor = a.Data[i * a.RowStride];
            if (accumulate)
                TensorPrimitives.MultiplyAdd(row, factor, target, target);
            else
                TensorPrimitives.Multiply(row, factor, target);
        }
    }

    private static void MatrixTimesVector(in MatrixView a, Real* vector, Real* c, nint ldc, in ProductOptions options)
    {
        ReadOnlySpan<Real> x = new(vector, a.Columns);
        for (int i = 0; i < a.Rows; i++)
        {
            Real sum = TensorPrimitives.Dot(new ReadOnlySpan<Real>(a.Data + (i * a.RowStride), a.Columns), x);
            if (options.Accumulate)
                sum += c[i * ldc];
            if (options.Bias != null)
                sum += options.Bias[0];
            c[i * ldc] = options.Rectify && sum < 0 ? sum * options.Slope : sum;
        }
    }

    private static void VectorTimesMatrix(in MatrixView a, in MatrixView b, Real* c, in ProductOptions options)
    {
        if (a.ColumnStride == 1 && options.StepScale == null)
        {
            Reductions.SumRows(b.Data, b.Rows, b.Columns, b.RowStride, a.Data, c, options.Accumulate);
            return;
        }

        Span<Real> sum = new(c, b.Columns);
        if (!options.Accumulate)
            sum.Clear();
        for (int k = 0; k < b.Rows; k++)
        {
            Real factor = a.Data[k * a.ColumnStride];
            if (options.StepScale != null)
                factor *= options.StepScale[k];
            TensorPrimitives.MultiplyAdd(new ReadOnlySpan<Real>(b.Data + (k * b.RowStride), b.Columns), factor, sum, sum);
        }
    }
}
