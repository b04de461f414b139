using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Lethe.Synthesis.Tabular.GaussianCopula;

/// <summary>Pairwise estimates need not make a correlation matrix: eigenvalues are floored and the diagonal brought back to 1.</summary>
internal static class CorrelationRepair
{
    private const double Floor = 1e-8;

    /// <summary>The matrix itself where it is positive definite, else the repaired one.</summary>
    /// <param name="r">Symmetric with unit diagonal; replaced by the matrix that is factored.</param>
    /// <returns>The lower Cholesky factor.</returns>
    public static double[,] Factor(ref double[,] r)
    {
        if (Cholesky.TryFactor(r) is { } direct)
            return direct;
        for (double floor = Floor; ; floor *= 10)
        {
            double[,] repaired = Repair(r, floor);
            if (Cholesky.TryFactor(repaired) is { } factor)
            {
                r = repaired;
                return factor;
            }
        }
    }

    private static double[,] Repair(double[,] r, double floor)
    {
        Evd<double> eigen = Matrix<double>.Build.DenseOfArray(r).Evd(Symmetricity.Symmetric);
        Matrix<double> v = eigen.EigenVectors;
        Vector<double> lambda = eigen.EigenValues.Map(value => Math.Max(value.Real, floor));
        double[,] repaired = (v * Matrix<double>.Build.DiagonalOfDiagonalVector(lambda) * v.Transpose()).ToArray();
        int d = repaired.GetLength(0);
        double[] scale = new double[d];
        for (int i = 0; i < d; i++)
            scale[i] = 1 / Math.Sqrt(repaired[i, i]);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < i; j++)
                repaired[i, j] = repaired[j, i] = 0.5 * (repaired[i, j] + repaired[j, i]) * scale[i] * scale[j];
            repaired[i, i] = 1;
        }

        return repaired;
    }
}
