namespace Lethe.Learning.Trees;

/// <summary>
/// Orders the levels of a factor so that the best split into two sets of levels is among the L − 1 splits of the ordered
/// levels: by mean target (regression) or share of the last class (two classes), where this is exact (Breiman et al. 1984,
/// theorem 4.5), and by the first principal component of the levels' class shares for more classes, where it is
/// near-optimal (Coppersmith, Hong and Hosking 1999).
/// </summary>
internal sealed class FactorOrder
{
    // The direction is needed to the accuracy of an ordering only; a near tie between eigenvalues is a near tie between orders.
    private const int PowerIterations = 30;

    // Grown to the largest factor and kept from node to node.
    private double[] _share = [], _weight = [], _mean = [], _direction = [], _next = [];

    /// <summary>Mean target of each level; NaN for a level without rows.</summary>
    public void ByMean(ReadOnlySpan<int> rows, ReadOnlySpan<int> codes, double[] y, double[] weights, Span<double> scores)
    {
        Span<double> weight = Cleared(ref _weight, scores.Length);
        scores.Clear();
        foreach (int row in rows)
        {
            weight[codes[row]] += weights[row];
            scores[codes[row]] += weights[row] * y[row];
        }

        for (int l = 0; l < scores.Length; l++)
            scores[l] /= weight[l];
    }

    /// <summary>Share of class 1 of two, or position on the first component of the class shares; NaN for a level without rows.</summary>
    public void ByClass(
        ReadOnlySpan<int> rows, ReadOnlySpan<int> codes, int[] y, double[] weights, int classes, Span<double> scores)
    {
        int levels = scores.Length;
        Span<double> share = Cleared(ref _share, levels * classes);
        Span<double> weight = Cleared(ref _weight, levels);
        foreach (int row in rows)
        {
            share[(codes[row] * classes) + y[row]] += weights[row];
            weight[codes[row]] += weights[row];
        }

        double total = 0;
        Span<double> mean = Cleared(ref _mean, classes);
        for (int l = 0; l < levels; l++)
        {
            total += weight[l];
            for (int k = 0; k < classes; k++)
            {
                mean[k] += share[(l * classes) + k];
                share[(l * classes) + k] /= weight[l];
            }
        }

        if (classes <= 2)
        {
            for (int l = 0; l < levels; l++)
                scores[l] = share[(l * classes) + classes - 1];
            return;
        }

        for (int k = 0; k < classes; k++)
            mean[k] /= total;
        ReadOnlySpan<double> direction = FirstComponent(share, weight, mean);
        for (int l = 0; l < levels; l++)
        {
            double projection = 0;
            for (int k = 0; k < classes; k++)
                projection += share[(l * classes) + k] * direction[k];
            scores[l] = projection;
        }
    }

    /// <summary>First eigenvector of Σ_l w_l (p_l − p̄)(p_l − p̄)ᵀ by the power method, never forming the K × K matrix.</summary>
    private ReadOnlySpan<double> FirstComponent(ReadOnlySpan<double> share, ReadOnlySpan<double> weight, ReadOnlySpan<double> mean)
    {
        int classes = mean.Length;
        Span<double> direction = Cleared(ref _direction, classes);
        double furthest = -1;
        for (int l = 0; l < weight.Length; l++)
        {
            double distance = 0;
            for (int k = 0; k < classes; k++)
                distance += Square(share[(l * classes) + k] - mean[k]);
            if (weight[l] * distance > furthest)
            {
                furthest = weight[l] * distance;
                for (int k = 0; k < classes; k++)
                    direction[k] = share[(l * classes) + k] - mean[k];
            }
        }

        Span<double> next = Cleared(ref _next, classes);
        for (int iteration = 0; iteration < PowerIterations; iteration++)
        {
            next.Clear();
            for (int l = 0; l < weight.Length; l++)
            {
                if (weight[l] == 0)
                    continue;
                double dot = 0;
                for (int k = 0; k < classes; k++)
                    dot += (share[(l * classes) + k] - mean[k]) * direction[k];
                for (int k = 0; k < classes; k++)
                    next[k] += weight[l] * dot * (share[(l * classes) + k] - mean[k]);
            }

            double norm = 0;
            foreach (double v in next)
                norm += v * v;
            if (norm == 0)
                return direction;
            norm = Math.Sqrt(norm);
            for (int k = 0; k < classes; k++)
                direction[k] = next[k] / norm;
        }

        return direction;
    }

    private static Span<double> Cleared(ref double[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new double[length];
        Span<double> span = buffer.AsSpan(0, length);
        span.Clear();
        return span;
    }

    private static double Square(double v) => v * v;
}
