using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
        Multiply<N6, N1, N0>(k, a, rowStride, stepStride, b, bStride, null, tile);

    public static void RunCopying(nint k, Real* a, nint rowStride, nint stepStride, Real* b, nint bStride, Real* copy, in Tile tile) =>
        Multiply<N6, N1, N1>(k, a, rowStride, stepStride, b, bStride, copy, tile);

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
            if (TCopy.Value != 0)
            {
                b0.Store(copy);
                b1.Store(copy + v);
                copy += 2 * v;
                if (Sse.IsSupported) // the next panel's row
                    Sse.Prefetch1(b + (4 * v) - 1);
            }

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
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(in Tile tile, int row, Vector256<Real> left, Vector256<Real> right, bool wide)
    {
        Real* c = tile.C + (row * tile.RowStride), bias = tile.BiasOf(row);
        StoreOne(c, left, bias, tile);
        if (wide)
            StoreOne(c + Vector256<Real>.Count, right, bias + Vector256<Real>.Count, tile);
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
