using System.Numerics;

namespace Lethe.Numerics.Kernels;

/// <summary>Sums with a fixed order.</summary>
internal static unsafe class Reductions
{
    /// <summary>result[j] (+)= Σ_r scale[r]·x[r, j].</summary>
    public static void SumRows(Real* x, int rows, int width, nint stride, Real* scale, Real* result, bool accumulate)
    {
        int v = Vector<Real>.Count, j = 0;
        for (; j + (4 * v) <= width; j += 4 * v)
        {
            Vector<Real> s0 = default, s1 = default, s2 = default, s3 = default;
            Real* row = x + j;
            for (int r = 0; r < rows; r++, row += stride)
            {
                if (scale == null)
                {
                    s0 += Vector.Load(row);
                    s1 += Vector.Load(row + v);
                    s2 += Vector.Load(row + (2 * v));
                    s3 += Vector.Load(row + (3 * v));
                }
                else
                {
                    Vector<Real> f = new(scale[r]);
                    s0 += f * Vector.Load(row);
                    s1 += f * Vector.Load(row + v);
                    s2 += f * Vector.Load(row + (2 * v));
                    s3 += f * Vector.Load(row + (3 * v));
                }
            }

            Put(result + j, s0, accumulate);
            Put(result + j + v, s1, accumulate);
            Put(result + j + (2 * v), s2, accumulate);
            Put(result + j + (3 * v), s3, accumulate);
        }

        for (; j + v <= width; j += v)
        {
            Vector<Real> s = default;
            Real* row = x + j;
            for (int r = 0; r < rows; r++, row += stride)
                s += scale == null ? Vector.Load(row) : new Vector<Real>(scale[r]) * Vector.Load(row);
            Put(result + j, s, accumulate);
        }

        for (; j < width; j++)
        {
            Real sum = 0;
            for (int r = 0; r < rows; r++)
                sum += scale == null ? x[(r * stride) + j] : scale[r] * x[(r * stride) + j];
            result[j] = accumulate ? result[j] + sum : sum;
        }
    }

    /// <summary>squares[j] = Σ_r (x[r, j] − mean[j])².</summary>
    public static void SquaredDeviations(Real* x, int rows, int width, nint stride, Real* mean, Real* squares)
    {
        int v = Vector<Real>.Count, j = 0;
        for (; j + (2 * v) <= width; j += 2 * v)
        {
            Vector<Real> m0 = Vector.Load(mean + j), m1 = Vector.Load(mean + j + v), s0 = default, s1 = default;
            Real* row = x + j;
            for (int r = 0; r < rows; r++, row += stride)
            {
                Vector<Real> e0 = Vector.Load(row) - m0, e1 = Vector.Load(row + v) - m1;
                s0 += e0 * e0;
                s1 += e1 * e1;
            }

            s0.Store(squares + j);
            s1.Store(squares + j + v);
        }

        for (; j < width; j++)
        {
            Real sum = 0;
            for (int r = 0; r < rows; r++)
            {
                Real e = x[(r * stride) + j] - mean[j];
                sum += e * e;
            }

            squares[j] = sum;
        }
    }

    /// <summary>sums[j] = Σ_r d[r, j] and products[j] = Σ_r d[r, j]·h[r, j], in one walk.</summary>
    public static void SumAndProduct(Real* d, Real* h, int rows, int width, Real* sums, Real* products)
    {
        int v = Vector<Real>.Count, j = 0;
        for (; j + (2 * v) <= width; j += 2 * v)
        {
            Vector<Real> s0 = default, s1 = default, p0 = default, p1 = default;
            Real* row = d + j, other = h + j;
            for (int r = 0; r < rows; r++, row += width, other += width)
            {
                Vector<Real> d0 = Vector.Load(row), d1 = Vector.Load(row + v);
                s0 += d0;
                s1 += d1;
                p0 += d0 * Vector.Load(other);
                p1 += d1 * Vector.Load(other + v);
            }

            s0.Store(sums + j);
            s1.Store(sums + j + v);
            p0.Store(products + j);
            p1.Store(products + j + v);
        }

        for (; j < width; j++)
        {
            Real sum = 0, product = 0;
            for (int r = 0; r < rows; r++)
            {
                nint at = ((nint)r * width) + j;
                sum += d[at];
                product += d[at] * h[at];
            }

            (sums[j], products[j]) = (sum, product);
        }
    }

    /// <summary>table[ids[r]] += scale[r]·x[r]; negative ids are left out.</summary>
    public static void ScatterAdd(Real* x, int* ids, int rows, int width, nint stride, Real* scale, Real* table)
    {
        for (int r = 0; r < rows; r++)
        {
            if (ids[r] < 0)
                continue;
            Span<Real> target = new(table + ((nint)ids[r] * width), width);
            ReadOnlySpan<Real> row = new(x + (r * stride), width);
            if (scale == null)
                TensorPrimitives.Add(target, row, target);
            else
                TensorPrimitives.MultiplyAdd(row, scale[r], target, target);
        }
    }

    /// <summary>Σ x, in double: partial sums of 1024 elements are exact enough in any order that is always the same.</summary>
    public static double Sum(Real* x, int length)
    {
        double sum = 0;
        for (int start = 0; start < length; start += 1024)
            sum += TensorPrimitives.Sum(new ReadOnlySpan<Real>(x + start, Math.Min(1024, length - start)));
        return sum;
    }

    /// <summary>Σ x², in double over blocks.</summary>
    public static double SumOfSquares(Real* x, int length)
    {
        double sum = 0;
        for (int start = 0; start < length; start += 1024)
            sum += TensorPrimitives.SumOfSquares(new ReadOnlySpan<Real>(x + start, Math.Min(1024, length - start)));
        return sum;
    }

    private static void Put(Real* target, Vector<Real> sum, bool accumulate)
    {
        if (accumulate)
            sum += Vector.Load(target);
        sum.Store(target);
    }
}
