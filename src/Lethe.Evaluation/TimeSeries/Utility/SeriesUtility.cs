using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.TimeSeries.Clinical;
using Lethe.Evaluation.Utility;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Utility;

/// <summary>
/// Does a model that learnt a stay's outcome from synthetic stays work on real ones? Each learner is trained on real (TRTR) and on synthetic stays (TSTR)
/// and tested on the same real holdout; and trained on real, tested on synthetic (TRTS): Esteban, Hyland and Rätsch, "Real-valued (medical) time series
/// generation with recurrent conditional GANs", 2017. Intervals by stratified bootstrap of the test stays, paired between the two models; figures of
/// a learner trained several times are means over its trainings.
/// </summary>
internal sealed class SeriesUtility
{
    private const string OneClass = "the test stays have one outcome only";

    private readonly SeriesUtilityOptions _options;
    private readonly Seed _seed;
    private readonly CancellationToken _cancellation;
    private readonly Labelled _train, _holdout, _synthetic;

    private SeriesUtility(Labelled train, Labelled holdout, Labelled synthetic, SeriesUtilityOptions options, Seed seed, CancellationToken cancellation) =>
        (_train, _holdout, _synthetic, _options, _seed, _cancellation) = (train, holdout, synthetic, options, seed, cancellation);

    /// <summary>Evaluates; a section, or the reason why there is none.</summary>
    public static (UtilitySection? Section, string? NotComputedBecause) Evaluate(
        Cohort train, Cohort? holdout, Cohort synthetic, string? outcome, GridCodec codec, SeriesUtilityOptions options, Seed seed, Action<string, double>? report, CancellationToken cancellation)
    {
        if (holdout is not { Count: > 0 })
            return (null, "there is no real holdout to test on");
        if (outcome is null)
            return (null, "the cohort names no outcome");
        PredictionTask task = PredictionTask.Of(outcome, train.Statics, holdout.Statics);
        if (!task.IsBinary)
            return (null, $"the outcome '{outcome}' does not have exactly two values");
        Labelled real = Labelled.Of(train, task, codec), test = Labelled.Of(holdout, task, codec), other = Labelled.Of(synthetic, task, codec);
        if (!real.HasBoth || !test.HasBoth)
            return (null, $"the training or holdout stays have only one value of the outcome '{outcome}'");
        SeriesUtility utility = new(real, test, other, options, seed, cancellation);
        return (utility.Section(task, report), null);
    }

