using Lethe.Evaluation.Statistics;

namespace Lethe.Evaluation.Fidelity.Columns;

/// <summary>
/// One numeric column, real against other. Missing values (NaN) are dropped; a figure is NaN when either side has no value
/// left or its denominator is zero (a constant real column has no range to compare by).
/// </summary>
public static class NumericMetrics
{
    /// <summary>The values that are not missing, ascending.</summary>
    public static double[] Present(ReadOnlySpan<double> values)
    {
        List<double> present = new(values.Length);
        foreach (double v in values)
        {
            if (!double.IsNaN(v))
                present.Add(v);
        }

        present.Sort();
        return [.. present];
    }

    /// <summary>1 − Kolmogorov–Smirnov distance, 1 is best.</summary>
    public static double KsComplement(ReadOnlySpan<double> real, ReadOnlySpan<double> other) =>
        1 - KolmogorovSmirnov.Statistic(Present(real), Present(other));

    /// <summary>Share of the other values inside [min R, max R], 1 is best.</summary>
    public static double BoundaryAdherence(ReadOnlySpan<double> real, ReadOnlySpan<double> other)
    {
        double[] r = Present(real), s = Present(other);
        return r.Length == 0 || s.Length == 0 ? double.NaN : (double)s.Count(v => v >= r[0] && v <= r[^1]) / s.Length;
    }

    /// <summary>max(0, 1 − [max((min S − min R)/w, 0) + max((max R − max S)/w, 0)]), w the real range, 1 is best.</summary>
    public static double RangeCoverage(ReadOnlySpan<double> real, ReadOnlySpan<double> other)
    {
        double[] r = Present(real), s = Present(other);
        if (r.Length == 0 || s.Length == 0 || r[^1] == r[0])
            return double.NaN;
        double w = r[^1] - r[0];
        return Math.Max(0, 1 - (Math.Max((s[0] - r[0]) / w, 0) + Math.Max((r[^1] - s[^1]) / w, 0)));
    }

    /// <summary>1 − |missing share R − missing share S|, 1 is best.</summary>
    public static double MissingSimilarity(int realMissing, int realRows, int otherMissing, int otherRows) =>
        realRows == 0 || otherRows == 0 ? double.NaN : 1 - Math.Abs(((double)realMissing / realRows) - ((double)otherMissing / otherRows));

    /// <summary>max(0, 1 − |mean R − mean S|/range R), 1 is best.</summary>
    public static double MeanSimilarity(ReadOnlySpan<double> real, ReadOnlySpan<double> other) =>
        StatisticSimilarity(Present(real), Present(other), v => Moments.Mean(v));

    /// <summary>max(0, 1 − |sd R − sd S|/range R), sample standard deviations, 1 is best.</summary>
    public static double DeviationSimilarity(ReadOnlySpan<double> real, ReadOnlySpan<double> other) =>
        StatisticSimilarity(Present(real), Present(other), v => Moments.SampleDeviation(v));

    /// <summary>max(0, 1 − |median R − median S|/range R), 1 is best.</summary>
    public static double MedianSimilarity(ReadOnlySpan<double> real, ReadOnlySpan<double> other) =>
        StatisticSimilarity(Present(real), Present(other), v => Quantile.OfSorted(v, 0.5));

    /// <summary>Wasserstein-1 distance ∫|F_R − F_S|dx in the column's unit, 0 is best.</summary>
    public static double Wasserstein(ReadOnlySpan<double> real, ReadOnlySpan<double> other) =>
        Integrate(Present(real), Present(other), squared: false);

    /// <summary>Wasserstein-1 distance divided by the real range.</summary>
    public static double WassersteinOverRange(ReadOnlySpan<double> real, ReadOnlySpan<double> other) => Over(Wasserstein(real, other), Range(real));

    /// <summary>Wasserstein-1 distance divided by the real standard deviation.</summary>
    public static double WassersteinOverDeviation(ReadOnlySpan<double> real, ReadOnlySpan<double> other) =>
        Over(Wasserstein(real, other), Moments.SampleDeviation(Present(real)));

    /// <summary>Energy distance √(2∫(F_R − F_S)²dx) (Székely and Rizzo 2013), 0 is best.</summary>
    public static double EnergyDistance(ReadOnlySpan<double> real, ReadOnlySpan<double> other) =>
        Math.Sqrt(2 * Integrate(Present(real), Present(other), squared: true));

    /// <summary>Standardised mean difference (mean R − mean S)/√((s_R² + s_S²)/2); beyond ±0.1 is worth a look.</summary>
    public static double StandardisedMeanDifference(ReadOnlySpan<double> real, ReadOnlySpan<double> other)
    {
        double[] r = Present(real), s = Present(other);
        return Over(Moments.Mean(r) - Moments.Mean(s), Math.Sqrt((Moments.SampleVariance(r) + Moments.SampleVariance(s)) / 2));
    }

