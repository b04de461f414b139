using Lethe.Evaluation.Statistics;

namespace Lethe.Evaluation.Fidelity.Pairs;

/// <summary>How strongly two columns go together, and how alike that is in two tables.</summary>
public static class PairMetrics
{
    /// <summary>The rows where both values are present.</summary>
    public static (double[] X, double[] Y) Complete(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        StatisticsThrow.UnlessSameLength(x.Length, y.Length);
        List<double> a = [], b = [];
        for (int i = 0; i < x.Length; i++)
        {
            if (!double.IsNaN(x[i]) && !double.IsNaN(y[i]))
            {
                a.Add(x[i]);
                b.Add(y[i]);
            }
        }

        return ([.. a], [.. b]);
    }

    /// <summary>Pearson correlation over complete rows; NaN when either is constant.</summary>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        (double[] a, double[] b) = Complete(x, y);
        return Moments.Pearson(a, b);
    }

    /// <summary>Spearman correlation over complete rows; NaN when either is constant.</summary>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        (double[] a, double[] b) = Complete(x, y);
        return Ranks.Spearman(a, b);
    }

    /// <summary>1 − |ρ_R − ρ_S|/2, 1 is best; NaN when a correlation is undefined.</summary>
    public static double CorrelationSimilarity(double real, double other) => 1 - (Math.Abs(real - other) / 2);

    /// <summary>
    /// Correlation ratio η = √(SS_between/SS_total) of a number given a label (−1 = missing, dropped); NaN when the number is
    /// constant or no row is complete.
    /// </summary>
    public static double CorrelationRatio(ReadOnlySpan<double> values, ReadOnlySpan<int> labels, int levels)
    {
        StatisticsThrow.UnlessSameLength(values.Length, labels.Length);
        double[] sum = new double[levels], count = new double[levels];
        double total = 0, n = 0, min = double.PositiveInfinity, max = double.NegativeInfinity;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]) || labels[i] < 0)
                continue;
            sum[labels[i]] += values[i];
            count[labels[i]]++;
            total += values[i];
            n++;
            min = Math.Min(min, values[i]);
            max = Math.Max(max, values[i]);
        }

        if (n < 2 || min == max)
            return double.NaN;
        double mean = total / n, between = 0, within = 0;
        for (int k = 0; k < levels; k++)
        {
            if (count[k] > 0)
                between += count[k] * ((sum[k] / count[k]) - mean) * ((sum[k] / count[k]) - mean);
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]) && labels[i] >= 0)
                within += (values[i] - mean) * (values[i] - mean);
        }

        return Math.Sqrt(Math.Clamp(between / within, 0, 1));
    }

    /// <summary>
    /// Contingency similarity 1 − ½ Σ_{ab}|p_ab − q_ab| of two label pairs; every label counts, so give missing cells their own.
    /// NaN when a table has no rows. 1 is best.
    /// </summary>
    public static double ContingencySimilarity(
        ReadOnlySpan<int> realX, ReadOnlySpan<int> realY, ReadOnlySpan<int> otherX, ReadOnlySpan<int> otherY, int levelsX, int levelsY)
    {
        ContingencyTable p = new(realX, realY, levelsX, levelsY), q = new(otherX, otherY, levelsX, levelsY);
        if (p.Total == 0 || q.Total == 0)
            return double.NaN;
        double sum = 0;
        for (int i = 0; i < levelsX; i++)
        {
            for (int j = 0; j < levelsY; j++)
                sum += Math.Abs(((double)p[i, j] / p.Total) - ((double)q[i, j] / q.Total));
        }

        return 1 - (sum / 2);
    }
}
