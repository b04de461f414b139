using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lethe.Numerics.Kernels;

/// <summary>
/// C[r, 2v] = Σ_k A[r, k]·B[k, 2v] on 256-bit vectors: up to 6 rows × 2 vectors of accumulators, 12 of the 16 registers.
/// A is read by broadcast with any strides, B from a packed panel or where it lies; see <see cref="MatrixProduct"/>.
/// </summary>
internal readonly unsafe struct MicroKernel256 : IMicroKernel
{
    public static int MaxRows => 6;

    public static int VectorLength => Vector256<Real>.Count;

    public static void RunFull(nint k, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, in Tile tile) =>
        Run<N6, N1>(k, a, rowStride, stepStride, b, bStride, tile);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TWide>(nint k, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, in Tile tile)
        where TRows : struct, IConstant
        where TWide : struct, IConstant
    {
        int rows = TRows.Value;
        bool wide = TWide.Value != 0;
        nint v = Vector256<Real>.Count;
        Vector256<Real> l0 = default, r0 = default, l1 = default, r1 = default, l2 = default, r2 = default, l3 = default, r3 = default, l4 = default, r4 = default, l5 = default, r5 = default;
        nint rs = rowStride;
        Real* a0 = a;
        Real* a1 = a + (3 * rs);
        for (nint step = 0; step < k; step++)
        {
            Vector256<Real> b0 = Vector256.Load(b);
            Vector256<Real> b1 = wide ? Vector256.Load(b + v) : default;
            Vector256<Real> x;
            x = Vector256.Create(a0[0]);
            l0 = Vector256.MultiplyAddEstimate(x, b0, l0);
            if (wide)
                r0 = Vector256.MultiplyAddEstimate(x, b1, r0);

            if (rows > 1)
            {
                x = Vector256.Create(a0[rs]);
                l1 = Vector256.MultiplyAddEstimate(x, b0, l1);
                if (wide)
                    r1 = Vector256.MultiplyAddEstimate(x, b1, r1);
            }

            if (rows > 2)
            {
                x = Vector256.Create(a0[2 * rs]);
                l2 = Vector256.MultiplyAddEstimate(x, b0, l2);
                if (wide)
                    r2 = Vector256.MultiplyAddEstimate(x, b1, r2);
            }

            if (rows > 3)
            {
                x = Vector256.Create(a1[0]);
                l3 = Vector256.MultiplyAddEstimate(x, b0, l3);
                if (wide)
                    r3 = Vector256.MultiplyAddEstimate(x, b1, r3);
            }

            if (rows > 4)
            {
                x = Vector256.Create(a1[rs]);
                l4 = Vector256.MultiplyAddEstimate(x, b0, l4);
                if (wide)
                    r4 = Vector256.MultiplyAddEstimate(x, b1, r4);
            }

            if (rows > 5)
            {
                x = Vector256.Create(a1[2 * rs]);
                l5 = Vector256.MultiplyAddEstimate(x, b0, l5);
                if (wide)
                    r5 = Vector256.MultiplyAddEstimate(x, b1, r5);
            }
            b += bStride;
            a0 += stepStride;
            a1 += stepStride;
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
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Real* c, Vector256<Real> left, Vector256<Real> right, bool wide, in Tile tile)
    {
        StoreOne(c, left, tile.Bias, tile);
        if (wide)
            StoreOne(c + Vector256<Real>.Count, right, tile.Bias + Vector256<Real>.Count, tile);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreOne(Real* c, Vector256<Real> sum, Real* bias, in Tile tile)
    {
        if (tile.Accumulate)
            sum += Vector256.Load(c);
        if (tile.Bias != null)
            sum += Vector256.Load(bias);
        if (tile.Rectify)
            sum = Vector256.ConditionalSelect(Vector256.LessThan(sum, Vector256<Real>.Zero), sum * tile.Slope, sum);
        sum.Store(c);
    }
}
