namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>The registry of clinical figures of cohorts. Adding one here puts it into reports.</summary>
internal static class StayMetrics
{
    /// <summary>All, in the order of the report.</summary>
    public static IReadOnlyList<StayMetric> All { get; } =
    [
        new MarginalMetric(),
        new CorrelationMetric(),
        new MissingnessMetric(),
        new TransitionMetric(),
        new TrajectoryShapeMetric(),
        new RangeMetric(),
    ];
}
