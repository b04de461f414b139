using Lethe.Data.Distances;
using Lethe.Data.Tables;
using Lethe.Evaluation.Compatibility;
using Lethe.Evaluation.Fidelity.Accuracy;
using Lethe.Evaluation.Fidelity.Detection;
using Lethe.Evaluation.Fidelity.Joint;
using Lethe.Evaluation.Fidelity.Novelty;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Tables;
using Lethe.Evaluation.Utility;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Repeats;

/// <summary>
/// The dozen figures by which generators are compared on one split: cheap enough to repeat, and none of them can be won by copying or by
/// matching margins alone.
/// </summary>
public sealed record ReleaseScores
{
    /// <summary>Mean area under the ROC curve over learners, trained on synthetic and tested on the holdout; null without a classification target.</summary>
    public double? TstrAuc { get; init; }

    /// <summary>The same trained on real.</summary>
    public double? TrtrAuc { get; init; }

    /// <summary>Mean accuracy over learners, trained on synthetic.</summary>
    public double? TstrAccuracy { get; init; }

    /// <summary>Mean accuracy over learners, trained on real.</summary>
    public double? TrtrAccuracy { get; init; }

    /// <summary>Mean over columns of 1 − total variation, training against synthetic rows.</summary>
    public required double A1 { get; init; }

    /// <summary>Mean over pairs of columns.</summary>
    public required double A2 { get; init; }

    /// <summary>A2 over its expected maximum; well above 1 signals copying.</summary>
    public required double A2Relative { get; init; }

    /// <summary>The common library's quality score, all pairs.</summary>
    public required double QualityClassic { get; init; }

    /// <summary>The common library's quality score, associated pairs only.</summary>
    public required double QualityThresholded { get; init; }

    /// <summary>Out-of-fold detection by a forest of 200 trees, 0.5 ideal; NaN when a table is too small.</summary>
    public required double ForestDetection { get; init; }

    /// <summary>Share of holdout rows covered by synthetic rows, k = 5, Gower's distance; NaN when a table is too small.</summary>
    public required double Coverage { get; init; }

    /// <summary>Share of synthetic rows closer to training rows than to equally many holdout rows, 0.5 ideal.</summary>
    public required double CloserToTrain { get; init; }

    /// <summary>Share of synthetic rows equal to a training row.</summary>
    public required double ExactCopies { get; init; }

    /// <summary>TSTR − TRTR area, null without a classification target.</summary>
    public double? AucDifference => TstrAuc - TrtrAuc;

    /// <summary>Computes the scores.</summary>
    /// <param name="train">Real rows that the generator saw.</param>
    /// <param name="holdout">Real rows that it never saw.</param>
    /// <param name="synthetic">Synthetic rows.</param>
    /// <param name="target">Target column; null or a numeric one: no utility scores.</param>
    /// <param name="seed">Decides folds, subsamples and learners' draws.</param>
    /// <param name="learners">Learners of the utility scores; null for the three core ones.</param>
    /// <param name="limits">Most rows that costly scores look at.</param>
    /// <param name="cancellation">Stops between scores.</param>
    public static ReleaseScores Compute(
        Table train, Table holdout, Table synthetic, string? target, Seed seed,
        IReadOnlyList<Learner>? learners = null, RowLimits? limits = null, CancellationToken cancellation = default)
    {
        limits ??= new RowLimits();
        Table[] tables = TableAlignment.Align(train, synthetic, holdout);
        (Table r, Table s, Table h) = (tables[0], tables[1], tables[2]);
        TablePair pair = new(r, s, seed.Derive("scores")), margins = pair.Limit(limits.Margins), detection = pair.Limit(limits.Learners);
        MarginalAccuracy.Result a1 = MarginalAccuracy.Univariate(margins.Labels), a2 = MarginalAccuracy.Bivariate(margins.Labels);
        ClassifierTwoSampleTest? forest = ClassifierTwoSampleTest.Of(
            detection.Real, detection.Other, FidelityMetrics.DetectionForest(), standardise: false, seed.Derive("detection"), cancellation: cancellation);
        Table few = TablePair.Cut(s, limits.Neighbours, seed.Derive("few-synthetic")), fewHoldout = TablePair.Cut(h, limits.Neighbours, seed.Derive("few-holdout"));
        ReleaseScores scores = new()
        {
            A1 = a1.Accuracy,
            A2 = a2.Accuracy,
            A2Relative = a2.Relative,
            QualityClassic = QualityReport.Of(margins.Real, margins.Other, QualityMode.Classic, seed).Overall,
            QualityThresholded = QualityReport.Of(margins.Real, margins.Other, QualityMode.Thresholded, seed).Overall,
            ForestDetection = forest?.PooledAuc ?? double.NaN,
            Coverage = Prdc.Of(RowDistances.Gower(fewHoldout, few, new MixedDistance(r))).Coverage,
            CloserToTrain = RowNovelty.CloserToTrain(r, h, few, seed.Derive("closer"), cancellation).Share,
            ExactCopies = s.RowCount == 0 ? double.NaN : (double)RowNovelty.Identical(r, s) / s.RowCount,
        };
        return target is null ? scores : scores.WithUtility(r, s, h, target, seed.Derive("utility"), learners ?? Learner.Core, limits, cancellation);
    }

    private ReleaseScores WithUtility(
        Table train, Table synthetic, Table holdout, string target, Seed seed, IReadOnlyList<Learner> learners, RowLimits limits, CancellationToken cancellation)
    {
        PredictionTask task = PredictionTask.Of(target, train, holdout);
        if (task.IsRegression)
            return this;
        Table r = TablePair.Cut(task.Labelled(train), limits.Learners, seed.Derive("train")), h = TablePair.Cut(task.Labelled(holdout), limits.Learners, seed.Derive("holdout"));
        Table s = TablePair.Cut(task.Labelled(synthetic), limits.Learners, seed.Derive("synthetic"));
        (double Auc, double Accuracy) trtr = Means(r), tstr = Means(s);
        return this with { TrtrAuc = trtr.Auc, TrtrAccuracy = trtr.Accuracy, TstrAuc = tstr.Auc, TstrAccuracy = tstr.Accuracy };

        (double Auc, double Accuracy) Means(Table table)
        {
            double auc = 0, accuracy = 0;
            int[] truth = task.Labels(h);
            foreach (Learner learner in learners)
            {
                double[]? p = TrainedClassifier.Train(learner, task, table, seed.Derive(learner.Key), cancellation)?.Probabilities(h);
                Predictions predictions = new(truth, p ?? Equal(truth.Length), task.Classes.Count);
                auc += predictions.Auc / learners.Count;
                accuracy += predictions.Confusion.Accuracy / learners.Count;
            }

            return (auc, accuracy);
        }

        double[] Equal(int rows)
        {
            double[] p = new double[rows * task.Classes.Count];
            Array.Fill(p, 1.0 / task.Classes.Count);
            return p;
        }
    }
}
