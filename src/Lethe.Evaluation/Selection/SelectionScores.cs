using Lethe.Data.Tables;
using Lethe.Evaluation.Repeats;
using Lethe.Evaluation.Statistics;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Selection;

/// <summary>
/// The criteria by which <c>auto</c> chooses a generator. The aggregate quality score is not among them: independent columns reach 0.9 in it.
/// </summary>
/// <param name="TstrDifference">AUROC trained on synthetic minus trained on real, larger is better; null without a classification target.</param>
/// <param name="Detection">|forest detection AUC − 0.5|, 0 is best; null when a table is too small.</param>
/// <param name="RelativeAccuracy">A2 over its expected maximum, larger is better.</param>
/// <param name="Coverage">Share of holdout rows covered, larger is better; null when a table is too small.</param>
/// <param name="Memorisation">max(0, share closer to training rows − 0.5), 0 is best.</param>
public sealed record SelectionScores(double? TstrDifference, double? Detection, double? RelativeAccuracy, double? Coverage, double? Memorisation)
{
    /// <summary>Names of the criteria, in the order of <see cref="Values"/>.</summary>
    public static IReadOnlyList<string> Criteria { get; } =
        ["AUROC difference (TSTR − TRTR)", "forest detection (|AUC − 0.5|)", "A2 relative to its maximum", "coverage of holdout rows", "closer to training rows (excess)"];

    /// <summary>Value per criterion; null when not computed.</summary>
    public IReadOnlyList<double?> Values => [TstrDifference, Detection, RelativeAccuracy, Coverage, Memorisation];

    /// <summary>Scores of one candidate on an inner split of the training rows.</summary>
    /// <param name="train">Inner training rows.</param>
    /// <param name="holdout">Inner holdout rows.</param>
    /// <param name="synthetic">Rows drawn from the candidate fitted to the inner training rows.</param>
    /// <param name="target">Target column, or null.</param>
    /// <param name="seed">Decides folds and draws; the same for all candidates.</param>
    /// <param name="cancellation">Stops between scores.</param>
    public static SelectionScores Compute(Table train, Table holdout, Table synthetic, string? target, Seed seed, CancellationToken cancellation = default)
    {
        ReleaseScores s = ReleaseScores.Compute(train, holdout, synthetic, target, seed, cancellation: cancellation);
        return new SelectionScores(
            Number(s.AucDifference), Number(Math.Abs(s.ForestDetection - 0.5)), Number(s.A2Relative), Number(s.Coverage), Number(Math.Max(0, s.CloserToTrain - 0.5)));
    }

    /// <summary>
    /// Candidates by mean rank over the criteria, best first; ties share ranks, a candidate without a value ranks last in it, and a criterion that nobody
    /// has does not count.
    /// </summary>
    public static SelectionTable Rank(IReadOnlyList<(string Method, SelectionScores Scores)> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        bool[] larger = [true, false, true, true, false];
        double[] total = new double[candidates.Count];
        int counted = 0;
        for (int k = 0; k < larger.Length; k++)
        {
            double?[] values = [.. candidates.Select(c => c.Scores.Values[k])];
            if (values.All(v => v is null))
                continue;
            counted++;
            double[] ranks = Ranks.Average([.. values.Select(v => v is { } x ? (larger[k] ? -x : x) : double.MaxValue)]);
            for (int i = 0; i < total.Length; i++)
                total[i] += ranks[i];
        }

        int[] order = [.. Enumerable.Range(0, candidates.Count).OrderBy(i => total[i])];
        return new SelectionTable(
            Criteria,
            [.. order.Select((i, place) => new SelectionRow(candidates[i].Method, candidates[i].Scores.Values, total[i] / Math.Max(1, counted), place == 0))],
            "Smallest mean rank over the criteria, each candidate fitted on 80 % of the training rows and judged against the other 20 %.");
    }

    private static double? Number(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}
