using Lethe.Data.Tables;
using Lethe.Evaluation.Importance;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Utility;

/// <summary>
/// Train on synthetic, test on real (Esteban et al. 2017), beside train on real, test on real: does what is learnt from synthetic
/// patients hold for unseen real ones?
/// </summary>
public static class UtilityEvaluator
{
    /// <summary>The utility section of one split.</summary>
    /// <param name="train">Real rows that the generator saw.</param>
    /// <param name="holdout">Real rows that it never saw; all models are tested on them.</param>
    /// <param name="synthetic">Synthetic rows.</param>
    /// <param name="target">Target column.</param>
    /// <param name="seed">Decides learners' draws, resamples and splits.</param>
    /// <param name="options">Learners and designs.</param>
    /// <param name="progress">Told before every learner; may be null.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">No training row has a target.</exception>
    public static UtilitySection Evaluate(
        Table train, Table holdout, Table synthetic, string target, Seed seed,
        UtilityOptions? options = null, IProgress<EvaluationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(holdout);
        ArgumentNullException.ThrowIfNull(synthetic);
        options ??= new UtilityOptions();
        Table[] aligned = TableAlignment.Align(train, synthetic, holdout);
        Table r = TablePair.Cut(aligned[0], options.MaxRows, seed.Derive("train-rows"));
        Table s = TablePair.Cut(aligned[1], options.MaxRows, seed.Derive("synthetic-rows"));
        Table h = TablePair.Cut(aligned[2], options.MaxRows, seed.Derive("holdout-rows"));
        PredictionTask task = PredictionTask.Of(target, r, h);
        string[] notes = [.. Notes(task, aligned, r, s, h, options)];
        return task.IsRegression
            ? Regression(task, r, s, h, seed, options, notes, progress, cancellation)
            : Classification(task, r, s, h, seed, options, notes, progress, cancellation);
    }

    private static UtilitySection Classification(
        PredictionTask task, Table train, Table synthetic, Table holdout, Seed seed, UtilityOptions options, string[] notes,
        IProgress<EvaluationProgress>? progress, CancellationToken cancellation)
    {
        ClassificationUtility utility = new(task, train, synthetic, holdout, options, seed);
        List<ClassificationUtility.Outcome> outcomes = [];
        foreach (Learner learner in options.Learners)
        {
            progress?.Report(new EvaluationProgress(learner.Name, 0.9 * outcomes.Count / options.Learners.Count));
            outcomes.Add(utility.Evaluate(learner, cancellation));
        }

        progress?.Report(new EvaluationProgress("feature importances", 0.9));
        return new UtilitySection
        {
            Target = task.Target,
            Positive = task.IsBinary ? task.Classes[1] : null,
            Design = Design(task, train, synthetic, holdout, options),
            Headline = UtilityHeadline.Of(outcomes, seed.Derive("headline"), utility.Resamples),
            Learners = [.. outcomes.Select(o => o.Section)],
            Agreement = options.Importances && synthetic.RowCount > 0
                ? [.. ImportanceComparison.Of(task, outcomes, options.Learners, holdout, seed.Derive("importances"), cancellation), .. ImportanceComparison.Coefficients(task, train, synthetic, cancellation)]
                : [],
            Notes = notes,
        };
    }

    private static UtilitySection Regression(
        PredictionTask task, Table train, Table synthetic, Table holdout, Seed seed, UtilityOptions options, string[] notes,
        IProgress<EvaluationProgress>? progress, CancellationToken cancellation)
    {
        Learner[] learners = [.. options.Learners.Where(l => l.Regressor is not null)];
        int resamples = options.ResamplesFor(holdout.RowCount);
        List<(LearnerUtility Section, double[] Truth, double[] Tstr, double[] Trtr)> outcomes = [];
        foreach (Learner learner in learners)
        {
            progress?.Report(new EvaluationProgress(learner.NameFor(regression: true), (double)outcomes.Count / learners.Length));
            outcomes.Add(RegressionUtility.Evaluate(learner, task, train, synthetic, holdout, resamples, seed.Derive(learner.Key), cancellation));
        }

        return new UtilitySection
        {
            Target = task.Target,
            Design = Design(task, train, synthetic, holdout, options with { Learners = learners }),
            Headline = UtilityHeadline.Of(outcomes, seed.Derive("headline"), resamples),
            Learners = [.. outcomes.Select(o => o.Section)],
            Notes = notes,
        };
    }

    private static string Design(PredictionTask task, Table train, Table synthetic, Table holdout, UtilityOptions options)
    {
        string learners = string.Join(", ", options.Learners.Select(l => l.NameFor(task.IsRegression)));
        return $"Models of {task.Target} trained on {synthetic.RowCount} synthetic rows and on {train.RowCount} real rows, both tested on the same {holdout.RowCount} real rows that the generator never saw. "
            + $"Learners with fixed settings: {learners}. Missing numbers get the training mean and an indicator, categories are one-hot; linear models and networks are standardised.";
    }

    private static IEnumerable<string> Notes(PredictionTask task, Table[] aligned, Table train, Table synthetic, Table holdout, UtilityOptions options)
    {
        if (aligned.Any(t => t.RowCount > options.MaxRows))
            yield return $"Tables were cut to {options.MaxRows} rows each, drawn by the run's seed.";
        foreach ((Table table, string name) in ((Table, string)[])[(train, "training"), (synthetic, "synthetic"), (holdout, "holdout")])
        {
            int left = table.RowCount - task.Labelled(table).RowCount;
            if (left > 0)
                yield return $"{left} {name} rows have no usable target value and were left out.";
        }

        if (task.IsRegression)
            yield break;
        Table labelled = task.Labelled(synthetic);
        HashSet<int> present = [.. task.Labels(labelled)];
        string[] absent = [.. task.Classes.Where((_, k) => !present.Contains(k))];
        if (labelled.RowCount == 0)
            yield return "No synthetic row has a target value, so every class was given the same probability.";
        else if (present.Count == 1)
            yield return $"The synthetic data hold a single class of {task.Target}; the models trained on them are constant, with AUROC 0.5.";
        else if (absent.Length > 0)
            yield return $"Classes of {task.Target} absent from the synthetic data, which the models trained on them never predict: {string.Join(", ", absent)}.";
        if (task.Labelled(holdout).RowCount < 30)
            yield return "The holdout has fewer than 30 rows; intervals are wide.";
    }
}
