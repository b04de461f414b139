using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Statistics;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Utility;

/// <summary>All figures of one model on one test table, with intervals: DeLong for areas, Wilson for shares, stratified bootstrap for the rest.</summary>
internal static class ClassificationFigures
{
    private const string OneClass = "the test table holds a single class";
    private const string NoLine = "the predictions are constant or separate the classes completely";

    private static readonly Measure Score = new() { Id = "", Name = "", Direction = Direction.Higher, Ideal = 1, Minimum = 0, Maximum = 1 };
    private static readonly Measure Loss = new() { Id = "", Name = "", Direction = Direction.Lower, Ideal = 0, Minimum = 0 };

    private static readonly Entry[] Shared =
    [
        new("balanced-accuracy", "Balanced accuracy", Score, p => p.Confusion.BalancedAccuracy),
        new("macro-f1", "Macro F1", Score, p => p.Confusion.MacroF1),
        new("mcc", "Matthews correlation", Score with { Minimum = -1 }, p => p.Confusion.Mcc),
        new("kappa", "Cohen's κ", Score with { Minimum = -1 }, p => p.Confusion.Kappa),
    ];

    private static readonly Entry[] Binary =
    [
        .. Shared,
        new("average-precision", "Average precision", Score, p => Ranking.AveragePrecision(p.Truth, p.Positive)),
        new("brier", "Brier score", Loss with { Maximum = 1 }, p => ProbabilityScores.Brier(p.Truth, p.Positive)),
        new("brier-skill", "Brier skill", Score with { Minimum = null }, p => ProbabilityScores.BrierSkill(p.Truth, p.Positive)),
        new("log-loss", "Log loss", Loss, p => ProbabilityScores.LogLoss(p.Truth, p.Positive)),
        new("ece", "Expected calibration error", Loss with { Maximum = 1 }, p => Calibration.ExpectedError(Calibration.EqualWidthBins(p.Truth, p.Positive))),
    ];

    private static readonly Entry[] Multiclass =
    [
        new("auroc", "AUROC, one against rest", Score, p => p.Auc),
        .. Shared,
        new("auroc-one-versus-one", "AUROC, one against one", Score, p => MulticlassAuc.OneVersusOneMacro(p.Truth, p.Probabilities, p.Classes)),
        new("brier", "Brier score, summed over classes", Loss with { Maximum = 2 }, p => ProbabilityScores.MulticlassBrier(p.Truth, p.Probabilities, p.Classes)),
        new("log-loss", "Log loss", Loss, p => ProbabilityScores.MulticlassLogLoss(p.Truth, p.Probabilities, p.Classes)),
    ];

    /// <summary>The figures; a test table without rows has none.</summary>
    public static IReadOnlyList<Measure> Of(Predictions predictions, Seed seed, int resamples)
    {
        ConfusionMatrix matrix = predictions.Confusion;
        if (matrix.Total == 0)
            return [];
        List<Measure> figures = [];
        if (predictions.Classes == 2)
        {
            figures.Add(Figures.Score("utility.auroc", "AUROC", predictions.Auc, OneClass) with
            {
                Interval = DeLong.Interval(predictions.Truth, predictions.Positive),
                N = matrix.Total,
            });
        }

        figures.AddRange(Booted(predictions, predictions.Classes == 2 ? Binary : Multiclass, seed, resamples));
        figures.Insert(1, Rate("accuracy", "Accuracy", matrix.Correct, matrix.Total));
        if (predictions.Classes == 2)
            figures.AddRange(BinaryOnly(predictions, matrix));
        return figures;
    }

    private static IEnumerable<Measure> Booted(Predictions predictions, Entry[] entries, Seed seed, int resamples)
    {
        int n = predictions.Truth.Length;
        Interval?[] intervals = n < 2 ? new Interval?[entries.Length] : Bootstrap.Percentiles(
            predictions.Truth, n, rows =>
            {
                Predictions drawn = predictions.Take(rows);
                return [.. entries.Select(e => e.Of(drawn))];
            },
            seed,
            resamples);
        return entries.Select((e, k) => Figures.Make(e.Shape with { Id = "utility." + e.Key, Name = e.Name, N = n }, e.Of(predictions), OneClass) with { Interval = intervals[k] });
    }

    private static IEnumerable<Measure> BinaryOnly(Predictions predictions, ConfusionMatrix matrix)
    {
        bool both = matrix.Support(0) > 0 && matrix.Support(1) > 0;
        int[] truth = predictions.Truth;
        double[] p = predictions.Positive;
        Calibration.Line line = Calibration.RecalibrationLine(truth, p);
        yield return Figures.Score("utility.partial-auroc", "Partial AUROC to 20 % false positives (McClish)", both ? RocCurve.Of(truth, p).PartialAuc(0.2) : double.NaN, OneClass);
        yield return Rate("sensitivity", "Sensitivity at 0.5", matrix[1, 1], matrix.Support(1));
        yield return Rate("specificity", "Specificity at 0.5", matrix[0, 0], matrix.Support(0));
        yield return Figures.Distance("utility.mce", "Maximum calibration error", Calibration.MaximumError(Calibration.EqualWidthBins(truth, p)), OneClass, maximum: 1);
        yield return Figures.Near("utility.calibration-slope", "Calibration slope", line.Slope, 1, NoLine, note: "below 1: predictions too extreme");
        yield return Figures.Near("utility.calibration-intercept", "Calibration intercept", line.Intercept, 0, NoLine);
        yield return Figures.Near("utility.calibration-in-the-large", "Calibration in the large", Calibration.InTheLarge(truth, p), 0, OneClass, note: "above 0: predictions too low on average");
    }

    private static Measure Rate(string key, string name, int count, int n) => Figures.Score("utility." + key, name, n == 0 ? double.NaN : (double)count / n, OneClass) with
    {
        Interval = n == 0 ? null : ProportionInterval.Wilson(count, n),
        N = n,
    };

    private sealed record Entry(string Key, string Name, Measure Shape, Func<Predictions, double> Of);
}
