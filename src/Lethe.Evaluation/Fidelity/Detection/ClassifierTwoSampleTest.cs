using Lethe.Data.Tables;
using Lethe.Evaluation.Encoding;
using Lethe.Evaluation.Statistics;
using Lethe.Learning;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Fidelity.Detection;

/// <summary>
/// Can a classifier tell rows of the other table from real ones out of fold? Lopez-Paz and Oquab, "Revisiting classifier two-sample tests",
/// 2017. AUC 0.5 = not at all; well below 0.45 means copies of one row in different folds with opposite labels: memorised values.
/// </summary>
public sealed record ClassifierTwoSampleTest
{
    /// <summary>The usual number of folds.</summary>
    public const int DefaultFolds = 5;

    /// <summary>
    /// AUC below which copies are likely: a row and its copy in different folds carry opposite labels, which teaches a detector the wrong
    /// one. A bootstrap copy of clinical rows gave 0.27.
    /// </summary>
    public const double LikelyCopies = 0.45;

    /// <summary>Area under the ROC curve of all out-of-fold scores together.</summary>
    public required double PooledAuc { get; init; }

    /// <summary>DeLong interval of <see cref="PooledAuc"/> on the logit scale; null where undefined.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>Area under the ROC curve within each fold.</summary>
    public required IReadOnlyList<double> FoldAuc { get; init; }

    /// <summary>Share classified right at probability ½ within each fold.</summary>
    public required IReadOnlyList<double> FoldAccuracy { get; init; }

    /// <summary>Mean (p − share of other rows)² within each fold.</summary>
    public required IReadOnlyList<double> FoldPropensityError { get; init; }

    /// <summary>Mean of the shares of real and of other rows classified right, a row counting as other from its share of all rows on.</summary>
    public required double BalancedAccuracy { get; init; }

    /// <summary>Two-sided binomial p-value of the pooled accuracy against ½; NaN for tables of different size, where ½ is not chance.</summary>
    public required double AccuracyP { get; init; }

    /// <summary>Mean area under the ROC curve over folds.</summary>
    public double MeanAuc => FoldAuc.Average();

    /// <summary>Accuracy over all rows, folds weighted alike.</summary>
    public double Accuracy => FoldAccuracy.Average();

    /// <summary>1 − 4·mean out-of-fold propensity error, 1 is best.</summary>
    public double PropensityScore => 1 - (4 * FoldPropensityError.Average());

    /// <summary>1 − mean(2·max(½, AUC) − 1), as the common library scores detection; 1 is best.</summary>
    public double CompatibilityScore => 1 - FoldAuc.Average(auc => (2 * Math.Max(0.5, auc)) - 1);

    /// <summary>The test on two aligned tables: features one-hot, folds stratified by table.</summary>
    /// <param name="real">Real rows.</param>
    /// <param name="other">Other rows.</param>
    /// <param name="learner">The classifier.</param>
    /// <param name="standardise">Standardise features by the training folds (linear models).</param>
    /// <param name="seed">Decides folds and the learner's draws.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="cancellation">Stops between folds.</param>
    /// <returns>Null when a table has fewer rows than folds.</returns>
    public static ClassifierTwoSampleTest? Of(
        Table real, Table other, IClassifier learner, bool standardise, Seed seed, int folds = DefaultFolds, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(other);
        if (real.RowCount < folds || other.RowCount < folds)
            return null;
        Table pooled = real.Append(other);
        DesignMatrix x = FeatureEncoder.Fit(pooled, [.. pooled.Columns.Select(c => c.Name)]).Encode(pooled);
        int[] y = [.. Enumerable.Range(0, pooled.RowCount).Select(i => i < real.RowCount ? 0 : 1)];
        return Of(x, y, StratifiedFolds.Assign(y, folds, seed.Derive("folds")), learner, standardise, seed.Derive("learner"), cancellation);
    }

    /// <summary>The test with given features and folds.</summary>
    /// <param name="x">Features of all rows.</param>
    /// <param name="y">1 for rows of the other table, 0 for real ones.</param>
    /// <param name="fold">Fold of each row, 0 … F − 1.</param>
    /// <param name="learner">The classifier.</param>
    /// <param name="standardise">Standardise features by the training folds.</param>
    /// <param name="seed">Decides the learner's draws.</param>
    /// <param name="cancellation">Stops between folds.</param>
    public static ClassifierTwoSampleTest Of(
        DesignMatrix x, int[] y, int[] fold, IClassifier learner, bool standardise, Seed seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(fold);
        ArgumentNullException.ThrowIfNull(learner);
        double share = ProbabilityScores.Prevalence(y);
        double[] scores = new double[y.Length];
        List<double> auc = [], accuracy = [], error = [];
        int right = 0;
        for (int f = 0; f <= fold.Max(); f++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] train = [.. Enumerable.Range(0, y.Length).Where(i => fold[i] != f)], test = [.. Enumerable.Range(0, y.Length).Where(i => fold[i] == f)];
            DesignMatrix a = x.SelectRows(train), b = x.SelectRows(test);
            if (standardise)
            {
                StandardScaler scaler = StandardScaler.Fit(a);
                (a, b) = (scaler.Transform(a), scaler.Transform(b));
            }

            double[] p = learner.Fit(a, [.. train.Select(i => y[i])], 2, [], seed.Derive("fold", f), cancellation).PredictScore(b);
            int[] truth = [.. test.Select(i => y[i])];
            int correct = Enumerable.Range(0, p.Length).Count(i => (p[i] >= 0.5 ? 1 : 0) == truth[i]);
            right += correct;
            auc.Add(Ranking.Auc(truth, p));
            accuracy.Add((double)correct / p.Length);
            error.Add(p.Average(s => (s - share) * (s - share)));
            for (int i = 0; i < test.Length; i++)
                scores[test[i]] = p[i];
        }

        return new ClassifierTwoSampleTest
        {
            PooledAuc = Ranking.Auc(y, scores),
            Interval = DeLong.Interval(y, scores),
            FoldAuc = auc,
            FoldAccuracy = accuracy,
            FoldPropensityError = error,
            BalancedAccuracy = new ConfusionMatrix(y, [.. scores.Select(s => s >= share ? 1 : 0)], 2).BalancedAccuracy,
            AccuracyP = share == 0.5 ? ProportionInterval.SignTest(right, y.Length) : double.NaN,
        };
    }
}
