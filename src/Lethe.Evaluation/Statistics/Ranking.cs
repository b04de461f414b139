namespace Lethe.Evaluation.Statistics;

/// <summary>Figures that depend only on how scores order the cases of two classes.</summary>
public static class Ranking
{
    /// <summary>
    /// Area under the ROC curve by ranks: (Σ ranks of positives − n₁(n₁ + 1)/2)/(n₁ n₀), ties counted ½. ½ by chance;
    /// NaN when one class is absent.
    /// </summary>
    /// <exception cref="ArgumentException">Lengths differ or a label is neither 0 nor 1.</exception>
    public static double Auc(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores)
    {
        StatisticsThrow.UnlessSameLength(labels.Length, scores.Length);
        StatisticsThrow.UnlessBinary(labels);
        double[] ranks = Ranks.Average(scores);
        double sum = 0, n1 = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == 1)
            {
                sum += ranks[i];
                n1++;
            }
        }

        double n0 = labels.Length - n1;
        return n1 == 0 || n0 == 0 ? double.NaN : (sum - (n1 * (n1 + 1) / 2)) / (n1 * n0);
    }

    /// <summary>Area under the ROC curve of positives' against negatives' scores; NaN when either is empty.</summary>
    public static double Auc(ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives)
    {
        int[] labels = new int[positives.Length + negatives.Length];
        labels.AsSpan(0, positives.Length).Fill(1);
        return Auc(labels, (double[])[.. positives, .. negatives]);
    }

    /// <summary>Average precision Σ (R_i − R_{i−1}) P_i over distinct thresholds descending (steps, no interpolation); NaN without positives.</summary>
    public static double AveragePrecision(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores)
    {
        double sum = 0;
        (double[] recall, double[] precision) = PrecisionRecall(labels, scores);
        for (int i = 1; i < recall.Length; i++)
            sum += (recall[i] - recall[i - 1]) * precision[i];
        return recall.Length > 1 && double.IsNaN(recall[^1]) ? double.NaN : sum;
    }

    /// <summary>
    /// Precision and recall at every distinct threshold descending, starting at recall 0 with precision 1.
    /// </summary>
    public static (double[] Recall, double[] Precision) PrecisionRecall(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores)
    {
        StatisticsThrow.UnlessSameLength(labels.Length, scores.Length);
        StatisticsThrow.UnlessBinary(labels);
        (double[] distinct, int[] positives, int[] negatives) = RocCurve.Descending(labels, scores);
        double[] recall = new double[distinct.Length + 1], precision = new double[recall.Length];
        precision[0] = 1;
        double n1 = positives.Sum(), tp = 0, n = 0;
        for (int i = 0; i < distinct.Length; i++)
        {
            tp += positives[i];
            n += positives[i] + negatives[i];
            recall[i + 1] = tp / n1;
            precision[i + 1] = tp / n;
        }

        return (recall, precision);
    }

    /// <summary>Area under the precision–recall curve by trapezoids: optimistic, for comparison with other software only.</summary>
    public static double PrecisionRecallTrapezoid(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores)
    {
        double sum = 0;
        (double[] recall, double[] precision) = PrecisionRecall(labels, scores);
        for (int i = 1; i < recall.Length; i++)
            sum += (recall[i] - recall[i - 1]) * (precision[i] + precision[i - 1]) / 2;
        return sum;
    }
}
