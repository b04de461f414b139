using Lethe.Data.Tables;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Utility;

/// <summary>One learner on a classification task: all designs, curves and reports.</summary>
internal sealed class ClassificationUtility
{
    private readonly PredictionTask _task;
    private readonly Table _train;
    private readonly Table _synthetic;
    private readonly Table _holdout;
    private readonly UtilityOptions _options;
    private readonly Seed _seed;

    public ClassificationUtility(PredictionTask task, Table train, Table synthetic, Table holdout, UtilityOptions options, Seed seed)
    {
        (_task, _train, _synthetic, _holdout, _options, _seed) = (task, task.Labelled(train), task.Labelled(synthetic), task.Labelled(holdout), options, seed);
        Resamples = options.ResamplesFor(_holdout.RowCount);
    }

    /// <summary>Bootstrap resamples that the size of the holdout allows.</summary>
    public int Resamples { get; }

    /// <summary>What one learner found.</summary>
    /// <param name="Section">Its part of the report.</param>
    /// <param name="Real">The model trained on real rows.</param>
    /// <param name="Synthetic">The model trained on synthetic rows; null without such rows.</param>
    /// <param name="Trtr">Predictions on the holdout of the model trained on real rows.</param>
    /// <param name="Tstr">The same of the model trained on synthetic rows.</param>
    public sealed record Outcome(LearnerUtility Section, TrainedClassifier Real, TrainedClassifier? Synthetic, Predictions Trtr, Predictions Tstr);

    public Outcome Evaluate(Learner learner, CancellationToken cancellation)
    {
        Seed seed = _seed.Derive(learner.Key);
        TrainedClassifier real = TrainedClassifier.Train(learner, _task, _train, seed.Derive("fit"), cancellation)
            ?? throw new ArgumentException($"No training row has a value of the target '{_task.Target}'. Choose another target or fill it in.");
        TrainedClassifier? synthetic = TrainedClassifier.Train(learner, _task, _synthetic, seed.Derive("fit"), cancellation);
        Predictions trtr = Predict(real, _holdout), tstr = synthetic is null ? Uninformed(_holdout) : Predict(synthetic, _holdout);
        Seed resampling = seed.Derive("resamples");
        List<Measure> measures = [.. Comparisons.Beside(ClassificationFigures.Of(tstr, resampling, Resamples), ClassificationFigures.Of(trtr, resampling, Resamples))];
        measures.AddRange(Differences(tstr, trtr));
        measures.AddRange(Thresholds(learner, real, synthetic, tstr, trtr));
        measures.AddRange(Recalibrated(tstr, trtr, seed));
        if (_options.OtherDesigns)
            measures.AddRange(OtherDesigns(learner, real, trtr, seed, cancellation));
        LearnerUtility section = new()
        {
            Learner = learner.Name,
            Measures = measures,
            Tstr = ClassificationReports.Of(tstr.Confusion, _task.Classes),
            Trtr = ClassificationReports.Of(trtr.Confusion, _task.Classes),
            Roc = Roc(tstr, trtr),
            Calibration = Reliability(tstr, trtr),
        };
        return new Outcome(section, real, synthetic, trtr, tstr);
    }

    private Predictions Predict(TrainedClassifier model, Table table) => new(_task.Labels(table), model.Probabilities(table), _task.Classes.Count);

    /// <summary>Without a synthetic row to train on every class is equally probable.</summary>
    private Predictions Uninformed(Table table)
    {
        double[] equal = new double[table.RowCount * _task.Classes.Count];
        Array.Fill(equal, 1.0 / _task.Classes.Count);
        return new Predictions(_task.Labels(table), equal, _task.Classes.Count);
    }

    private IEnumerable<Measure> Differences(Predictions tstr, Predictions trtr)
    {
        double difference = tstr.Auc - trtr.Auc;
        Measure auc = Figures.Near("utility.auroc-difference", "AUROC, trained on synthetic minus trained on real", difference, 0, "the test table holds a single class", -1, 1);
        yield return double.IsNaN(difference) || !_task.IsBinary ? auc : auc with { Interval = DeLong.Compare(tstr.Truth, tstr.Positive, trtr.Positive).Interval };
        yield return Figures.Plain("utility.auroc-ratio", "AUROC, trained on synthetic over trained on real", tstr.Auc / trtr.Auc, "the test table holds a single class");
    }

    /// <summary>Accuracy at the threshold that maximises Youden's index on the table trained on.</summary>
    private IEnumerable<Measure> Thresholds(Learner learner, TrainedClassifier real, TrainedClassifier? synthetic, Predictions tstr, Predictions trtr)
    {
        if (!_task.IsBinary)
            yield break;
        double Accuracy(TrainedClassifier? model, Table trained, Predictions test)
        {
            if (model is null || model.Labels.Distinct().Count() < 2 || test.Truth.Length == 0)
                return double.NaN;
            Predictions own = Predict(model, trained);
            double threshold = RocCurve.Of(own.Truth, own.Positive).YoudenThreshold;
            double[] p = test.Positive;
            return (double)Enumerable.Range(0, p.Length).Count(i => (p[i] >= threshold ? 1 : 0) == test.Truth[i]) / p.Length;
        }

        double reference = Accuracy(real, _train, trtr);
        yield return Figures.Score(
            "utility.accuracy-youden", "Accuracy at Youden's threshold of the training table", Accuracy(synthetic, _synthetic, tstr), $"the table that {learner.Name} was trained on holds a single class") with
        {
            Reference = double.IsNaN(reference) ? null : reference,
            ReferenceName = Comparisons.Reference,
        };
    }