    /// <summary>
    /// Overlap of the intervals mean ± 1.96·se: ½[(min u − max l)/(u_R − l_R) + (min u − max l)/(u_S − l_S)], 0 when apart, 1 is best.
    /// </summary>
    /// <param name="real">Real values.</param>
    /// <param name="other">Other values.</param>
    /// <param name="ofMean">True for standard errors of the mean, false for standard deviations.</param>
    public static double IntervalOverlap(ReadOnlySpan<double> real, ReadOnlySpan<double> other, bool ofMean = true)
    {
        (double Lower, double Upper) r = Interval(Present(real), ofMean), s = Interval(Present(other), ofMean);
        double shared = Math.Min(r.Upper, s.Upper) - Math.Max(r.Lower, s.Lower);
        return Math.Max(0, 0.5 * (Over(shared, r.Upper - r.Lower) + Over(shared, s.Upper - s.Lower)));
    }

    /// <summary>
    /// Quantile mean squared error: mean over the real q-quantile bins of (share of S in the bin − 1/q)². Values of S outside the
    /// real range are in no bin but count in the divisor. 0 is best.
    /// </summary>
    public static double QuantileMse(ReadOnlySpan<double> real, ReadOnlySpan<double> other, int quantiles = 10)
    {
        double[] r = Present(real), s = Present(other);
        if (r.Length == 0 || s.Length == 0)
            return double.NaN;
        double[] edges = [.. Enumerable.Range(0, quantiles + 1).Select(q => Quantile.OfSorted(r, (double)q / quantiles))];
        double sum = 0;
        for (int b = 0; b < quantiles; b++)
        {
            bool last = b == quantiles - 1;
            double share = (double)s.Count(v => v >= edges[b] && (last ? v <= edges[b + 1] : v < edges[b + 1])) / s.Length;
            sum += (share - (1.0 / quantiles)) * (share - (1.0 / quantiles));
        }

        return sum / quantiles;
    }

    /// <summary>
    /// Inverse Kullback–Leibler on min(10, distinct) equal-width bins of the real range (values outside dropped), or on value
    /// frequencies with fewer than 5 distinct real values. Compatible with a published benchmark; 1 is best.
    /// </summary>
    public static double InverseKl(ReadOnlySpan<double> real, ReadOnlySpan<double> other)
    {
        double[] r = Present(real), s = Present(other);
        double[] distinct = [.. r.Distinct()];
        if (r.Length == 0 || s.Length == 0)
            return double.NaN;
        if (distinct.Length < 5)
        {
            double[] values = [.. distinct.Union(s).Order()];
            return HistogramDivergence.InverseKullbackLeibler(Frequencies(r, values), Frequencies(s, values));
        }

        RealBins bins = new(r, Math.Min(10, distinct.Length));
        return HistogramDivergence.InverseKullbackLeibler(bins.Shares(r), bins.Shares([.. s.Where(v => v >= r[0] && v <= r[^1])]));
    }

    private static double[] Frequencies(double[] sample, double[] values) => [.. values.Select(v => (double)sample.Count(x => x == v) / sample.Length)];

    private static double Range(ReadOnlySpan<double> values)
    {
        double[] present = Present(values);
        return present.Length == 0 ? double.NaN : present[^1] - present[0];
    }

    private static double Over(double numerator, double denominator) => denominator == 0 ? double.NaN : numerator / denominator;

    private static (double Lower, double Upper) Interval(double[] values, bool ofMean)
    {
        double mean = Moments.Mean(values), half = 1.96 * Moments.SampleDeviation(values) / (ofMean ? Math.Sqrt(values.Length) : 1);
        return (mean - half, mean + half);
    }

    private static double StatisticSimilarity(double[] real, double[] other, Func<double[], double> statistic)
    {
        if (real.Length == 0 || other.Length == 0 || real[^1] == real[0])
            return double.NaN;
        return Math.Max(0, 1 - (Math.Abs(statistic(real) - statistic(other)) / (real[^1] - real[0])));
    }

    /// <summary>∫|F − G| or ∫(F − G)² over the pooled values, both sorted.</summary>
    private static double Integrate(double[] x, double[] y, bool squared)
    {
        if (x.Length == 0 || y.Length == 0)
            return double.NaN;
        double sum = 0, previous = Math.Min(x[0], y[0]);
        for (int i = 0, j = 0; i < x.Length || j < y.Length;)
        {
            double at = j >= y.Length || (i < x.Length && x[i] <= y[j]) ? x[i] : y[j];
            double gap = Math.Abs(((double)i / x.Length) - ((double)j / y.Length));
            sum += (at - previous) * (squared ? gap * gap : gap);
            previous = at;
            while (i < x.Length && x[i] <= at)
                i++;
            while (j < y.Length && y[j] <= at)
                j++;
        }

        return sum;
    }
}
