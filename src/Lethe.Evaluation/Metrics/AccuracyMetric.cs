using Lethe.Evaluation.Fidelity.Accuracy;
using Lethe.Evaluation.Tables;
using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>A1, A2, A3 and their ratio to what sampling noise allows.</summary>
internal sealed class AccuracyMetric() : PairMetric(
    new Descriptor(
        "accuracy", "Accuracy of margins", "margins",
        "1 − total variation distance of columns (A1), pairs (A2) and triples (A3), with the value that sampling noise allows.",
        "product definition; after Platzer and Reutterer, Holdout-based empirical assessment of mixed-type synthetic data, 2021"),
    MetricPlace.Overall, banded: true)
{
    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        TablePair limited = pair.Limit(input.Limits.Margins);
        (string Key, string Name, Func<MarginalAccuracy.Result> Of)[] parts =
        [
            ("a1", "Univariate accuracy A1", () => MarginalAccuracy.Univariate(limited.Labels)),
            ("a2", "Bivariate accuracy A2", () => MarginalAccuracy.Bivariate(limited.Labels)),
            ("a3", "Trivariate accuracy A3", () => MarginalAccuracy.Trivariate(limited.Labels, input.Seed)),
        ];
        bool empty = limited.Real.RowCount == 0 || limited.Other.RowCount == 0;
        foreach ((string key, string name, Func<MarginalAccuracy.Result> of) in parts)
        {
            input.Cancellation.ThrowIfCancellationRequested();
            MarginalAccuracy.Result a = empty ? new MarginalAccuracy.Result(double.NaN, double.NaN, 0) : of();
            const string Undefined = "there are too few columns, or a table has no rows";
            yield return Figures.Score("fidelity." + key, name, a.Accuracy, Undefined) with
            {
                N = a.Margins,
                Note = a.Margins == 0 ? null : FormattableString.Invariant($"a fresh real sample of this size would reach about {a.ExpectedMaximum:0.000}"),
            };
            yield return Figures.Near(
                $"fidelity.{key}-relative", $"{key.ToUpperInvariant()} relative to its expected maximum", a.Relative, 1, Undefined, minimum: 0,
                note: "about 1 for a fresh real sample; well above 1 signals copying");
        }
    }
}
