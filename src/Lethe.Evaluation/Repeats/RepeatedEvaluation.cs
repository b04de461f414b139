using Lethe.Data.Tables;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Utility;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Repeats;

/// <summary>
/// A generator over repeated stratified splits of one table: on each it learns from the training part, the release is scored, and the
/// differences are tested with the correction that overlapping splits need.
/// </summary>
public static class RepeatedEvaluation
{
    /// <summary>What the repeats found.</summary>
    /// <param name="Splits">Scores of each split, in order.</param>
    /// <param name="Means">Mean of every score with its standard deviation in the note; the area difference with the Nadeau–Bengio interval.</param>
    public sealed record Result(IReadOnlyList<ReleaseScores> Splits, IReadOnlyList<Measure> Means);

    /// <summary>Runs the design.</summary>
    /// <param name="data">The whole real table.</param>
    /// <param name="target">Target column, by which splits are stratified; null: plain random splits without utility.</param>
    /// <param name="synthesise">Learns from a training table and returns as many synthetic rows; gets the seed of the split.</param>
    /// <param name="seed">Decides splits and scores.</param>
    /// <param name="splits">Number of splits, 10 at least for a claim on fewer than 1 000 rows.</param>
    /// <param name="trainShare">Share of rows to learn from.</param>
    /// <param name="learners">Learners of the utility scores; null for the core ones.</param>
    /// <param name="progress">Told after every split; may be null.</param>
    /// <param name="cancellation">Stops between splits.</param>
    public static Result Run(
        Table data, string? target, Func<Table, Seed, Table> synthesise, Seed seed, int splits = 10, double trainShare = 0.7,
        IReadOnlyList<Learner>? learners = null, IProgress<EvaluationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(synthesise);
        int[] strata = Strata(data, target);
        List<ReleaseScores> scores = [];
        int trainRows = 0, testRows = 0;
        for (int k = 0; k < splits; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            Seed split = seed.Derive("split", k);
            (int[] train, int[] test) = StratifiedFolds.Split(strata, trainShare, split.Derive("rows"));
            (trainRows, testRows) = (train.Length, test.Length);
            Table r = data.Take(train), h = data.Take(test);
            scores.Add(ReleaseScores.Compute(r, h, synthesise(r, split.Derive("synthesis")), target, split.Derive("scores"), learners, null, cancellation));
            progress?.Report(new EvaluationProgress($"split {k + 1} of {splits}", (k + 1.0) / splits));
        }

        return new Result(scores, [.. Means(scores, trainRows, testRows)]);
    }

    /// <summary>The class of each row; missing targets are a class of their own, numbers are not stratified.</summary>
    private static int[] Strata(Table data, string? target) =>
        target is not null && data[target] is DiscreteColumn discrete ? discrete.Codes.ToArray() : new int[data.RowCount];

    private static IEnumerable<Measure> Means(List<ReleaseScores> scores, int trainRows, int testRows)
    {
        (string Id, string Name, Direction Direction, double? Ideal, Func<ReleaseScores, double?> Of)[] columns =
        [
            ("repeats.tstr-auc", "AUROC, trained on synthetic", Direction.Higher, 1, s => s.TstrAuc),
            ("repeats.trtr-auc", "AUROC, trained on real", Direction.Higher, 1, s => s.TrtrAuc),
            ("repeats.auc-difference", "AUROC difference", Direction.Ideal, 0, s => s.AucDifference),
            ("repeats.tstr-accuracy", "Accuracy, trained on synthetic", Direction.Higher, 1, s => s.TstrAccuracy),
            ("repeats.trtr-accuracy", "Accuracy, trained on real", Direction.Higher, 1, s => s.TrtrAccuracy),
            ("repeats.a1", "Univariate accuracy A1", Direction.Higher, 1, s => s.A1),
            ("repeats.a2", "Bivariate accuracy A2", Direction.Higher, 1, s => s.A2),
            ("repeats.a2-relative", "A2 relative to its maximum", Direction.Ideal, 1, s => s.A2Relative),
            ("repeats.quality-classic", "Quality score, all pairs", Direction.Higher, 1, s => s.QualityClassic),
            ("repeats.quality-thresholded", "Quality score, associated pairs only", Direction.Higher, 1, s => s.QualityThresholded),
            ("repeats.forest-detection", "Forest detection AUC", Direction.Ideal, 0.5, s => s.ForestDetection),
            ("repeats.coverage", "Coverage of holdout rows", Direction.Higher, 1, s => s.Coverage),
            ("repeats.closer-to-train", "Closer to training than to holdout rows", Direction.Ideal, 0.5, s => s.CloserToTrain),
            ("repeats.exact-copies", "Rows equal to a training row", Direction.Lower, 0, s => s.ExactCopies),
        ];
        foreach ((string id, string name, Direction direction, double? ideal, Func<ReleaseScores, double?> of) in columns)
        {
            double[] values = [.. scores.Select(of).Where(v => v is { } x && double.IsFinite(x)).Select(v => v!.Value)];
            Measure shape = new() { Id = id, Name = name, Direction = direction, Ideal = ideal, N = values.Length };
            Measure measure = Figures.Make(shape, values.Length == 0 ? double.NaN : Moments.Mean(values), "no split has it");
            if (values.Length > 1)
            {
                measure = measure with
                {
                    Interval = RepeatedScores.NadeauBengio(values, trainRows, testRows).Interval,
                    Note = FormattableString.Invariant($"standard deviation over {values.Length} splits {Moments.SampleDeviation(values):0.000}"),
                };
            }

            yield return measure;
        }
    }
}
