namespace Lethe.Numerics.Kernels;

/// <summary>A = LLᵀ of small symmetric positive definite matrices, row-major, lower triangle in place.</summary>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle by L. False when a pivot is not clearly positive.</summary>
    public static bool TryFactor(Span<double> a, int n)
    {
        for (int j = 0; j < n; j++)
        {
            double diagonal = a[(j * n) + j], pivot = diagonal;
            for (int k = 0; k < j; k++)
                pivot -= a[(j * n) + k] * a[(j * n) + k];
            // Below the rounding error of the subtraction a pivot carries no digit.
            if (!(pivot > 1e-14 * diagonal))
                return false;
            double root = a[(j * n) + j] = Math.Sqrt(pivot);
            for (int i = j + 1; i < n; i++)
            {
                double sum = a[(i * n) + j];
                for (int k = 0; k < j; k++)
                    sum -= a[(i * n) + k] * a[(j * n) + k];
                a[(i * n) + j] = sum / root;
            }
        }

        return true;
    }

    /// <summary>Replaces B, [n, columns], by A⁻¹B.</summary>
    public static void Solve(ReadOnlySpan<double> l, int n, Span<double> b, int columns)
    {
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
                Subtract(b, i, k, l[(i * n) + k], columns);
            Divide(b, i, l[(i * n) + i], columns);
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
                Subtract(b, i, k, l[(k * n) + i], columns);
            Divide(b, i, l[(i * n) + i], columns);
        }
    }

    private static void Subtract(Span<double> b, int row, int other, double factor, int columns)
    {
        for (int c = 0; c < columns; c++)
            b[(row * columns) + c] -= factor * b[(other * columns) + c];
    }

    private static void Divide(Span<double> b, int row, double divisor, int columns)
    {
        for (int c = 0; c < columns; c++)
            b[(row * columns) + c] /= divisor;
    }
}