    private UtilitySection Section(PredictionTask task, Action<string, double>? report)
    {
        OutcomeModel[] models = [OutcomeModel.Logistic, OutcomeModel.Boosting, .. _options.Network ? [OutcomeModel.Network(_options)] : Array.Empty<OutcomeModel>(), OutcomeModel.Masks];
        List<(OutcomeModel Model, double[][] Tstr, double[][] Trtr)> runs = [];
        List<LearnerUtility> learners = [];
        for (int k = 0; k < models.Length; k++)
        {
            report?.Invoke(models[k].Name, (double)k / models.Length);
            double[][] trtr = new double[models[k].Repeats][], tstr = new double[models[k].Repeats][], trts = new double[models[k].Repeats][];
            for (int r = 0; r < trtr.Length; r++)
            {
                Seed seed = _seed.Derive(models[k].Key, r);
                Func<StaySet, double[]> real = models[k].Train(_train.Stays, _train.Labels, seed, _cancellation);
                (trtr[r], trts[r]) = (real(_holdout.Stays), _synthetic.Labels.Length == 0 ? [] : real(_synthetic.Stays));
                tstr[r] = _synthetic.HasBoth ? models[k].Train(_synthetic.Stays, _synthetic.Labels, seed, _cancellation)(_holdout.Stays) : Uninformed();
            }

            runs.Add((models[k], tstr, trtr));
            learners.Add(Learner(models[k], tstr, trtr, trts));
        }

        return new UtilitySection
        {
            Target = task.Target,
            Positive = task.Classes[1],
            Design = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"Each learner predicts the outcome of a stay from its course on the grid; trained on {_train.Labels.Length} real or {_synthetic.Labels.Length} synthetic stays, tested on {_holdout.Labels.Length} real holdout stays ({_holdout.Labels.Sum()} with the outcome). {(_options.Network ? $"The recurrent network is trained {_options.Repeats} times with different seeds; its figures are means. " : "")}Intervals by stratified bootstrap of the holdout."),
            Headline = [.. Headline([.. runs.Where(r => r.Model.CountsInHeadline)])],
            Learners = learners,
            Notes = _synthetic.HasBoth ? [] : ["The synthetic stays have one value of the outcome only: models trained on them know nothing and predict one half."],
        };
    }

    private LearnerUtility Learner(OutcomeModel model, double[][] tstr, double[][] trtr, double[][] trts)
    {
        int[] truth = _holdout.Labels;
        double[] Statistics(int[] rows) => [.. Three(truth, tstr, rows), .. Three(truth, trtr, rows), Auc(truth, tstr, rows) - Auc(truth, trtr, rows)];
        double[] value = Statistics([.. Enumerable.Range(0, truth.Length)]);
        Interval?[] interval = Bootstrap.Percentiles(truth, truth.Length, Statistics, _seed.Derive("resamples"), _options.Resamples);
        List<Measure> measures =
        [
            Beside(Figures.Score("utility.auroc", "AUROC", value[0], OneClass), 0),
            Beside(Figures.Score("utility.average-precision", "Average precision (AUPRC)", value[1], OneClass, note: FormattableString.Invariant($"{(double)truth.Sum() / truth.Length:0.000} by chance")), 1),
            Beside(Figures.Distance("utility.brier", "Brier score", value[2], OneClass, maximum: 1), 2),
            Figures.Near("utility.auroc-difference", "AUROC, trained on synthetic minus trained on real", value[6], 0, OneClass, -1, 1) with { Interval = interval[6], N = truth.Length },
        ];
        if (trts[0].Length > 0)
        {
            int[] other = _synthetic.Labels;
            double[] Both(int[] rows) => Three(other, trts, rows);
            double[] own = Both([.. Enumerable.Range(0, other.Length)]);
            Interval?[] intervals = _synthetic.HasBoth ? Bootstrap.Percentiles(other, other.Length, Both, _seed.Derive("trts-resamples"), _options.Resamples) : new Interval?[3];
            measures.Add(Figures.Score("utility.trts.auroc", "AUROC, train real, test synthetic", own[0], "the synthetic stays have one outcome only") with { Interval = intervals[0], Reference = value[3], ReferenceName = "trained and tested on real", N = other.Length });
            measures.Add(Figures.Score("utility.trts.average-precision", "Average precision, train real, test synthetic", own[1], "the synthetic stays have one outcome only") with { Interval = intervals[1], N = other.Length });
        }

        return new LearnerUtility { Learner = model.Name, Measures = measures, Roc = [Curve("TSTR", tstr[0]), Curve("TRTR", trtr[0])] };

        Measure Beside(Measure m, int k) => m with
        {
            Interval = interval[k],
            Reference = double.IsNaN(value[3 + k]) ? null : value[3 + k],
            ReferenceInterval = interval[3 + k],
            ReferenceName = Comparisons.Reference,
            N = truth.Length,
        };

        Series Curve(string name, double[] scores)
        {
            RocCurve roc = RocCurve.Of(truth, scores);
            return new Series(name, roc.FalsePositiveRate, roc.TruePositiveRate);
        }
    }

    private IEnumerable<Measure> Headline(IReadOnlyList<(OutcomeModel Model, double[][] Tstr, double[][] Trtr)> runs)
    {
        int[] truth = _holdout.Labels;
        double[] Means(int[] rows)
        {
            double s = runs.Average(r => Auc(truth, r.Tstr, rows)), t = runs.Average(r => Auc(truth, r.Trtr, rows));
            return [s, t, s - t];
        }

        double[] value = Means([.. Enumerable.Range(0, truth.Length)]);
        Interval?[] interval = Bootstrap.Percentiles(truth, truth.Length, Means, _seed.Derive("headline"), _options.Resamples);
        yield return Figures.Score("utility.mean-auroc", "AUROC, mean over learners", value[0], OneClass) with
        {
            Interval = interval[0],
            Reference = value[1],
            ReferenceInterval = interval[1],
            ReferenceName = Comparisons.Reference,
            N = truth.Length,
        };
        yield return Figures.Near("utility.mean-auroc-difference", "AUROC difference, trained on synthetic minus trained on real", value[2], 0, OneClass, -1, 1) with { Interval = interval[2], N = truth.Length };
    }

    private double[] Uninformed()
    {
        double[] half = new double[_holdout.Labels.Length];
        Array.Fill(half, 0.5);
        return half;
    }

    private static double Auc(int[] truth, double[][] scores, int[] rows) => Three(truth, scores, rows)[0];

    /// <summary>AUROC, average precision and Brier score of these stays, means over trainings.</summary>
    private static double[] Three(int[] truth, double[][] scores, int[] rows)
    {
        double[] sums = new double[3];
        int[] y = [.. rows.Select(i => truth[i])];
        foreach (double[] run in scores)
        {
            double[] p = [.. rows.Select(i => run[i])];
            sums[0] += Ranking.Auc(y, p) / scores.Length;
            sums[1] += Ranking.AveragePrecision(y, p) / scores.Length;
            sums[2] += ProbabilityScores.Brier(y, p) / scores.Length;
        }

        return sums;
    }

    /// <summary>Stays whose outcome is known, with their labels.</summary>
    private sealed record Labelled(StaySet Stays, int[] Labels)
    {
        public bool HasBoth => Labels.Contains(0) && Labels.Contains(1);

        public static Labelled Of(Cohort cohort, PredictionTask task, GridCodec codec)
        {
            int[] labels = task.Labels(cohort.Statics);
            int[] known = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] >= 0)];
            return new Labelled(StaySet.Of(known.Length == labels.Length ? cohort : cohort.Take(known), codec), [.. known.Select(i => labels[i])]);
        }
    }
}
