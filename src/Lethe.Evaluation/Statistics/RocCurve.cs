namespace Lethe.Evaluation.Statistics;

/// <summary>
/// The receiver operating characteristic of scores that should be larger for positives: one corner per distinct score,
/// thresholds descending, from (0, 0) to (1, 1). Undefined (an error) unless both classes occur.
/// </summary>
public sealed class RocCurve
{
    private RocCurve(double[] fpr, double[] tpr, double[] thresholds)
    {
        FalsePositiveRate = fpr;
        TruePositiveRate = tpr;
        Thresholds = thresholds;
    }

    /// <summary>Horizontal positions, ascending from 0 to 1.</summary>
    public IReadOnlyList<double> FalsePositiveRate { get; }

    /// <summary>Vertical positions, ascending from 0 to 1.</summary>
    public IReadOnlyList<double> TruePositiveRate { get; }

    /// <summary>Scores ≥ threshold count as positive at that corner; the first is +∞.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>max (TPR − FPR): Youden's index, also the Kolmogorov–Smirnov distance of the two groups' scores.</summary>
    public double Youden => TruePositiveRate[YoudenCorner] - FalsePositiveRate[YoudenCorner];

    /// <summary>The threshold that maximises TPR − FPR (the largest such).</summary>
    public double YoudenThreshold => Thresholds[YoudenCorner];

    private int YoudenCorner
    {
        get
        {
            int best = 0;
            for (int i = 1; i < Thresholds.Count; i++)
            {
                if (TruePositiveRate[i] - FalsePositiveRate[i] > TruePositiveRate[best] - FalsePositiveRate[best])
                    best = i;
            }

            return best;
        }
    }

    /// <summary>The curve of <paramref name="scores"/> against labels 0 and 1.</summary>
    /// <exception cref="ArgumentException">Lengths differ, a label is neither 0 nor 1, or one class is absent.</exception>
    public static RocCurve Of(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores)
    {
        StatisticsThrow.UnlessSameLength(labels.Length, scores.Length);
        StatisticsThrow.UnlessBinary(labels);
        (double[] distinct, int[] positives, int[] negatives) = Descending(labels, scores);
        double n1 = positives.Sum(), n0 = negatives.Sum();
        if (n1 == 0 || n0 == 0)
            throw new ArgumentException("A ROC curve needs at least one positive and one negative case.");

        double[] fpr = new double[distinct.Length + 1], tpr = new double[fpr.Length], thresholds = new double[fpr.Length];
        thresholds[0] = double.PositiveInfinity;
        int tp = 0, fp = 0;
        for (int i = 0; i < distinct.Length; i++)
        {
            tp += positives[i];
            fp += negatives[i];
            tpr[i + 1] = tp / n1;
            fpr[i + 1] = fp / n0;
            thresholds[i + 1] = distinct[i];
        }

        return new RocCurve(fpr, tpr, thresholds);
    }

    /// <summary>
    /// Area under the curve over FPR in [0, <paramref name="maxFpr"/>], standardised by McClish (1989) to
    /// ½(1 + (A − A_min)/(A_max − A_min)): ½ by chance, 1 when perfect.
    /// </summary>
    public double PartialAuc(double maxFpr)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxFpr);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxFpr, 1);
        double area = 0;
        for (int i = 1; i < Thresholds.Count && FalsePositiveRate[i - 1] < maxFpr; i++)
        {
            double x0 = FalsePositiveRate[i - 1], x1 = FalsePositiveRate[i], y0 = TruePositiveRate[i - 1], y1 = TruePositiveRate[i];
            if (x1 > maxFpr)
            {
                y1 = y0 + ((y1 - y0) * (maxFpr - x0) / (x1 - x0));
                x1 = maxFpr;
            }

            area += (x1 - x0) * (y0 + y1) / 2;
        }

        double least = maxFpr * maxFpr / 2;
        return 0.5 * (1 + ((area - least) / (maxFpr - least)));
    }

    /// <summary>The largest true positive rate among thresholds whose false positive rate is at most <paramref name="maxFpr"/>; no interpolation.</summary>
    public double TprAtFpr(double maxFpr)
    {
        double best = 0;
        for (int i = 0; i < Thresholds.Count; i++)
        {
            if (FalsePositiveRate[i] <= maxFpr)
                best = Math.Max(best, TruePositiveRate[i]);
        }

        return best;
    }

    /// <summary>Distinct scores in descending order with the number of positives and negatives at each.</summary>
    internal static (double[] Scores, int[] Positives, int[] Negatives) Descending(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores)
    {
        double[] keys = scores.ToArray();
        int[] sorted = labels.ToArray();
        Array.Sort(keys, sorted);
        List<double> distinct = [];
        List<int> positives = [], negatives = [];
        for (int i = keys.Length - 1; i >= 0; i--)
        {
            if (distinct.Count == 0 || keys[i] != distinct[^1])
            {
                distinct.Add(keys[i]);
                positives.Add(0);
                negatives.Add(0);
            }

            positives[^1] += sorted[i];
            negatives[^1] += 1 - sorted[i];
        }

        return ([.. distinct], [.. positives], [.. negatives]);
    }
}
