namespace Lethe.Synthesis.Tabular.GaussianCopula;

/// <summary>Square matrices as double[d, d]: Cholesky factor, triangular solve, inverse.</summary>
internal static class Cholesky
{
    /// <summary>The lower L with L Lᵀ = <paramref name="a"/>, or null when the matrix is not positive definite.</summary>
    public static double[,]? TryFactor(double[,] a)
    {
        int d = a.GetLength(0);
        double[,] l = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[i, j];
                for (int k = 0; k < j; k++)
                    sum -= l[i, k] * l[j, k];
                if (i == j && !(sum > 0))
                    return null;
                l[i, j] = i == j ? Math.Sqrt(sum) : sum / l[j, j];
            }
        }

        return l;
    }

    /// <summary>Replaces <paramref name="x"/> = b by the solution of L x = b, using the first x.Length rows.</summary>
    public static void SolveLower(double[,] l, Span<double> x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            for (int k = 0; k < i; k++)
                x[i] -= l[i, k] * x[k];
            x[i] /= l[i, i];
        }
    }

    /// <summary>The inverse of the leading <paramref name="size"/> × <paramref name="size"/> block of L Lᵀ.</summary>
    public static double[,] Inverse(double[,] l, int size)
    {
        // Rows of L⁻¹, then (L Lᵀ)⁻¹ = L⁻ᵀ L⁻¹.
        double[,] lower = new double[size, size];
        double[] column = new double[size];
        for (int j = 0; j < size; j++)
        {
            Array.Clear(column);
            column[j] = 1;
            SolveLower(l, column);
            for (int i = 0; i < size; i++)
                lower[i, j] = column[i];
        }

        double[,] inverse = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                for (int k = Math.Max(i, j); k < size; k++)
                    inverse[i, j] += lower[k, i] * lower[k, j];
            }
        }

        return inverse;
    }
}
