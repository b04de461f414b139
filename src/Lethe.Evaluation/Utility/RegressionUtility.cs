using Lethe.Data.Tables;
using Lethe.Evaluation.Encoding;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Learning;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Utility;

/// <summary>One learner on a numeric target: train on synthetic against train on real, tested on the holdout.</summary>
internal static class RegressionUtility
{
    private const string NoRows = "the test table has no rows";

    private static readonly (string Key, string Name, Direction Direction, double Ideal, double? Maximum, Func<double[], double[], double> Of)[] Errors =
    [
        ("r2", "R²", Direction.Higher, 1, 1, (y, p) => RegressionScores.R2(y, p)),
        ("rmse", "Root mean squared error", Direction.Lower, 0, null, (y, p) => RegressionScores.RootMeanSquaredError(y, p)),
        ("mae", "Mean absolute error", Direction.Lower, 0, null, (y, p) => RegressionScores.MeanAbsoluteError(y, p)),
        ("median-ae", "Median absolute error", Direction.Lower, 0, null, (y, p) => RegressionScores.MedianAbsoluteError(y, p)),
        ("explained-variance", "Explained variance", Direction.Higher, 1, 1, (y, p) => RegressionScores.ExplainedVariance(y, p)),
        ("mape", "Mean absolute percentage error", Direction.Lower, 0, null, (y, p) => RegressionScores.MeanAbsolutePercentageError(y, p)),
    ];

    /// <summary>The learner's part of the report, with the predictions of both models on the holdout.</summary>
    public static (LearnerUtility Section, double[] Truth, double[] Tstr, double[] Trtr) Evaluate(
        Learner learner, PredictionTask task, Table train, Table synthetic, Table holdout, int resamples, Seed seed, CancellationToken cancellation)
    {
        Table r = task.Labelled(train), s = task.Labelled(synthetic), h = task.Labelled(holdout);
        double[] truth = task.Values(h);
        double[] trtr = Predict(learner, task, r, h, seed.Derive("fit"), cancellation), tstr = Predict(learner, task, s, h, seed.Derive("fit"), cancellation);
        Seed resampling = seed.Derive("resamples");
        return (new LearnerUtility
        {
            Learner = learner.NameFor(regression: true),
            Measures = [.. Comparisons.Beside(Figure(truth, tstr, resampling, resamples), Figure(truth, trtr, resampling, resamples))],
        }, truth, tstr, trtr);
    }

    /// <summary>Figures of one model with bootstrap intervals.</summary>
    private static Measure[] Figure(double[] truth, double[] predicted, Seed seed, int resamples)
    {
        Interval?[] intervals = truth.Length < 2 ? new Interval?[Errors.Length] : Bootstrap.Percentiles(
            [], truth.Length, rows =>
            {
                double[] y = [.. rows.Select(i => truth[i])], p = [.. rows.Select(i => predicted[i])];
                return [.. Errors.Select(e => e.Of(y, p))];
            },
            seed,
            resamples);
        return [.. Errors.Select((e, k) => Figures.Make(
            new Measure { Id = "utility." + e.Key, Name = e.Name, Direction = e.Direction, Ideal = e.Ideal, Maximum = e.Maximum, Minimum = e.Direction == Direction.Lower ? 0 : null, N = truth.Length },
            truth.Length == 0 ? double.NaN : e.Of(truth, predicted), NoRows) with { Interval = intervals[k] })];
    }

    private static double[] Predict(Learner learner, PredictionTask task, Table train, Table test, Seed seed, CancellationToken cancellation)
    {
        if (train.RowCount == 0)
            return new double[test.RowCount];
        FeatureEncoder encoder = FeatureEncoder.Fit(train, task.Features);
        DesignMatrix x = encoder.Encode(train), z = encoder.Encode(test);
        if (learner.Standardise)
        {
            StandardScaler scaler = StandardScaler.Fit(x);
            (x, z) = (scaler.Transform(x), scaler.Transform(z));
        }

        return learner.Regressor!.Fit(x, task.Values(train), [], seed, cancellation).Predict(z);
    }
}
