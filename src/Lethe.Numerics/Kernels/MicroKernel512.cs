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
        Run<N12, N1>(k, a, rowStride, stepStride, b, bStride, tile);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TWide>(nint k, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, in Tile tile)
        where TRows : struct, IConstant
        where TWide : struct, IConstant
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

        Store(tile.C, l0, r0, wide, tile);
        if (rows > 1)
            Store(tile.C + (1 * tile.RowStride), l1, r1, wide, tile);
        if (rows > 2)
            Store(tile.C + (2 * tile.RowStride), l2, r2, wide, tile);
        if (rows > 3)
            Store(tile.C + (3 * tile.RowStride), l3, r3, wide, tile);
        if (rows > 4)
            Store(tile.C + (4 * tile.RowStride), l4, r4, wide, tile);
        if (rows > 5)
            Store(tile.C + (5 * tile.RowStride), l5, r5, wide, tile);
        if (rows > 6)
            Store(tile.C + (6 * tile.RowStride), l6, r6, wide, tile);
        if (rows > 7)
            Store(tile.C + (7 * tile.RowStride), l7, r7, wide, tile);
        if (rows > 8)
            Store(tile.C + (8 * tile.RowStride), l8, r8, wide, tile);
        if (rows > 9)
            Store(tile.C + (9 * tile.RowStride), l9, r9, wide, tile);
        if (rows > 10)
            Store(tile.C + (10 * tile.RowStride), l10, r10, wide, tile);
        if (rows > 11)
            Store(tile.C + (11 * tile.RowStride), l11, r11, wide, tile);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Real* c, Vector512<Real> left, Vector512<Real> right, bool wide, in Tile tile)
    {
        StoreOne(c, left, tile.Bias, tile);
        if (wide)
            StoreOne(c + Vector512<Real>.Count, right, tile.Bias + Vector512<Real>.Count, tile);
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
