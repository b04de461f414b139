using Lethe.Evaluation.Compatibility;
using Lethe.Evaluation.Tables;
using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>The common library's aggregate scores, for comparison with published numbers.</summary>
internal sealed class QualityMetric() : PairMetric(
    new Descriptor(
        "quality-score", "Quality score (compatible)", "compatibility",
        "Column shapes and pair trends as the common synthetic-data library computes them, all pairs and thresholded; must not rank generators.",
        "SDMetrics quality and diagnostic reports"),
    MetricPlace.Overall)
{
    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        TablePair limited = pair.Limit(input.Limits.Margins);
        if (limited.Real.RowCount == 0 || limited.Other.RowCount == 0)
            yield break;
        QualityReport classic = QualityReport.Of(limited.Real, limited.Other, QualityMode.Classic, input.Seed);
        QualityReport thresholded = QualityReport.Of(limited.Real, limited.Other, QualityMode.Thresholded, input.Seed);
        double validity = QualityReport.Validity(limited.Real, limited.Other).Select(s => s.Score ?? 0).DefaultIfEmpty(double.NaN).Average();
        const string Saturates = "compatibility figure; saturates (independent columns reach about 0.90) and must not rank generators";
        const string Undefined = "no column or pair has a score";
        yield return Figures.Score("fidelity.quality-classic", "Quality score, all pairs", classic.Overall, Undefined, note: Saturates);
        yield return Figures.Score("fidelity.quality-thresholded", "Quality score, associated pairs only", thresholded.Overall, Undefined, note: Saturates);
        yield return Figures.Score("fidelity.column-shapes", "Column shapes", classic.ColumnShapes, Undefined);
        yield return Figures.Score("fidelity.column-pair-trends", "Column pair trends", classic.ColumnPairTrends, Undefined);
        yield return Figures.Score("fidelity.validity", "Validity", validity, Undefined, note: "mean of boundary and category adherence");
    }
}
