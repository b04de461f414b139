using System.Numerics.Tensors;

namespace Lethe.Learning.Linear;

/// <summary>Solves A·x = b for symmetric positive definite A by A = L·Lᵀ, in place on the lower triangle.</summary>
internal static class Cholesky
{
    /// <summary>Factorises; false when A is not numerically positive definite (its content is then destroyed).</summary>
    /// <param name="a">n × n row-major; only the lower triangle is read, and overwritten by L.</param>
    /// <param name="n">Order.</param>
    public static bool TryFactor(double[] a, int n)
    {
        for (int i = 0; i < n; i++)
        {
            Span<double> row = a.AsSpan(i * n, i + 1);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = a.AsSpan(j * n, j + 1);
                row[j] = (row[j] - TensorPrimitives.Dot<double>(row[..j], other[..j])) / other[j];
            }

            double pivot = row[i] - TensorPrimitives.SumOfSquares<double>(row[..i]);
            if (!(pivot > 0) || double.IsInfinity(pivot))
                return false;
            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Overwrites b with A⁻¹·b, given L.</summary>
    public static void Solve(double[] l, int n, Span<double> b)
    {
        for (int i = 0; i < n; i++)
            b[i] = (b[i] - TensorPrimitives.Dot<double>(l.AsSpan(i * n, i), b[..i])) / l[(i * n) + i];
        for (int i = n - 1; i >= 0; i--)
        {
            b[i] /= l[(i * n) + i];
            TensorPrimitives.MultiplyAdd(l.AsSpan(i * n, i), -b[i], b[..i], b[..i]);
        }
    }
}
