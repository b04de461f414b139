using Lethe.Data.Tables;
using Lethe.Evaluation.Fidelity.Accuracy;
using Lethe.Evaluation.Fidelity.Columns;
using Lethe.Evaluation.Tables;
using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>The registered figures of single columns, in the order of the report.</summary>
internal static class ColumnMetrics
{
    private static readonly Measure Score = new() { Id = "", Name = "", Direction = Direction.Higher, Ideal = 1, Minimum = 0, Maximum = 1 };
    private static readonly Measure Distance = new() { Id = "", Name = "", Direction = Direction.Lower, Ideal = 0, Minimum = 0 };

    public static IReadOnlyList<IMetric> All { get; } =
    [
        Of("label-accuracy", "Accuracy (1 − total variation)", Score, "Label shares with ten real bins for numbers and missing as a label of its own.", "product definition", Accuracy, Accuracy),
        Of("ks-complement", "KS complement", Score, "1 − largest distance of the distribution functions.", "Kolmogorov 1933; Smirnov 1948", (r, s) => NumericMetrics.KsComplement(r, s), null),
        Of("tv-complement", "TV complement", Score, "1 − total variation distance of the level shares.", "total variation distance", null, (r, s) => DiscreteMetrics.TotalVariationComplement(r.Codes, s.Codes, r.Levels.Count)),
        Of("wasserstein", "Wasserstein-1 / real sd", Distance, "Mean shift of values, in real standard deviations.", "Kantorovich 1942", (r, s) => NumericMetrics.WassersteinOverDeviation(r, s), null),
        Of("energy", "Energy distance", Distance, "√(2∫(F − G)²dx), in √ of the column's unit.", "Székely and Rizzo 2013", (r, s) => NumericMetrics.EnergyDistance(r, s), null),
        Of("jensen-shannon", "Jensen–Shannon distance", Distance with { Maximum = 1 }, "√ of the Jensen–Shannon divergence, base 2.", "Lin 1991",
            (r, s) => ColumnMetric.OnBins(r, s, (p, q) => HistogramDivergence.JensenShannonDistance(p, q)),
            (r, s) => ColumnMetric.OnShares(r, s, (p, q) => HistogramDivergence.JensenShannonDistance(p, q))),
        Of("hellinger", "Hellinger distance", Distance with { Maximum = 1 }, "√(½Σ(√p − √q)²).", "Hellinger 1909",
            (r, s) => ColumnMetric.OnBins(r, s, (p, q) => HistogramDivergence.Hellinger(p, q)),
            (r, s) => ColumnMetric.OnShares(r, s, (p, q) => HistogramDivergence.Hellinger(p, q))),
        Of("smd", "Standardised mean difference", new Measure { Id = "", Name = "", Direction = Direction.Ideal, Ideal = 0, Note = "beyond ±0.1 is worth a look" },
            "Mean difference in pooled standard deviations.", "Austin 2009", (r, s) => NumericMetrics.StandardisedMeanDifference(r, s), null),
        Of("mean-similarity", "Mean similarity", Score, "1 − |mean difference|/real range.", "statistic similarity", (r, s) => NumericMetrics.MeanSimilarity(r, s), null),
        Of("sd-similarity", "Standard deviation similarity", Score, "1 − |sd difference|/real range.", "statistic similarity", (r, s) => NumericMetrics.DeviationSimilarity(r, s), null),
        Of("median-similarity", "Median similarity", Score, "1 − |median difference|/real range.", "statistic similarity", (r, s) => NumericMetrics.MedianSimilarity(r, s), null),
        Of("ci-overlap", "Interval overlap of the mean", Score, "Overlap of the 95 % intervals of the mean.", "Karr et al. 2006", (r, s) => NumericMetrics.IntervalOverlap(r, s), null),
        Of("quantile-mse", "Quantile error", Distance, "Mean squared error of the shares between real deciles.", "quantile MSE", (r, s) => NumericMetrics.QuantileMse(r, s), null),
        Of("range-coverage", "Range coverage", Score, "Share of the real range that is reached.", "range coverage", (r, s) => NumericMetrics.RangeCoverage(r, s), null),
        Of("boundary-adherence", "Boundary adherence", Score, "Share of values inside the real range.", "boundary adherence", (r, s) => NumericMetrics.BoundaryAdherence(r, s), null),
        Of("category-coverage", "Category coverage", Score, "Share of the real levels that occur.", "category coverage", null, (r, s) => DiscreteMetrics.CategoryCoverage(r.Codes, s.Codes, r.Levels.Count)),
        Of("category-adherence", "Category adherence", Score, "Share of cells whose level occurs in the real column.", "category adherence", null, (r, s) => DiscreteMetrics.CategoryAdherence(r.Codes, s.Codes, r.Levels.Count)),
        Of("missing-similarity", "Missing-share similarity", Score, "1 − |difference of the missing shares|.", "missing-value similarity",
            (r, s) => NumericMetrics.MissingSimilarity(r.Count(double.IsNaN), r.Length, s.Count(double.IsNaN), s.Length),
            (r, s) => NumericMetrics.MissingSimilarity(r.MissingCount, r.Count, s.MissingCount, s.Count)),
    ];

    private static ColumnMetric Of(
        string name, string title, Measure shape, string summary, string paper, Func<double[], double[], double>? numeric, Func<DiscreteColumn, DiscreteColumn, double>? discrete) =>
        new(new Descriptor(name, title, "columns", summary, paper), shape with { Id = "fidelity.column." + name, Name = title }, numeric, discrete);

    private static double Accuracy(double[] real, double[] other)
    {
        RealBins bins = new(real);
        return real.Length == 0 || other.Length == 0 ? double.NaN : MarginalAccuracy.Of([new LabelledColumn("", bins.Count + 1, bins.Labels(real), bins.Labels(other))]).Accuracy;
    }

    private static double Accuracy(DiscreteColumn real, DiscreteColumn other) =>
        real.Count == 0 || other.Count == 0 ? double.NaN : MarginalAccuracy.Of([LabelledColumn.Of(real, other)]).Accuracy;
}
