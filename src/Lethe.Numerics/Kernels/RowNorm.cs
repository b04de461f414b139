using System.Numerics;

namespace Lethe.Numerics.Kernels;

/// <summary>Layer normalisation of one row and its backward half, each in two walks over a row that is in the first-level cache.</summary>
internal static unsafe class RowNorm
{
    /// <summary>x̂ = (x − m)/s with s = √(mean (x − m)² + ε), y = γ x̂ (+ β); m is the mean, or 0 when not centred.</summary>
    /// <returns>1/s.</returns>
    public static Real Forward(Real* x, Real* gamma, Real* beta, Real* hat, Real* y, int d, Real epsilon, bool centred)
    {
        int v = Vector<Real>.Count, j = 0;
        Real mean = centred ? Sum(x, d) / d : 0;
        Vector<Real> m = new(mean), squares = default;
        for (; j + v <= d; j += v)
        {
            Vector<Real> e = Vector.Load(x + j) - m;
            e.Store(hat + j);
            squares += e * e;
        }

        Real total = Vector.Sum(squares);
        for (; j < d; j++)
        {
            hat[j] = x[j] - mean;
            total += hat[j] * hat[j];
        }

        Real scale = 1 / Real.Sqrt((total / d) + epsilon);
        Vector<Real> f = new(scale);
        for (j = 0; j + v <= d; j += v)
        {
            Vector<Real> h = Vector.Load(hat + j) * f, result = h * Vector.Load(gamma + j);
            h.Store(hat + j);
            (beta == null ? result : result + Vector.Load(beta + j)).Store(y + j);
        }

        for (; j < d; j++)
        {
            hat[j] *= scale;
            y[j] = (hat[j] * gamma[j]) + (beta == null ? 0 : beta[j]);
        }

        return scale;
    }

    /// <summary>With e = δ·γ: dx = (e − mean e − x̂·mean(e x̂))/s, without the middle term when not centred.</summary>
    public static void Backward(Real* delta, Real* gamma, Real* hat, Real scale, Real* dx, int d, bool centred)
    {
        int v = Vector<Real>.Count, j = 0;
        Vector<Real> sums = default, products = default;
        for (; j + v <= d; j += v)
        {
            Vector<Real> e = Vector.Load(delta + j) * Vector.Load(gamma + j);
            e.Store(dx + j);
            sums += e;
            products += e * Vector.Load(hat + j);
        }

        Real sum = Vector.Sum(sums), product = Vector.Sum(products);
        for (; j < d; j++)
        {
            dx[j] = delta[j] * gamma[j];
            sum += dx[j];
            product += dx[j] * hat[j];
        }

        Real mean = centred ? sum / d : 0, along = product / d;
        Vector<Real> m = new(mean), a = new(along), f = new(scale);
        for (j = 0; j + v <= d; j += v)
            ((Vector.Load(dx + j) - m - (Vector.Load(hat + j) * a)) * f).Store(dx + j);
        for (; j < d; j++)
            dx[j] = (dx[j] - mean - (hat[j] * along)) * scale;
    }

    private static Real Sum(Real* x, int length)
    {
        int v = Vector<Real>.Count, j = 0;
        Vector<Real> sums = default;
        for (; j + v <= length; j += v)
            sums += Vector.Load(x + j);
        Real sum = Vector.Sum(sums);
        for (; j < length; j++)
            sum += x[j];
        return sum;
    }
}
