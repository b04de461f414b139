namespace Lethe.Results;

/// <summary>Does a model trained on synthetic data work on real patients? Against the same model trained on real data.</summary>
public sealed record UtilitySection
{
    /// <summary>Target column.</summary>
    public required string Target { get; init; }

    /// <summary>The level counted as positive, or null when there are several classes.</summary>
    public string? Positive { get; init; }

    /// <summary>What was done, in one or two sentences: splits, repeats, encodings.</summary>
    public required string Design { get; init; }

    /// <summary>Headline figures averaged over learners: AUROC and accuracy of TSTR with TRTR as reference, their difference.</summary>
    public required IReadOnlyList<Measure> Headline { get; init; }

    /// <summary>One entry per learner.</summary>
    public required IReadOnlyList<LearnerUtility> Learners { get; init; }

    /// <summary>Agreement of feature importances, and other comparisons; may be empty.</summary>
    public IReadOnlyList<Measure> Agreement { get; init; } = [];

    /// <summary>What the reader must know: classes absent from the synthetic data, rows left out, subsamples.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One learner trained on real (TRTR) and on synthetic data (TSTR), tested on the real holdout.</summary>
public sealed record LearnerUtility
{
    /// <summary>Learner name, e.g. <c>random forest</c>.</summary>
    public required string Learner { get; init; }

    /// <summary>AUROC, average precision, accuracy, Brier score, calibration …; value = TSTR, reference = TRTR. Other designs are named by id and name.</summary>
    public required IReadOnlyList<Measure> Measures { get; init; }

    /// <summary>Classification report and confusion matrix of the model trained on synthetic data.</summary>
    public ClassificationReport? Tstr { get; init; }

    /// <summary>The same of the model trained on real data.</summary>
    public ClassificationReport? Trtr { get; init; }

    /// <summary>ROC curves (x false positive rate, y true positive rate), named TSTR and TRTR.</summary>
    public IReadOnlyList<Series> Roc { get; init; } = [];

    /// <summary>Reliability curves (x mean predicted probability, y observed share), named TSTR and TRTR.</summary>
    public IReadOnlyList<Series> Calibration { get; init; } = [];
}

/// <summary>Precision, recall, F1 and support per class, with averages and the confusion matrix.</summary>
public sealed record ClassificationReport
{
    /// <summary>Classes in sorted order.</summary>
    public required IReadOnlyList<ClassScores> Classes { get; init; }

    /// <summary>Share of correct predictions.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Unweighted means over classes.</summary>
    public required ClassScores MacroAverage { get; init; }

    /// <summary>Support-weighted means over classes.</summary>
    public required ClassScores WeightedAverage { get; init; }

    /// <summary>Counts [true class][predicted class], in the order of <see cref="Classes"/>.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }
}

/// <summary>One row of a classification report. In a release document figures that would give a small cell back are <see cref="SuppressedCount.Withheld"/>.</summary>
/// <param name="Label">Class label or name of the average.</param>
/// <param name="Precision">TP/(TP+FP), 0 when undefined.</param>
/// <param name="Recall">TP/(TP+FN), 0 when undefined.</param>
/// <param name="F1">Harmonic mean, 0 when both are 0.</param>
/// <param name="Support">Number of true cases.</param>
public sealed record ClassScores(string Label, double Precision, double Recall, double F1, int Support);
