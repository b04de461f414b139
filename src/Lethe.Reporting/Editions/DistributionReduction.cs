using Lethe.Reporting.Charts;
using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Editions;

/// <summary>
/// Distributions without extremes and without bins under 10 real patients. Numeric bins are joined with their neighbours,
/// their edges rounded to half a bin or coarser and their ends left open: equal-width edges would give the smallest and the
/// largest value back. Rare levels are joined to one.
/// </summary>
internal static class DistributionReduction
{
    private const string Missing = "missing";

    public static Distribution Reduce(Distribution d, int train, int holdout)
    {
        List<Group> groups = d.Edges is { Count: > 1 } edges ? Bins(d, edges, train, holdout) : Levels(d, train, holdout);
        return new Distribution
        {
            Labels = [.. groups.Select(g => g.Label)],
            Real = Sums(groups, d.Real),
            Synthetic = Sums(groups, d.Synthetic),
            Holdout = d.Holdout is { } h ? Sums(groups, h) : null,
        };
    }

    private static List<Group> Bins(Distribution d, IReadOnlyList<double> edges, int train, int holdout)
    {
        int bins = edges.Count - 1;
        List<List<int>> joined = [];
        List<int> open = [];
        for (int b = 0; b < bins; b++)
        {
            open.Add(b);
            if (!Small(d, open, train, holdout))
            {
                joined.Add(open);
                open = [];
            }
        }

        // What is left at the upper end is too small to stand alone.
        if (open.Count > 0)
        {
            if (joined.Count == 0)
                joined.Add(open);
            else
                joined[^1].AddRange(open);
        }

        double width = (edges[^1] - edges[0]) / bins;
        double step = width > 0 ? NiceTicks.StepBelow(width) : 1;
        string Edge(int b) => Figures.Constant(Math.Round(edges[b] / step) * step);
        List<Group> groups = [.. joined.Select((cells, k) => new Group(
            joined.Count == 1 ? "all values" : k == 0 ? $"below {Edge(cells[^1] + 1)}" : k == joined.Count - 1 ? $"{Edge(cells[0])} and above" : $"{Edge(cells[0])} to {Edge(cells[^1] + 1)}",
            cells))];

        // Shares beyond the bins belong to missing values.
        List<int> rest = [.. Enumerable.Range(bins, Math.Max(0, d.Labels.Count - bins))];
        if (rest.Count > 0)
            AddOrJoin(groups, new Group(Missing, rest), Small(d, rest, train, holdout));
        return groups;
    }

    private static List<Group> Levels(Distribution d, int train, int holdout)
    {
        List<Group> groups = [];
        List<int> rare = [];
        for (int i = 0; i < d.Labels.Count; i++)
        {
            if (Small(d, [i], train, holdout))
                rare.Add(i);
            else
                groups.Add(new Group(d.Labels[i], [i]));
        }

        if (rare.Count > 0)
            AddOrJoin(groups, new Group("rare levels together", rare), Small(d, rare, train, holdout));
        return groups;
    }

    // A group that is still too small is joined to the smallest of the others, so that no difference gives it back.
    private static void AddOrJoin(List<Group> groups, Group group, bool small)
    {
        if (!small || groups.Count == 0)
        {
            groups.Add(group);
            return;
        }

        groups[^1] = new Group($"{groups[^1].Label}, or {group.Label}", [.. groups[^1].Cells, .. group.Cells]);
    }

    // Half a patient forgives shares that were rounded.
    private static bool Small(Distribution d, List<int> cells, int train, int holdout)
    {
        double real = Sum(d.Real, cells) * train;
        if (real < ReleaseEdition.LeastCell - 0.5)
            return true;
        return d.Holdout is { } h && Sum(h, cells) * holdout < ReleaseEdition.LeastCell - 0.5;
    }

    private static double Sum(IReadOnlyList<double> shares, List<int> cells) => cells.Sum(i => i < shares.Count ? shares[i] : 0);

    private static double[] Sums(List<Group> groups, IReadOnlyList<double> shares) => [.. groups.Select(g => Math.Round(Sum(shares, g.Cells), 2))];

    private sealed record Group(string Label, List<int> Cells);
}
