using Lethe.Learning.Boosting;
using Lethe.Learning.Forests;
using Lethe.Learning.Linear;
using Lethe.Learning.Trees;

namespace Lethe.Evaluation.Metrics;

/// <summary>The registry of fidelity metrics. Adding one here puts it into reports, help texts and contract tests.</summary>
public static class FidelityMetrics
{
    /// <summary>All metrics, in the order of the report.</summary>
    public static IReadOnlyList<IMetric> All { get; } =
    [
        .. ColumnMetrics.All,
        new AccuracyMetric(),
        new AssociationMetric(),
        new CopulaMetric(),
        new SpectrumMetric(),
        new MmdMetric(),
        new TransportMetric(),
        new PrdcMetric(),
        new HoldoutCoverageMetric(),
        new AlphaPrecisionMetric(),
        new QualityMetric(),
        new TwoSampleMetric("logistic", "logistic regression", new LogisticRegression(), standardise: true, "Blind to dependence: never to be used alone."),
        new TwoSampleMetric("forest", "random forest", DetectionForest(), standardise: false, "200 trees, leaves of 2."),
        new TwoSampleMetric("boosting", "histogram boosting", new HistogramGradientBoostingClassifier(), standardise: false, ""),
        new PropensityMetric(),
        new PlausibilityMetric(),
        new NoveltyMetric(),
        new CloserToTrainMetric(),
    ];

    /// <summary>The forest of the two-sample test: 200 trees, at least two rows a leaf.</summary>
    public static RandomForestClassifier DetectionForest() =>
        new(new RandomForestOptions { Trees = 200, Tree = new DecisionTreeOptions { MinSamplesLeaf = 2 } });
}
