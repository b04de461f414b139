namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>The registry of benchmark scores.</summary>
public static class SeriesScores
{
    /// <summary>Those of the published tables, with the protocols' settings: discriminative (two widths), predictive (two variants), context-FID, correlational.</summary>
    public static IReadOnlyList<ISeriesScore> Published { get; } =
    [
        new DiscriminativeScore(),
        new DiscriminativeScore(DiscriminativeOptions.Wide),
        new PredictiveScore(),
        new PredictiveScore(new PredictiveOptions { Target = PredictiveTarget.AllFeatures }),
        new ContextFid(),
        new CorrelationalScore(),
    ];

    /// <summary>The cheap ones, without a network.</summary>
    public static IReadOnlyList<ISeriesScore> Closed { get; } =
    [
        new CorrelationalScore(),
        new MarginalDistributionDifference(),
        new AutocorrelationDifference(),
        ShapeDifference.Skewness,
        ShapeDifference.Kurtosis,
        new SequenceDiscrepancy(),
    ];

    /// <summary>All, each once.</summary>
    public static IReadOnlyList<ISeriesScore> All { get; } = [.. Published, .. Closed.Skip(1)];
}
