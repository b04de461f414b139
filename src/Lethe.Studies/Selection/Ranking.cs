using Lethe.Evaluation.Statistics;
using Lethe.Results;

namespace Lethe.Studies.Selection;

/// <summary>Mean ranks of candidates over criteria.</summary>
internal static class Ranking
{
    /// <summary>
    /// The candidates, best first: each criterion ranks them from its best value (1), ties share their mean rank, a candidate
    /// without a value ranks last; the mean rank decides, and between equals the order they came in.
    /// </summary>
    public static SelectionTable Of(IReadOnlyList<(string Method, IReadOnlyList<double?> Scores)> candidates, string rule)
    {
        double[] total = new double[candidates.Count];
        int counted = 0;
        for (int k = 0; k < Criterion.All.Count; k++)
        {
            double[] badness = [.. candidates.Select(c => c.Scores[k] is { } score ? Criterion.All[k].Badness(score) : double.MaxValue)];
            if (candidates.All(c => c.Scores[k] is null))
                continue;
            counted++;
            double[] ranks = Ranks.Average(badness);
            for (int i = 0; i < total.Length; i++)
                total[i] += ranks[i];
        }

        int[] order = [.. Enumerable.Range(0, candidates.Count).OrderBy(i => total[i])];
        return new SelectionTable(
            [.. Criterion.All.Select(c => c.Name)],
            [.. order.Select((i, place) => new SelectionRow(candidates[i].Method, candidates[i].Scores, total[i] / Math.Max(1, counted), place == 0))],
            rule);
    }
}
