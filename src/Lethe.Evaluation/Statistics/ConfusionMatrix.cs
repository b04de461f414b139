namespace Lethe.Evaluation.Statistics;

/// <summary>Counts of true against predicted classes 0 … K − 1, and the scores read off them. Undefined ratios (0/0) are 0, as in published reports.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    /// <summary>Counts the cases.</summary>
    /// <param name="truth">True classes.</param>
    /// <param name="predicted">Predicted classes.</param>
    /// <param name="classes">K ≥ 1.</param>
    /// <exception cref="ArgumentException">Lengths differ or a class is outside 0 … K − 1.</exception>
    public ConfusionMatrix(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes)
    {
        StatisticsThrow.UnlessSameLength(truth.Length, predicted.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
        Total = truth.Length;
        _counts = new int[classes, classes];
        for (int i = 0; i < truth.Length; i++)
        {
            if ((uint)truth[i] >= (uint)classes || (uint)predicted[i] >= (uint)classes)
                throw new ArgumentException($"Case {i}: classes are 0 … {classes - 1}. Number the classes from zero.");
            _counts[truth[i], predicted[i]]++;
        }
    }

    /// <summary>K, the number of classes.</summary>
    public int Classes { get; }

    /// <summary>Number of cases.</summary>
    public int Total { get; }

    /// <summary>Cases of class <paramref name="truth"/> predicted as <paramref name="predicted"/>.</summary>
    public int this[int truth, int predicted] => _counts[truth, predicted];

    /// <summary>Number of true cases of a class (row sum).</summary>
    public int Support(int k) => Enumerable.Range(0, Classes).Sum(j => _counts[k, j]);

    /// <summary>Number of cases predicted as a class (column sum).</summary>
    public int PredictedAs(int k) => Enumerable.Range(0, Classes).Sum(i => _counts[i, k]);

    /// <summary>TP/(TP + FP).</summary>
    public double Precision(int k) => Ratio(_counts[k, k], PredictedAs(k));

    /// <summary>TP/(TP + FN), sensitivity.</summary>
    public double Recall(int k) => Ratio(_counts[k, k], Support(k));

    /// <summary>TN/(TN + FP) of a class against the rest.</summary>
    public double Specificity(int k) => Ratio(Total - Support(k) - PredictedAs(k) + _counts[k, k], Total - Support(k));

    /// <summary>TN/(TN + FN) of a class against the rest.</summary>
    public double NegativePredictiveValue(int k) => Ratio(Total - Support(k) - PredictedAs(k) + _counts[k, k], Total - PredictedAs(k));

    /// <summary>F_β = (1 + β²)PR/(β²P + R); recall weighs β times as much as precision.</summary>
    public double F(int k, double beta = 1)
    {
        double p = Precision(k), r = Recall(k), b2 = beta * beta;
        return Ratio((1 + b2) * p * r, (b2 * p) + r);
    }

    /// <summary>Share of cases predicted right; NaN without cases.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>Mean recall of the classes that occur in the truth.</summary>
    public double BalancedAccuracy => Enumerable.Range(0, Classes).Where(k => Support(k) > 0).Select(Recall).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Unweighted mean F1 of the classes that occur in truth or prediction.</summary>
    public double MacroF1 => Present.Select(k => F(k)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>
    /// Matthews correlation for K classes (Gorodkin 2004): (c·s − Σ p_k t_k)/√((s² − Σp_k²)(s² − Σt_k²)), 0 when a factor is 0.
    /// </summary>
    public double Mcc
    {
        get
        {
            double s = Total, pt = 0, pp = 0, tt = 0;
            for (int k = 0; k < Classes; k++)
            {
                double t = Support(k), p = PredictedAs(k);
                pt += p * t;
                pp += p * p;
                tt += t * t;
            }

            double factor = ((s * s) - pp) * ((s * s) - tt);
            return factor <= 0 ? 0 : ((Correct * s) - pt) / Math.Sqrt(factor);
        }
    }

    /// <summary>Cohen's κ = (p_o − p_e)/(1 − p_e); NaN when chance agreement is complete.</summary>
    public double Kappa
    {
        get
        {
            double expected = 0;
            for (int k = 0; k < Classes; k++)
                expected += (double)Support(k) / Total * PredictedAs(k) / Total;
            return expected >= 1 ? double.NaN : (Accuracy - expected) / (1 - expected);
        }
    }

    /// <summary>Number of cases predicted right.</summary>
    public int Correct => Enumerable.Range(0, Classes).Sum(k => _counts[k, k]);

    /// <summary>Classes that occur in truth or prediction, ascending.</summary>
    public IEnumerable<int> Present => Enumerable.Range(0, Classes).Where(k => Support(k) > 0 || PredictedAs(k) > 0);

    private static double Ratio(double numerator, double denominator) => denominator == 0 ? 0 : numerator / denominator;
}
