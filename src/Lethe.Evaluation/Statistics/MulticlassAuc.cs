namespace Lethe.Evaluation.Statistics;

/// <summary>
/// Areas under the ROC curve with several classes. Classes absent from the truth have no curve and are left out of the means;
/// NaN when fewer than two classes occur. Probabilities are n × K, row-major.
/// </summary>
public static class MulticlassAuc
{
    /// <summary>Mean over classes of the area of "this class against the rest".</summary>
    public static double OneVersusRestMacro(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int classes) =>
        OneVersusRest(labels, probabilities, classes, weighted: false);

    /// <summary>The same, weighted by the number of cases of each class.</summary>
    public static double OneVersusRestWeighted(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int classes) =>
        OneVersusRest(labels, probabilities, classes, weighted: true);

    /// <summary>Mean over pairs of classes of the area within the pair, both directions (Hand and Till 2001).</summary>
    public static double OneVersusOneMacro(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int classes)
    {
        StatisticsThrow.UnlessSameLength(labels.Length * classes, probabilities.Length);
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < classes; a++)
        {
            for (int b = 0; b < classes; b++)
            {
                if (a == b)
                    continue;
                List<int> pair = [];
                List<double> score = [];
                for (int i = 0; i < labels.Length; i++)
                {
                    if (labels[i] == a || labels[i] == b)
                    {
                        pair.Add(labels[i] == a ? 1 : 0);
                        score.Add(probabilities[(i * classes) + a]);
                    }
                }

                double auc = Ranking.Auc([.. pair], [.. score]);
                if (!double.IsNaN(auc))
                {
                    sum += auc;
                    pairs++;
                }
            }
        }

        return pairs == 0 ? double.NaN : sum / pairs;
    }

    private static double OneVersusRest(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities, int classes, bool weighted)
    {
        StatisticsThrow.UnlessSameLength(labels.Length * classes, probabilities.Length);
        double sum = 0, total = 0;
        int[] one = new int[labels.Length];
        double[] score = new double[labels.Length];
        for (int k = 0; k < classes; k++)
        {
            int support = 0;
            for (int i = 0; i < labels.Length; i++)
            {
                one[i] = labels[i] == k ? 1 : 0;
                support += one[i];
                score[i] = probabilities[(i * classes) + k];
            }

            double auc = Ranking.Auc(one, score), weight = weighted ? support : 1;
            if (!double.IsNaN(auc))
            {
                sum += weight * auc;
                total += weight;
            }
        }

        return total == 0 ? double.NaN : sum / total;
    }
}
