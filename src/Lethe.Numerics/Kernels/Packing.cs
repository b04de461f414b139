using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Lethe.Numerics.Kernels;

/// <summary>
/// Copies operands into the order the micro-kernels read: B into panels [k][width] padded with zeros, A into groups
/// [k][rows]. Nothing is read outside the operands.
/// </summary>
internal static unsafe class Packing
{
    /// <summary>One panel: rows k0 … k0+k, columns j0 … j0+columns of <paramref name="b"/>, widened to <paramref name="width"/>.</summary>
    public static void PanelOfB(in MatrixView b, int k0, int k, int j0, int columns, int width, Real* stepScale, Real* panel)
    {
        Real* source = b.Data + (k0 * b.RowStride) + (j0 * b.ColumnStride);
        if (b.ColumnStride == 1)
        {
            if (stepScale != null)
                ScaleRows(source, b.RowStride, k, columns, width, stepScale + k0, panel);
            else
                CopyRows(source, b.RowStride, k, columns, width, panel);
            return;
        }

        if (b.RowStride == 1)
            TransposeColumns(source, b.ColumnStride, k, columns, width, panel);
        else
            Gather(source, b.RowStride, b.ColumnStride, k, columns, width, panel);

        if (stepScale != null)
        {
            for (int i = 0; i < k; i++)
            {
                Real factor = stepScale[k0 + i];
                for (int j = 0; j < width; j++)
                    panel[(i * width) + j] *= factor;
            }
        }
    }

    /// <summary>Panels copied at once by <see cref="PanelsOfB"/>.</summary>
    public const int Together = 8;

    /// <summary>
    /// Several full panels of a row-major B, row by row: long runs are read in the order in which they lie, which the cache foresees, where
    /// panel after panel would wait for each of its short pieces.
    /// </summary>
    public static void PanelsOfB(in MatrixView b, int k0, int k, int j0, int panels, int width, Real* panel)
    {
        Real* source = b.Data + (k0 * b.RowStride) + j0;
        int v = Vector256<Real>.Count;
        nint next = (nint)width * k;
        for (int step = 0; step < k; step++, source += b.RowStride, panel += width)
        {
            Real* from = source, to = panel;
            for (int p = 0; p < panels; p++, to += next)
            {
                for (int j = 0; j < width; j += v, from += v)
                    Vector256.Store(Vector256.Load(from), to + j);
            }
        }
    }

    /// <summary>Rows i0 … i0+rows, columns k0 … k0+k of <paramref name="a"/> as [k][rows].</summary>
    public static void GroupOfA(in MatrixView a, int i0, int rows, int k0, int k, Real* group)
    {
        Real* source = a.Data + (i0 * a.RowStride) + (k0 * a.ColumnStride);
        if (a.RowStride == 1 && rows == 6 && sizeof(Real) == 4)
        {
            // The usual group of the 256-bit kernel: 16 and 8 bytes at a time.
            for (int step = 0; step < k; step++, source += a.ColumnStride, group += 6)
            {
                Vector128.Store(Vector128.Load(source), group);
                *(long*)(group + 4) = *(long*)(source + 4);
            }

            return;
        }

        int v = Vector128<Real>.Count;
        for (int step = 0; step < k; step++, source += a.ColumnStride, group += rows)
        {
            int i = 0;
            if (a.RowStride == 1)
            {
                for (; i + v <= rows; i += v)
                    Vector128.Store(Vector128.Load(source + i), group + i);
            }

            for (; i < rows; i++)
                group[i] = source[i * a.RowStride];
        }
    }

    /// <summary>The transpose of a row-major matrix: [columns, rows].</summary>
    public static void Transpose(Real* x, int rows, int columns, Real* transpose) => TransposeColumns(x, columns, columns, rows, rows, transpose);

    private static void CopyRows(Real* source, nint stride, int k, int columns, int width, Real* panel)
    {
        int v = Vector128<Real>.Count;
        for (int step = 0; step < k; step++, source += stride, panel += width)
        {
            int j = 0;
            for (; j + v <= columns; j += v)
                Vector128.Store(Vector128.Load(source + j), panel + j);
            for (; j < columns; j++)
                panel[j] = source[j];
            for (; j < width; j++)
                panel[j] = 0;
        }
    }

    private static void ScaleRows(Real* source, nint stride, int k, int columns, int width, Real* scale, Real* panel)
    {
        int v = Vector128<Real>.Count;
        for (int step = 0; step < k; step++, source += stride, panel += width)
        {
            Vector128<Real> factor = Vector128.Create(scale[step]);
            int j = 0;
            for (; j + v <= columns; j += v)
                Vector128.Store(Vector128.Load(source + j) * factor, panel + j);
            for (; j < columns; j++)
                panel[j] = source[j] * scale[step];
            for (; j < width; j++)
                panel[j] = 0;
        }
    }

    private static void TransposeColumns(Real* source, nint stride, int k, int columns, int width, Real* panel)
    {
        int j = 0;
        if (typeof(Real) == typeof(float) && Avx.IsSupported && k >= 8 && columns >= 8)
        {
            // Sixteen columns at a time fill whole cache lines, which matters where a panel is too wide to stay in cache.
            // The last blocks overlap those before: some elements are written twice, none singly.
            for (; j + 16 <= columns; j += 16)
                TransposeStrip(source + (j * stride), stride, k, width, panel + j, two: true);
            for (; j < columns; j += 8)
            {
                int at = Math.Min(j, columns - 8);
                TransposeStrip(source + (at * stride), stride, k, width, panel + at, two: false);
            }

            j = columns;
        }

        if (typeof(Real) == typeof(float) && (Sse.IsSupported || AdvSimd.Arm64.IsSupported))
        {
            for (; j + 4 <= columns; j += 4)
            {
                float* column = (float*)(source + (j * stride));
                int step = 0;
                for (; step + 4 <= k; step += 4)
                    Transpose4(column + step, stride, (float*)(panel + (step * width) + j), width);
                for (; step < k; step++)
                {
                    for (int c = 0; c < 4; c++)
                        panel[(step * width) + j + c] = source[((j + c) * stride) + step];
                }
            }
        }

        for (; j < columns; j++)
        {
            for (int step = 0; step < k; step++)
                panel[(step * width) + j] = source[(j * stride) + step];
        }

        for (; j < width; j++)
        {
            for (int step = 0; step < k; step++)
                panel[(step * width) + j] = 0;
        }
    }

