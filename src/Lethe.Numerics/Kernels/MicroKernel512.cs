using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lethe.Numerics.Kernels;

/// <summary>
/// C[r, 2v] = Σ_k A[r, k]·B[k, 2v] on 512-bit vectors: up to 12 rows × 2 vectors of accumulators, 24 of the 32 registers.
/// A is read by broadcast with any strides, B from a packed panel or where it lies; see <see cref="MatrixProduct"/>.
/// </summary>
internal readonly unsafe struct MicroKernel512 : IMicroKernel
{
    public static int MaxRows => 12;

    public static int VectorLength => Vector512<Real>.Count;

    public static void RunFull(nint k, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, in Tile tile) =>
        Multiply<N12, N1, N0>(k, a, rowStride, stepStride, b, bStride, null, tile);

    public static void RunCopying(nint k, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, Real* copy, in Tile tile) =>
        Multiply<N12, N1, N1>(k, a, rowStride, stepStride, b, bStride, copy, tile);

    public static void Run<TRows, TWide>(nint k, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, in Tile tile)
        where TRows : struct, IConstant
        where TWide : struct, IConstant => Multiply<TRows, TWide, N0>(k, a, rowStride, stepStride, b, bStride, null, tile);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TRows, TWide, TCopy>(nint k, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, Real* copy, in Tile tile)
        where TRows : struct, IConstant
        where TWide : struct, IConstant
        where TCopy : struct, IConstant
    {
        int rows = TRows.Value;
        bool wide = TWide.Value != 0;
        nint v = Vector512<Real>.Count;
        Vector512<Real> l0 = default, r0 = default, l1 = default, r1 = default, l2 = default, r2 = default, l3 = default, r3 = default, l4 = default, r4 = default, l5 = default, r5 = default, l6 = default, r6 = default, l7 = default, r7 = default, l8 = default, r8 = default, l9 = default, r9 = default, l10 = default, r10 = default, l11 = default, r11 = default;
        nint rs = rowStride;
        Real* a0 = a;
        Real* a1 = a + (3 * rs);
        Real* a2 = a + (6 * rs);
        Real* a3 = a + (9 * rs);
        for (nint step = 0; step < k; step++)
        {
            Vector512<Real> b0 = Vector512.Load(b);
            Vector512<Real> b1 = wide ? Vector512.Load(b + v) : default;
            Vector512<Real> x;
            if (TCopy.Value != 0)
            {
                b0.Store(copy);
                b1.Store(copy + v);
                copy += 2 * v;
            }

            x = Vector512.Create(a0[0]);
            l0 = Vector512.MultiplyAddEstimate(x, b0, l0);
            if (wide)
                r0 = Vector512.MultiplyAddEstimate(x, b1, r0);

            if (rows > 1)
            {
                x = Vector512.Create(a0[rs]);
                l1 = Vector512.MultiplyAddEstimate(x, b0, l1);
                if (wide)
                    r1 = Vector512.MultiplyAddEstimate(x, b1, r1);
            }

            if (rows > 2)
            {
                x = Vector512.Create(a0[2 * rs]);
                l2 = Vector512.MultiplyAddEstimate(x, b0, l2);
                if (wide)
                    r2 = Vector512.MultiplyAddEstimate(x, b1, r2);
            }

            if (rows > 3)
            {
                x = Vector512.Create(a1[0]);
                l3 = Vector512.MultiplyAddEstimate(x, b0, l3);
                if (wide)
                    r3 = Vector512.MultiplyAddEstimate(x, b1, r3);
            }

            if (rows > 4)
            {
                x = Vector512.Create(a1[rs]);
                l4 = Vector512.MultiplyAddEstimate(x, b0, l4);
                if (wide)
                    r4 = Vector512.MultiplyAddEstimate(x, b1, r4);
            }

            if (rows > 5)
            {
                x = Vector512.Create(a1[2 * rs]);
                l5 = Vector512.MultiplyAddEstimate(x, b0, l5);
                if (wide)
                    r5 = Vector512.MultiplyAddEstimate(x, b1, r5);
            }

            if (rows > 6)
            {
                x = Vector512.Create(a2[0]);
                l6 = Vector512.MultiplyAddEstimate(x, b0, l6);
                if (wide)
                    r6 = Vector512.MultiplyAddEstimate(x, b1, r6);
            }

            if (rows > 7)
            {
                x = Vector512.Create(a2[rs]);
                l7 = Vector512.MultiplyAddEstimate(x, b0, l7);
                if (wide)
                    r7 = Vector512.MultiplyAddEstimate(x, b1, r7);
            }

            if (rows > 8)
            {
                x = Vector512.Create(a2[2 * rs]);
                l8 = Vector512.MultiplyAddEstimate(x, b0, l8);
                if (wide)
                    r8 = Vector512.MultiplyAddEstimate(x, b1, r8);
            }

            if (rows > 9)
            {
                x = Vector512.Create(a3[0]);
                l9 = Vector512.MultiplyAddEstimate(x, b0, l9);
                if (wide)
                    r9 = Vector512.MultiplyAddEstimate(x, b1, r9);
            }

            if (rows > 10)
            {
                x = Vector512.Create(a3[rs]);
                l10 = Vector512.MultiplyAddEstimate(x, b0, l10);
                if (wide)
                    r10 = Vector512.MultiplyAddEstimate(x, b1, r10);
            }

            if (rows > 11)
            {
                x = Vector512.Create(a3[2 * rs]);
                l11 = Vector512.MultiplyAddEstimate(x, b0, l11);
                if (wide)
                    r11 = Vector512.MultiplyAddEstimate(x, b1, r11);
            }
            b += bStride;
            a0 += stepStride;
            a1 += stepStride;
            a2 += stepStride;
            a3 += stepStride;
        }

        Store(tile, 0, l0, r0, wide);
        if (rows > 1)
            Store(tile, 1, l1, r1, wide);
        if (rows > 2)
            Store(tile, 2, l2, r2, wide);
        if (rows > 3)
            Store(tile, 3, l3, r3, wide);
        if (rows > 4)
            Store(tile, 4, l4, r4, wide);
        if (rows > 5)
            Store(tile, 5, l5, r5, wide);
        if (rows > 6)
            Store(tile, 6, l6, r6, wide);
        if (rows > 7)
            Store(tile, 7, l7, r7, wide);
        if (rows > 8)
            Store(tile, 8, l8, r8, wide);
        if (rows > 9)
            Store(tile, 9, l9, r9, wide);
        if (rows > 10)
            Store(tile, 10, l10, r10, wide);
        if (rows > 11)
            Store(tile, 11, l11, r11, wide);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(in Tile tile, int row, Vector512<Real> left, Vector512<Real> right, bool wide)
    {
        Real* c = tile.C + (row * tile.RowStride), bias = tile.BiasOf(row);
        StoreOne(c, left, bias, tile);
        if (wide)
            StoreOne(c + Vector512<Real>.Count, right, bias + Vector512<Real>.Count, tile);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreOne(Real* c, Vector512<Real> sum, Real* bias, in Tile tile)
    {
        if (tile.Accumulate)
            sum += Vector512.Load(c);
        if (tile.Bias != null)
            sum += Vector512.Load(bias);
        if (tile.Rectify)
            sum = Vector512.ConditionalSelect(Vector512.LessThan(sum, Vector512<Real>.Zero), sum * tile.Slope, sum);
        sum.Store(c);
    }
}
