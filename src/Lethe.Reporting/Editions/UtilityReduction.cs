using Lethe.Results;

namespace Lethe.Reporting.Editions;

/// <summary>The utility section without small cells: matrices suppressed, scores that would give them back withheld.</summary>
internal static class UtilityReduction
{
    // A reliability curve has about ten bins; below this holdout a bin holds fewer than ten patients.
    private const int LeastForCalibration = 100;

    public static UtilitySection Reduce(UtilitySection u, int holdout) => u with
    {
        Headline = ReleaseEdition.Measures(u.Headline),
        Agreement = ReleaseEdition.Measures(u.Agreement),
        Notes = ReleaseEdition.Sentences(u.Notes),
        Learners = [.. u.Learners.Select(l => l with
        {
            Measures = ReleaseEdition.Measures(l.Measures),
            Tstr = l.Tstr is { } s ? Report(s) : null,
            Trtr = l.Trtr is { } r ? Report(r) : null,
            Roc = [.. l.Roc.Select(CurveReduction.Roc)],
            Calibration = holdout < LeastForCalibration ? [] : [.. l.Calibration.Select(Rounded)],
        })],
    };

    internal static ClassificationReport Report(ClassificationReport r)
    {
        int[][] cells = CellSuppression.Apply(r.Confusion);
        bool diagonal = Enumerable.Range(0, cells.Length).Any(k => cells[k][k] < 0);
        return r with
        {
            Confusion = cells,
            Classes = [.. r.Classes.Select((c, k) => Scores(c, cells[k][k] < 0))],
            MacroAverage = Scores(r.MacroAverage, diagonal),
            WeightedAverage = Scores(r.WeightedAverage, diagonal),
            Accuracy = diagonal ? SuppressedCount.Withheld : Math.Round(r.Accuracy, 2),
        };
    }

    // Recall and precision with their totals give the cell on the diagonal back.
    private static ClassScores Scores(ClassScores c, bool withhold) => withhold
        ? new ClassScores(c.Label, SuppressedCount.Withheld, SuppressedCount.Withheld, SuppressedCount.Withheld, ReleaseEdition.Cell(c.Support))
        : new ClassScores(c.Label, Math.Round(c.Precision, 2), Math.Round(c.Recall, 2), Math.Round(c.F1, 2), ReleaseEdition.Cell(c.Support));

    private static Series Rounded(Series s) => s with { X = [.. s.X.Select(v => Math.Round(v, 2))], Y = [.. s.Y.Select(v => Math.Round(v, 2))] };
}
