using Lethe.Evaluation.Statistics;

namespace Lethe.Evaluation.Fairness;

/// <summary>How a binary model treats one group at threshold ½ (from ½ on: positive). Rates without cases are NaN.</summary>
/// <param name="N">Cases of the group.</param>
/// <param name="Positives">Positive cases.</param>
/// <param name="SelectionRate">Share predicted positive.</param>
/// <param name="TruePositiveRate">Share of positives predicted positive.</param>
/// <param name="FalsePositiveRate">Share of negatives predicted positive.</param>
/// <param name="Precision">Share of those predicted positive that are.</param>
/// <param name="Accuracy">Share predicted right.</param>
/// <param name="Auroc">Area under the ROC curve within the group.</param>
/// <param name="Brier">Brier score within the group.</param>
/// <param name="CalibrationGap">|mean prediction − prevalence|.</param>
public sealed record GroupScores(
    int N, int Positives, double SelectionRate, double TruePositiveRate, double FalsePositiveRate, double Precision, double Accuracy, double Auroc, double Brier, double CalibrationGap)
{
    /// <summary>Groups with fewer holdout cases are shown but not relied on.</summary>
    public const int LeastCases = 30;

    /// <summary>Groups with fewer positive holdout cases are shown but not relied on.</summary>
    public const int LeastPositives = 5;

    /// <summary>Share of positive cases.</summary>
    public double Prevalence => (double)Positives / N;

    /// <summary>True when the group is too small for its figures to be relied on.</summary>
    public bool Unreliable => N < LeastCases || Positives < LeastPositives;

    /// <summary>Scores of the cases of one group.</summary>
    public static GroupScores Of(ReadOnlySpan<int> labels, ReadOnlySpan<double> probabilities)
    {
        ProbabilityScores.Check(labels, probabilities);
        double[] p = probabilities.ToArray();
        ConfusionMatrix m = new(labels, [.. p.Select(v => v >= 0.5 ? 1 : 0)], 2);
        return new GroupScores(
            m.Total, m.Support(1), Share(m.PredictedAs(1), m.Total), Share(m[1, 1], m.Support(1)), Share(m[0, 1], m.Support(0)),
            Share(m[1, 1], m.PredictedAs(1)), m.Accuracy, Ranking.Auc(labels, p), ProbabilityScores.Brier(labels, p), Math.Abs(Calibration.MeanGap(labels, p)));
    }

    private static double Share(int count, int n) => n == 0 ? double.NaN : (double)count / n;
}
