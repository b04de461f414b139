using Lethe.Results;

namespace Lethe.Evaluation.Statistics;

/// <summary>
/// Variance of the area under the ROC curve and comparison of two curves on the same cases: DeLong, DeLong and
/// Clarke-Pearson, "Comparing the areas under two or more correlated receiver operating characteristic curves", 1988.
/// Placements are computed from mid-ranks (Sun and Xu 2014), O(n log n).
/// </summary>
public static class DeLong
{
    /// <summary>An area under the curve with its variance.</summary>
    /// <param name="Auc">The area; NaN when a class is absent.</param>
    /// <param name="Variance">Var(AUC); NaN when a class has fewer than two cases.</param>
    public readonly record struct Estimate(double Auc, double Variance)
    {
        /// <summary>Standard error.</summary>
        public double StandardError => Math.Sqrt(Variance);
    }

    /// <summary>Difference of two areas on the same cases.</summary>
    /// <param name="First">The first area.</param>
    /// <param name="Second">The second area.</param>
    /// <param name="Covariance">Cov(AUC₁, AUC₂).</param>
    /// <param name="Z">(AUC₁ − AUC₂)/standard error; 0 when both curves are identical.</param>
    /// <param name="P">Two-sided p-value.</param>
    /// <param name="Interval">Interval of AUC₁ − AUC₂.</param>
    public sealed record Comparison(Estimate First, Estimate Second, double Covariance, double Z, double P, Interval Interval);

    /// <summary>Area and variance of one set of scores.</summary>
    /// <exception cref="ArgumentException">Lengths differ or a label is neither 0 nor 1.</exception>
    public static Estimate Of(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores)
    {
        (double[] v10, double[] v01) = Placements(labels, scores);
        return v10.Length == 0 || v01.Length == 0
            ? new Estimate(double.NaN, double.NaN)
            : new Estimate(Moments.Mean(v10), (Moments.SampleVariance(v10) / v10.Length) + (Moments.SampleVariance(v01) / v01.Length));
    }

    /// <summary>AUC ± z·se, not cut at 0 or 1.</summary>
    public static Interval PlainInterval(Estimate auc, double level = 0.95)
    {
        double half = Gaussian.Critical(level) * auc.StandardError;
        return new Interval(auc.Auc - half, auc.Auc + half, "DeLong", level);
    }

    /// <summary>
    /// The interval on the logit scale, inside (0, 1). Where the variance is zero or undefined (perfect separation, a class of one)
    /// the exact binomial interval of the area with as many trials as the rarer class has cases, which is wider; null without an area.
    /// </summary>
    public static Interval? Interval(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores, double level = 0.95)
    {
        Estimate e = Of(labels, scores);
        if (double.IsNaN(e.Auc))
            return null;
        if (e.Variance > 0 && e.Auc is > 0 and < 1)
        {
            double logit = Math.Log(e.Auc / (1 - e.Auc)), half = Gaussian.Critical(level) * e.StandardError / (e.Auc * (1 - e.Auc));
            return new Interval(Sigmoid(logit - half), Sigmoid(logit + half), "DeLong, logit scale", level);
        }

        int positives = 0;
        foreach (int label in labels)
            positives += label;
        int n = Math.Min(positives, labels.Length - positives);
        Interval exact = ProportionInterval.ClopperPearson((int)Math.Round(e.Auc * n), n, level);
        return exact with { Method = "Clopper–Pearson on the rarer class (DeLong variance is zero)" };
    }

    /// <summary>Paired comparison of two sets of scores of the same cases.</summary>
    /// <exception cref="ArgumentException">Lengths differ or a label is neither 0 nor 1.</exception>
    public static Comparison Compare(ReadOnlySpan<int> labels, ReadOnlySpan<double> first, ReadOnlySpan<double> second, double level = 0.95)
    {
        (double[] a10, double[] a01) = Placements(labels, first);
        (double[] b10, double[] b01) = Placements(labels, second);
        Estimate a = Of(labels, first), b = Of(labels, second);
        double covariance = (Covariance(a10, b10) / a10.Length) + (Covariance(a01, b01) / a01.Length);
        double difference = a.Auc - b.Auc, se = Math.Sqrt(Math.Max(0, a.Variance + b.Variance - (2 * covariance)));
        double z = se > 0 ? difference / se : 0;
        double half = Gaussian.Critical(level) * se;
        return new Comparison(a, b, covariance, z, Gaussian.TwoSided(z), new Interval(difference - half, difference + half, "paired DeLong", level));
    }

    /// <summary>Standard error by Hanley and McNeil (1982), for comparison with other software only.</summary>
    public static double HanleyMcNeilStandardError(double auc, int positives, int negatives)
    {
        double q1 = auc / (2 - auc), q2 = 2 * auc * auc / (1 + auc);
        double variance = (auc * (1 - auc)) + ((positives - 1) * (q1 - (auc * auc))) + ((negatives - 1) * (q2 - (auc * auc)));
        return Math.Sqrt(variance / ((double)positives * negatives));
    }

    /// <summary>V10 (share of negatives below each positive, ties ½) and V01 (share of positives above each negative).</summary>
    private static (double[] V10, double[] V01) Placements(ReadOnlySpan<int> labels, ReadOnlySpan<double> scores)
    {
        StatisticsThrow.UnlessSameLength(labels.Length, scores.Length);
        StatisticsThrow.UnlessBinary(labels);
        List<double> x = [], y = [];
        for (int i = 0; i < labels.Length; i++)
            (labels[i] == 1 ? x : y).Add(scores[i]);

        double[] pooled = Ranks.Average((double[])[.. x, .. y]), rx = Ranks.Average([.. x]), ry = Ranks.Average([.. y]);
        double[] v10 = new double[x.Count], v01 = new double[y.Count];
        for (int i = 0; i < v10.Length; i++)
            v10[i] = (pooled[i] - rx[i]) / v01.Length;
        for (int j = 0; j < v01.Length; j++)
            v01[j] = 1 - ((pooled[x.Count + j] - ry[j]) / v10.Length);
        return (v10, v01);
    }

    private static double Covariance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double ma = Moments.Mean(a), mb = Moments.Mean(b), sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - ma) * (b[i] - mb);
        return sum / (a.Length - 1);
    }

    private static double Sigmoid(double t) => 1 / (1 + Math.Exp(-t));
}
