using Lethe.Results;
using MathNet.Numerics.Distributions;

namespace Lethe.Evaluation.Statistics;

/// <summary>What repeated splits of one table say: the splits overlap, so their scores are not independent.</summary>
public static class RepeatedScores
{
    /// <summary>A t-test.</summary>
    /// <param name="T">The statistic; 0 when all differences are 0.</param>
    /// <param name="P">Two-sided p-value.</param>
    /// <param name="Interval">Interval of the mean difference.</param>
    public sealed record TTest(double T, double P, Interval Interval);

    /// <summary>
    /// Corrected resampled t-test of paired differences over J random splits: t = d̄/√((1/J + n_test/n_train)·s_d²) with J − 1
    /// degrees of freedom. Nadeau and Bengio, "Inference for the generalization error", 2003.
    /// </summary>
    /// <exception cref="ArgumentException">Fewer than two differences.</exception>
    public static TTest NadeauBengio(ReadOnlySpan<double> differences, int trainRows, int testRows, double level = 0.95) =>
        Test(differences, (1.0 / differences.Length) + ((double)testRows / trainRows), "Nadeau–Bengio corrected resampled t", level);

    /// <summary>The interval mean ± t·s/√J, right for independent repeats (e.g. seeds on one split), too narrow for overlapping splits.</summary>
    /// <exception cref="ArgumentException">Fewer than two values.</exception>
    public static Interval StudentInterval(ReadOnlySpan<double> values, double level = 0.95) =>
        Test(values, 1.0 / values.Length, "Student t", level).Interval;

    /// <summary>
    /// Wilcoxon's signed-rank test of paired differences, two-sided, exact by enumeration of the signs' distribution (average ranks
    /// for ties, zero differences dropped). Up to a few hundred pairs.
    /// </summary>
    public static double WilcoxonSignedRank(ReadOnlySpan<double> differences)
    {
        List<double> kept = [];
        foreach (double d in differences)
        {
            if (d != 0)
                kept.Add(d);
        }

        if (kept.Count == 0)
            return 1;
        double[] ranks = Ranks.Average([.. kept.Select(Math.Abs)]);

        // Doubled ranks are whole numbers even with ties: count sign patterns by their doubled positive-rank sum.
        int total = ranks.Sum(r => (int)Math.Round(2 * r)), observed = 0, reached = 0;
        double[] probability = new double[total + 1];
        probability[0] = 1;
        for (int i = 0; i < ranks.Length; i++)
        {
            int rank = (int)Math.Round(2 * ranks[i]);
            if (kept[i] > 0)
                observed += rank;
            reached += rank;
            for (int s = reached; s >= 0; s--)
                probability[s] = 0.5 * (probability[s] + (s >= rank ? probability[s - rank] : 0));
        }

        int tail = Math.Min(observed, total - observed);
        double p = 0;
        for (int s = 0; s <= tail; s++)
            p += probability[s];
        return Math.Min(1, 2 * p);
    }

    private static TTest Test(ReadOnlySpan<double> values, double factor, string method, double level)
    {
        if (values.Length < 2)
            throw new ArgumentException("A t-test needs at least two values; repeat the evaluation.", nameof(values));
        double mean = Moments.Mean(values), se = Math.Sqrt(factor * Moments.SampleVariance(values)), df = values.Length - 1;
        double t = se > 0 ? mean / se : mean == 0 ? 0 : double.PositiveInfinity * Math.Sign(mean);
        double half = -StudentT.InvCDF(0, 1, df, (1 - level) / 2) * se;
        return new TTest(t, 2 * StudentT.CDF(0, 1, df, -Math.Abs(t)), new Interval(mean - half, mean + half, method, level));
    }
}
