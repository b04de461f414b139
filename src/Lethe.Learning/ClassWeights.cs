namespace Lethe.Learning;

/// <summary>Row weights from class frequencies.</summary>
public static class ClassWeights
{
    /// <summary>
    /// Weights n/(K·n_k) times the given row weights, where K counts the classes present and n, n_k are sums of row weights: every
    /// class present gets the same total.
    /// </summary>
    /// <param name="y">Class of each row, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="weights">Row weights ≥ 0, or empty for equal weights.</param>
    public static double[] Balanced(ReadOnlySpan<int> y, int classes, ReadOnlySpan<double> weights = default)
    {
        Guard.Labels(y.Length, y, classes);
        double[] w = Guard.Weights(y.Length, weights, "Balancing classes");
        double[] total = new double[classes];
        double n = 0;
        for (int i = 0; i < y.Length; i++)
        {
            total[y[i]] += w[i];
            n += w[i];
        }

        int present = total.Count(t => t > 0);
        for (int i = 0; i < y.Length; i++)
        {
            if (w[i] > 0)
                w[i] *= n / (present * total[y[i]]);
        }

        return w;
    }
}
