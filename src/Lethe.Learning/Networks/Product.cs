using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lethe.Learning.Networks;

/// <summary>The one matrix product of the network, C += A·B, with A read at any strides so that it serves for Aᵀ·B too.</summary>
internal static class Product
{
    /// <summary>
    /// C[i, j] += Σ_k A(i, k)·B[k, j], with A(i, k) = a[i·rowStride + k·columnStride], B and C row-major with h columns.
    /// <para>
    /// Four rows of C by two vectors stay in registers over the whole sum: eight multiply-adds for two loads of B and
    /// four of A. Rows and columns that are left over take the narrower paths below.
    /// </para>
    /// </summary>
    public static void Add(
        ReadOnlySpan<double> a, int rowStride, int columnStride, ReadOnlySpan<double> b, Span<double> c, int rows, int inner, int h)
    {
        if (rows == 0 || inner == 0 || h == 0)
            return;

        // The kernels below read through references: the corners are checked here, once.
        _ = a[((rows - 1) * rowStride) + ((inner - 1) * columnStride)];
        _ = b[(inner * h) - 1];
        _ = c[(rows * h) - 1];
        int vector = Vector<double>.Count;
        int column = 0;
        for (; column + (2 * vector) <= h; column += 2 * vector)
        {
            int row = 0;
            for (; row + 4 <= rows; row += 4)
                AddFourRows(a[(row * rowStride)..], rowStride, columnStride, b[column..], c[((row * h) + column)..], inner, h);
            for (; row < rows; row++)
                AddRow(a[(row * rowStride)..], columnStride, b[column..], c.Slice((row * h) + column, 2 * vector), inner, h);
        }

        for (int row = 0; column < h && row < rows; row++)
            AddRow(a[(row * rowStride)..], columnStride, b[column..], c.Slice((row * h) + column, h - column), inner, h);
    }

    private static void AddFourRows(
        ReadOnlySpan<double> a, int rowStride, int columnStride, ReadOnlySpan<double> b, Span<double> c, int inner, int h)
    {
        ref double a0 = ref MemoryMarshal.GetReference(a);
        ref double a1 = ref Unsafe.Add(ref a0, rowStride);
        ref double a2 = ref Unsafe.Add(ref a1, rowStride);
        ref double a3 = ref Unsafe.Add(ref a2, rowStride);
        ref double b0 = ref MemoryMarshal.GetReference(b);
        ref double c0 = ref MemoryMarshal.GetReference(c);
        nuint second = (nuint)Vector<double>.Count;
        nuint line = (nuint)h;
        Vector<double> c00 = Vector.LoadUnsafe(ref c0), c01 = Vector.LoadUnsafe(ref c0, second);
        Vector<double> c10 = Vector.LoadUnsafe(ref c0, line), c11 = Vector.LoadUnsafe(ref c0, line + second);
        Vector<double> c20 = Vector.LoadUnsafe(ref c0, 2 * line), c21 = Vector.LoadUnsafe(ref c0, (2 * line) + second);
        Vector<double> c30 = Vector.LoadUnsafe(ref c0, 3 * line), c31 = Vector.LoadUnsafe(ref c0, (3 * line) + second);
        for (int k = 0; k < inner; k++)
        {
            nint at = (nint)k * columnStride;
            ref double bk = ref Unsafe.Add(ref b0, (nint)k * h);
            Vector<double> left = Vector.LoadUnsafe(ref bk), right = Vector.LoadUnsafe(ref bk, second);
            Vector<double> x = new(Unsafe.Add(ref a0, at));
            c00 = Vector.FusedMultiplyAdd(x, left, c00);
            c01 = Vector.FusedMultiplyAdd(x, right, c01);
            x = new Vector<double>(Unsafe.Add(ref a1, at));
            c10 = Vector.FusedMultiplyAdd(x, left, c10);
            c11 = Vector.FusedMultiplyAdd(x, right, c11);
            x = new Vector<double>(Unsafe.Add(ref a2, at));
            c20 = Vector.FusedMultiplyAdd(x, left, c20);
            c21 = Vector.FusedMultiplyAdd(x, right, c21);
            x = new Vector<double>(Unsafe.Add(ref a3, at));
            c30 = Vector.FusedMultiplyAdd(x, left, c30);
            c31 = Vector.FusedMultiplyAdd(x, right, c31);
        }

        c00.StoreUnsafe(ref c0);
        c01.StoreUnsafe(ref c0, second);
        c10.StoreUnsafe(ref c0, line);
        c11.StoreUnsafe(ref c0, line + second);
        c20.StoreUnsafe(ref c0, 2 * line);
        c21.StoreUnsafe(ref c0, (2 * line) + second);
        c30.StoreUnsafe(ref c0, 3 * line);
        c31.StoreUnsafe(ref c0, (3 * line) + second);
    }

    /// <summary>One row over fewer columns than a block.</summary>
    private static void AddRow(ReadOnlySpan<double> a, int columnStride, ReadOnlySpan<double> b, Span<double> c, int inner, int h)
    {
        for (int k = 0; k < inner; k++)
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(b.Slice(k * h, c.Length), a[k * columnStride], c, c);
    }
}
