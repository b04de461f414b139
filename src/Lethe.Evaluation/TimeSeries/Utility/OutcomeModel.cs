using Lethe.Evaluation.TimeSeries.Clinical;
using Lethe.Learning;
using Lethe.Learning.Boosting;
using Lethe.Learning.Linear;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.TimeSeries.Utility;

/// <summary>A way of predicting a stay's outcome from its course.</summary>
/// <param name="Key">Short name for seeds.</param>
/// <param name="Name">Name for people.</param>
/// <param name="CountsInHeadline">False for models that answer another question.</param>
/// <param name="Repeats">Trainings with different seeds.</param>
/// <param name="Train">Stays, labels, seed → a function that gives the probability of label 1 for stays.</param>
internal sealed record OutcomeModel(
    string Key, string Name, bool CountsInHeadline, int Repeats, Func<StaySet, int[], Seed, CancellationToken, Func<StaySet, double[]>> Train)
{
    /// <summary>Logistic regression on summaries, standardised by the stays trained on; the published comparisons' first model.</summary>
    public static OutcomeModel Logistic { get; } = new("logistic", "logistic regression on summaries", true, 1, (set, labels, seed, cancellation) =>
    {
        DesignMatrix x = StaySummaries.Of(set);
        StandardScaler scaler = StandardScaler.Fit(x);
        IFittedClassifier model = ((IClassifier)new LogisticRegression()).Fit(StaySummaries.Filled(scaler.Transform(x)), labels, 2, [], seed, cancellation);
        return other => model.PredictScore(StaySummaries.Filled(scaler.Transform(StaySummaries.Of(other))));
    });

    /// <summary>Histogram gradient boosting on summaries, missing ones as they are.</summary>
    public static OutcomeModel Boosting { get; } = new("boosting", "gradient boosting on summaries", true, 1, (set, labels, seed, cancellation) =>
        Boosted(StaySummaries.Of, set, labels, seed, cancellation));

    /// <summary>Gradient boosting on what was observed alone: does the pattern of measurement carry the outcome as in real stays?</summary>
    public static OutcomeModel Masks { get; } = new("masks", "gradient boosting on observation alone", false, 1, (set, labels, seed, cancellation) =>
        Boosted(StaySummaries.OfMask, set, labels, seed, cancellation));

    /// <summary>The recurrent network on the grid.</summary>
    public static OutcomeModel Network(SeriesUtilityOptions options) => new("gru", "recurrent network (GRU) on the grid", true, options.Repeats, (set, labels, seed, cancellation) =>
    {
        SeriesNetwork model = SeriesNetwork.Train(set.Grid, labels, options.NetworkOptions, seed, cancellation);
        return other => model.Predict(other.Grid, cancellation);
    });

    private static Func<StaySet, double[]> Boosted(Func<StaySet, DesignMatrix> features, StaySet set, int[] labels, Seed seed, CancellationToken cancellation)
    {
        IFittedClassifier model = ((IClassifier)new HistogramGradientBoostingClassifier()).Fit(features(set), labels, 2, [], seed, cancellation);
        return other => model.PredictScore(features(other));
    }
}
