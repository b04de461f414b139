using Lethe.Evaluation.Fidelity.Detection;
using Lethe.Evaluation.Tables;
using Lethe.Learning;
using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>Out-of-fold detection by one learner.</summary>
internal sealed class TwoSampleMetric(string key, string title, IClassifier learner, bool standardise, string weakness) : PairMetric(
    new Descriptor($"c2st-{key}", $"Detection by {title}", "detection", $"Out-of-fold area under the ROC curve of {title} telling synthetic from real rows. {weakness}", "Lopez-Paz and Oquab, Revisiting classifier two-sample tests, 2017"),
    MetricPlace.Detection)
{
    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        TablePair limited = pair.Limit(input.Limits.Learners);
        ClassifierTwoSampleTest? test = limited.Real.Columns.Count == 0
            ? null
            : ClassifierTwoSampleTest.Of(limited.Real, limited.Other, learner, standardise, input.Seed.Derive("c2st-" + key), cancellation: input.Cancellation);
        string undefined = $"a table has fewer than {ClassifierTwoSampleTest.DefaultFolds} rows";
        yield return Figures.Near($"fidelity.c2st-{key}", $"Detection AUC, {title}", test?.PooledAuc ?? double.NaN, 0.5, undefined, 0, 1) with
        {
            Interval = test?.Interval,
            N = limited.Real.RowCount + limited.Other.RowCount,
            Note = test?.PooledAuc < ClassifierTwoSampleTest.LikelyCopies ? "below 0.45: copies of real rows or values may lie in different folds" : null,
        };
        yield return Figures.Near($"fidelity.c2st-{key}-accuracy", $"Detection accuracy (balanced), {title}", test?.BalancedAccuracy ?? double.NaN, 0.5, undefined, 0, 1) with
        {
            Note = test is null || double.IsNaN(test.AccuracyP) ? null
                : test.AccuracyP < 0.001 ? "binomial p-value against chance below 0.001"
                : FormattableString.Invariant($"binomial p-value against chance {test.AccuracyP:0.000}"),
        };
    }
}

/// <summary>Propensity scores of a logistic model.</summary>
internal sealed class PropensityMetric() : PairMetric(
    new Descriptor("propensity", "Propensity score utility", "detection", "pMSE of a logistic model of main effects with its null expectation, SPECKS and PO50.", "Snoke et al., General and specific utility measures for synthetic data, 2018"),
    MetricPlace.Detection)
{
    protected override IEnumerable<Measure> Compute(TablePair pair, MetricInput input)
    {
        TablePair limited = pair.Limit(input.Limits.Learners);
        bool possible = limited.Real.RowCount > 1 && limited.Other.RowCount > 1 && limited.Real.Columns.Count > 0;
        Propensity? p = possible ? Propensity.Of(limited.Real, limited.Other) : null;
        if (p is { Columns.Count: 0 })
            p = null;
        const string Undefined = "a table has fewer than two rows, or all columns are constant";
        string? separating = p is { Separating.Count: > 0 } ? "levels or missing cells on one side only: " + string.Join(", ", p.Separating) : null;
        yield return Figures.Near("fidelity.pmse-ratio", "pMSE ratio", p?.Ratio ?? double.NaN, 1, Undefined, minimum: 0, note: separating ?? "below 3 is good, above 10 poor");
        yield return Figures.Plain("fidelity.pmse-standardised", "Standardised pMSE", p?.Standardised ?? double.NaN, Undefined);
        yield return Figures.Distance("fidelity.specks", "SPECKS", p?.Specks ?? double.NaN, Undefined, maximum: 1, note: "distance of the propensity scores of both tables");
        yield return Figures.Distance("fidelity.po50", "PO50 (percentage points)", p?.Po50 ?? double.NaN, Undefined) with { Minimum = -50, Maximum = 50 };
    }
}