    /// <summary>Eight columns, or two times eight, of at least eight steps.</summary>
    private static void TransposeStrip(Real* source, nint stride, int k, int width, Real* panel, bool two)
    {
        for (int next = 0; next < k; next += 8)
        {
            int step = Math.Min(next, k - 8);
            float* left = (float*)(source + step), to = (float*)(panel + ((nint)step * width));
            Transpose8(left, stride, to, width);
            if (two)
                Transpose8(left + (8 * stride), stride, to + 8, width);
        }
    }

    /// <summary>An 8×8 block, transposed by three rounds of interleaving.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8(float* source, nint stride, float* destination, int width)
    {
        float* half = source + (4 * stride);
        Vector256<float> r0 = Vector256.Load(source), r1 = Vector256.Load(source + stride), r2 = Vector256.Load(source + (2 * stride)), r3 = Vector256.Load(source + (3 * stride));
        Vector256<float> r4 = Vector256.Load(half), r5 = Vector256.Load(half + stride), r6 = Vector256.Load(half + (2 * stride)), r7 = Vector256.Load(half + (3 * stride));

        // Pairs of rows: elements 0, 1, 4, 5 and 2, 3, 6, 7 of each.
        Vector256<float> a0 = Avx.UnpackLow(r0, r1), a1 = Avx.UnpackHigh(r0, r1), a2 = Avx.UnpackLow(r2, r3), a3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> a4 = Avx.UnpackLow(r4, r5), a5 = Avx.UnpackHigh(r4, r5), a6 = Avx.UnpackLow(r6, r7), a7 = Avx.UnpackHigh(r6, r7);

        // Four rows: elements e and e + 4 of each.
        Vector256<float> b0 = Avx.Shuffle(a0, a2, 0x44), b1 = Avx.Shuffle(a0, a2, 0xEE), b2 = Avx.Shuffle(a1, a3, 0x44), b3 = Avx.Shuffle(a1, a3, 0xEE);
        Vector256<float> b4 = Avx.Shuffle(a4, a6, 0x44), b5 = Avx.Shuffle(a4, a6, 0xEE), b6 = Avx.Shuffle(a5, a7, 0x44), b7 = Avx.Shuffle(a5, a7, 0xEE);
        Avx.Permute2x128(b0, b4, 0x20).Store(destination);
        Avx.Permute2x128(b1, b5, 0x20).Store(destination + width);
        Avx.Permute2x128(b2, b6, 0x20).Store(destination + (2 * width));
        Avx.Permute2x128(b3, b7, 0x20).Store(destination + (3 * width));
        destination += 4 * width;
        Avx.Permute2x128(b0, b4, 0x31).Store(destination);
        Avx.Permute2x128(b1, b5, 0x31).Store(destination + width);
        Avx.Permute2x128(b2, b6, 0x31).Store(destination + (2 * width));
        Avx.Permute2x128(b3, b7, 0x31).Store(destination + (3 * width));
    }

    /// <summary>A 4×4 block, transposed by two rounds of interleaving.</summary>
    private static void Transpose4(float* source, nint stride, float* destination, int width)
    {
        Vector128<float> r0 = Vector128.Load(source);
        Vector128<float> r1 = Vector128.Load(source + stride);
        Vector128<float> r2 = Vector128.Load(source + (2 * stride));
        Vector128<float> r3 = Vector128.Load(source + (3 * stride));
        Vector128<float> a, b, c, d;
        if (Sse.IsSupported)
        {
            Vector128<float> low01 = Sse.UnpackLow(r0, r1), low23 = Sse.UnpackLow(r2, r3);
            Vector128<float> high01 = Sse.UnpackHigh(r0, r1), high23 = Sse.UnpackHigh(r2, r3);
            a = Sse.MoveLowToHigh(low01, low23);
            b = Sse.MoveHighToLow(low23, low01);
            c = Sse.MoveLowToHigh(high01, high23);
            d = Sse.MoveHighToLow(high23, high01);
        }
        else
        {
            Vector128<float> low02 = AdvSimd.Arm64.ZipLow(r0, r2), low13 = AdvSimd.Arm64.ZipLow(r1, r3);
            Vector128<float> high02 = AdvSimd.Arm64.ZipHigh(r0, r2), high13 = AdvSimd.Arm64.ZipHigh(r1, r3);
            a = AdvSimd.Arm64.ZipLow(low02, low13);
            b = AdvSimd.Arm64.ZipHigh(low02, low13);
            c = AdvSimd.Arm64.ZipLow(high02, high13);
            d = AdvSimd.Arm64.ZipHigh(high02, high13);
        }

        a.Store(destination);
        b.Store(destination + width);
        c.Store(destination + (2 * width));
        d.Store(destination + (3 * width));
    }

    private static void Gather(Real* source, nint rowStride, nint columnStride, int k, int columns, int width, Real* panel)
    {
        for (int step = 0; step < k; step++)
        {
            for (int j = 0; j < width; j++)
                panel[(step * width) + j] = j < columns ? source[(step * rowStride) + (j * columnStride)] : 0;
        }
    }
}