    /// <summary>
    /// Brier score on 80 % of the holdout after logistic recalibration on the other 20 %: when that repairs the model trained on synthetic
    /// rows, they are wrong in prevalence or scale only.
    /// </summary>
    private IEnumerable<Measure> Recalibrated(Predictions tstr, Predictions trtr, Seed seed)
    {
        if (!_task.IsBinary || tstr.Truth.Length < 25)
            yield break;
        (int[] fit, int[] test) = StratifiedFolds.Split(tstr.Truth, 0.2, seed.Derive("recalibration"));
        double before = Brier(tstr, test), after = After(tstr), reference = After(trtr);
        yield return Figures.Distance("utility.brier-recalibrated", "Brier score after recalibration on 20 % of the holdout", after, "the recalibration has no finite solution", maximum: 1,
            note: FormattableString.Invariant($"before, on the same rows: {before:0.000}")) with
        {
            Reference = double.IsNaN(reference) ? null : reference,
            ReferenceName = Comparisons.Reference,
        };

        double After(Predictions p)
        {
            Predictions some = p.Take(fit);
            Calibration.Line line = Calibration.RecalibrationLine(some.Truth, some.Positive);
            Predictions rest = p.Take(test);
            return double.IsNaN(line.Slope) ? double.NaN : ProbabilityScores.Brier(rest.Truth, [.. rest.Positive.Select(v => Calibration.Apply(line, v))]);
        }

        static double Brier(Predictions p, int[] rows)
        {
            Predictions taken = p.Take(rows);
            return ProbabilityScores.Brier(taken.Truth, taken.Positive);
        }
    }

    private IEnumerable<Measure> OtherDesigns(Learner learner, TrainedClassifier real, Predictions trtr, Seed seed, CancellationToken cancellation)
    {
        if (_synthetic.RowCount == 0)
            yield break;
        foreach (Measure m in Design("trts", "train real, test synthetic", Predict(real, _synthetic), null))
            yield return m;

        (int[] train, int[] test) = StratifiedFolds.Split(_task.Labels(_synthetic), 0.7, seed.Derive("tsts"));
        if (test.Length > 0 && TrainedClassifier.Train(learner, _task, _synthetic.Take(train), seed.Derive("tsts-fit"), cancellation) is { } own)
        {
            foreach (Measure m in Design("tsts", "train synthetic, test synthetic", Predict(own, _synthetic.Take(test)), "inflated by collapse; never a headline"))
                yield return m;
        }

        TrainedClassifier both = TrainedClassifier.Train(learner, _task, _train.Append(_synthetic), seed.Derive("augmented-fit"), cancellation)!;
        foreach (Measure m in Design("augmented", "train real and synthetic, test real", Predict(both, _holdout), "against real alone"))
            yield return m with { Reference = m.Id.EndsWith("auroc", StringComparison.Ordinal) ? trtr.Auc : trtr.Confusion.Accuracy, ReferenceName = Comparisons.Reference };
    }

    private static IEnumerable<Measure> Design(string key, string name, Predictions predictions, string? note)
    {
        yield return Figures.Score($"utility.{key}.auroc", $"AUROC, {name}", predictions.Auc, "the test table holds a single class", note: note);
        yield return Figures.Score($"utility.{key}.accuracy", $"Accuracy, {name}", predictions.Confusion.Accuracy, "the test table has no rows", note: note);
    }

    private Series[] Roc(Predictions tstr, Predictions trtr)
    {
        if (!_task.IsBinary || tstr.Truth.Distinct().Count() < 2)
            return [];
        return [Curve("TSTR", tstr), Curve("TRTR", trtr)];

        static Series Curve(string name, Predictions p)
        {
            RocCurve roc = RocCurve.Of(p.Truth, p.Positive);
            return new Series(name, roc.FalsePositiveRate, roc.TruePositiveRate);
        }
    }

    private Series[] Reliability(Predictions tstr, Predictions trtr)
    {
        if (!_task.IsBinary || tstr.Truth.Length == 0)
            return [];
        return [Curve("TSTR", tstr), Curve("TRTR", trtr)];

        static Series Curve(string name, Predictions p)
        {
            IReadOnlyList<Calibration.Bin> bins = Statistics.Calibration.EqualWidthBins(p.Truth, p.Positive);
            return new Series(name, [.. bins.Select(b => b.Predicted)], [.. bins.Select(b => b.Observed)]);
        }
    }
}
