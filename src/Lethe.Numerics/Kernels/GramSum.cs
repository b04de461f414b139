using System.Numerics;

namespace Lethe.Numerics.Kernels;

/// <summary>
/// Σ_st (a_s·a_t)(b_s·b_t) over the rows of two matrices, which is ‖Σ_t a_t ⊗ b_t‖². Both Gram matrices are symmetric, so three rows at a
/// time meet three rows at or after them: nine dot products share six loads, and nothing is packed. About three times as fast
/// as two products at 24 rows of 64 to 192.
/// </summary>
internal static unsafe class GramSum
{
    private const int Block = 3;

    /// <summary>The sum; <paramref name="bound"/> is Σ_t ‖a_t‖‖b_t‖, the scale of its rounding error.</summary>
    public static double Run(in MatrixView a, in MatrixView b, out double bound)
    {
        Real* left = stackalloc Real[Block * Block], right = stackalloc Real[Block * Block];
        int rows = a.Rows;
        double sum = 0;
        bound = 0;
        for (int s = 0; s < rows; s += Block)
        {
            int here = Math.Min(Block, rows - s);
            for (int t = s; t < rows; t += Block)
            {
                int there = Math.Min(Block, rows - t);
                Dots(a, s, here, t, there, left);
                Dots(b, s, here, t, there, right);
                double part = 0;
                for (int i = 0; i < here; i++)
                {
                    for (int j = 0; j < there; j++)
                        part += (double)left[(i * Block) + j] * right[(i * Block) + j];
                }

                sum += s == t ? part : 2 * part;
                if (s == t)
                {
                    for (int i = 0; i < here; i++)
                        bound += Math.Sqrt((double)left[(i * Block) + i] * right[(i * Block) + i]);
                }
            }
        }

        return sum;
    }

    // Rows past the last are stood in for by the first of their block; their products are not read.
    private static void Dots(in MatrixView x, int s, int here, int t, int there, Real* dots)
    {
        Real* p0 = x.Data + (s * x.RowStride), p1 = here > 1 ? p0 + x.RowStride : p0, p2 = here > 2 ? p1 + x.RowStride : p0;
        Real* q0 = x.Data + (t * x.RowStride), q1 = there > 1 ? q0 + x.RowStride : q0, q2 = there > 2 ? q1 + x.RowStride : q0;
        Vector<Real> s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default, s20 = default, s21 = default, s22 = default;
        int width = x.Columns, v = Vector<Real>.Count, k = 0;
        for (; k + v <= width; k += v)
        {
            Vector<Real> y0 = Vector.Load(q0 + k), y1 = Vector.Load(q1 + k), y2 = Vector.Load(q2 + k);
            Vector<Real> row = Vector.Load(p0 + k);
            s00 = Vector.MultiplyAddEstimate(row, y0, s00);
            s01 = Vector.MultiplyAddEstimate(row, y1, s01);
            s02 = Vector.MultiplyAddEstimate(row, y2, s02);
            row = Vector.Load(p1 + k);
            s10 = Vector.MultiplyAddEstimate(row, y0, s10);
            s11 = Vector.MultiplyAddEstimate(row, y1, s11);
            s12 = Vector.MultiplyAddEstimate(row, y2, s12);
            row = Vector.Load(p2 + k);
            s20 = Vector.MultiplyAddEstimate(row, y0, s20);
            s21 = Vector.MultiplyAddEstimate(row, y1, s21);
            s22 = Vector.MultiplyAddEstimate(row, y2, s22);
        }

        dots[0] = Vector.Sum(s00);
        dots[1] = Vector.Sum(s01);
        dots[2] = Vector.Sum(s02);
        dots[3] = Vector.Sum(s10);
        dots[4] = Vector.Sum(s11);
        dots[5] = Vector.Sum(s12);
        dots[6] = Vector.Sum(s20);
        dots[7] = Vector.Sum(s21);
        dots[8] = Vector.Sum(s22);
        for (; k < width; k++)
        {
            dots[0] += p0[k] * q0[k];
            dots[1] += p0[k] * q1[k];
            dots[2] += p0[k] * q2[k];
            dots[3] += p1[k] * q0[k];
            dots[4] += p1[k] * q1[k];
            dots[5] += p1[k] * q2[k];
            dots[6] += p2[k] * q0[k];
            dots[7] += p2[k] * q1[k];
            dots[8] += p2[k] * q2[k];
        }
    }
}
