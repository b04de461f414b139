using Lethe.Synthesis.Tabular.GaussianCopula;

namespace Lethe.Synthesis.Series;

/// <summary>Correlation of residuals of channels that are read at different times: each pair by the cells that have both.</summary>
internal static class ResidualCorrelation
{
    // Correlations are shrunk as by this many pairs without correlation.
    private const double Prior = 10;

    /// <summary>The pairwise correlations, shrunk and repaired to a correlation matrix.</summary>
    /// <param name="residuals">By channel, in the same order of cells, about zero; NaN where not read.</param>
    /// <returns>Its lower Cholesky factor, C × C, row-major.</returns>
    public static double[] Factor(float[][] residuals)
    {
        int channels = residuals.Length;
        double[,] r = new double[channels, channels];
        for (int a = 0; a < channels; a++)
        {
            r[a, a] = 1;
            for (int b = 0; b < a; b++)
                r[a, b] = r[b, a] = Between(residuals[a], residuals[b]);
        }

        double[,] factor = CorrelationRepair.Factor(ref r);
        double[] flat = new double[channels * channels];
        Buffer.BlockCopy(factor, 0, flat, 0, flat.Length * sizeof(double));
        return flat;
    }

    private static double Between(float[] a, float[] b)
    {
        double product = 0, left = 0, right = 0;
        int pairs = 0;
        for (int k = 0; k < a.Length; k++)
        {
            double x = a[k], y = b[k];
            if (double.IsNaN(x) || double.IsNaN(y))
                continue;
            (product, left, right, pairs) = (product + (x * y), left + (x * x), right + (y * y), pairs + 1);
        }

        return left > 0 && right > 0 ? product / Math.Sqrt(left * right) * pairs / (pairs + Prior) : 0;
    }
}
