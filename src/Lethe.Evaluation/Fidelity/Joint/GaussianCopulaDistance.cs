using Lethe.Data.Tables;
using Lethe.Evaluation.Statistics;

namespace Lethe.Evaluation.Fidelity.Joint;

/// <summary>
/// Hellinger distance between the Gaussian copulas of two tables: El Emam et al., "Utility metrics for evaluating synthetic health
/// data generation methods: validation study", 2022. It looks at dependence alone and ignores the marginal distributions.
/// </summary>
public static class GaussianCopulaDistance
{
    private const double Ridge = 1e-8;

    /// <summary>Normal scores Φ⁻¹(average rank/(n + 1)) of a vector without missing values.</summary>
    public static double[] NormalScores(ReadOnlySpan<double> values)
    {
        double[] scores = Ranks.Average(values);
        for (int i = 0; i < scores.Length; i++)
            scores[i] = Gaussian.Quantile(scores[i] / (scores.Length + 1));
        return scores;
    }

    /// <summary>
    /// Correlation matrix of the normal scores. Categories are taken by code with missing last; missing numbers get score 0. A constant
    /// column correlates with nothing.
    /// </summary>
    public static double[,] Correlations(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[][] scores = [.. table.Columns.Select(Scores)];
        int d = scores.Length;
        double[,] matrix = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            matrix[i, i] = 1;
            for (int j = 0; j < i; j++)
            {
                double r = Moments.Pearson(scores[i], scores[j]);
                matrix[i, j] = matrix[j, i] = double.IsNaN(r) ? 0 : r;
            }
        }

        return matrix;
    }

    /// <summary>√(1 − |C_R|^{1/4}|C_S|^{1/4}/|½(C_R + C_S)|^{1/2}), 0–1, with 1e−8 added to the diagonals.</summary>
    public static double Hellinger(double[,] real, double[,] other)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        int d = real.GetLength(0);
        double[,] mean = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                mean[i, j] = (real[i, j] + other[i, j]) / 2;
        }

        double log = (LogDeterminant(real) / 4) + (LogDeterminant(other) / 4) - (LogDeterminant(mean) / 2);
        return Math.Sqrt(Math.Clamp(1 - Math.Exp(log), 0, 1));
    }

    private static double[] Scores(Column column)
    {
        if (column is DiscreteColumn discrete)
            return NormalScores([.. discrete.Codes.ToArray().Select(c => c < 0 ? (double)discrete.Levels.Count : c)]);

        ReadOnlySpan<double> values = ((NumericColumn)column).Values;
        List<double> present = [];
        foreach (double v in values)
        {
            if (!double.IsNaN(v))
                present.Add(v);
        }

        double[] own = NormalScores([.. present]), scores = new double[values.Length];
        for (int i = 0, next = 0; i < scores.Length; i++)
            scores[i] = double.IsNaN(values[i]) ? 0 : own[next++];
        return scores;
    }

    /// <summary>ln |C + 1e−8·I| by Cholesky; a pivot that rounding made negative counts as the ridge.</summary>
    private static double LogDeterminant(double[,] c)
    {
        int d = c.GetLength(0);
        double[,] l = new double[d, d];
        double log = 0;
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = c[i, j] + (i == j ? Ridge : 0);
                for (int k = 0; k < j; k++)
                    sum -= l[i, k] * l[j, k];
                if (i == j)
                {
                    l[i, i] = Math.Sqrt(Math.Max(sum, Ridge * Ridge));
                    log += 2 * Math.Log(l[i, i]);
                }
                else
                {
                    l[i, j] = sum / l[j, j];
                }
            }
        }

        return log;
    }
}
