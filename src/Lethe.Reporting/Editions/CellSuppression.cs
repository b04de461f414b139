using Lethe.Results;

namespace Lethe.Reporting.Editions;

/// <summary>
/// Withholds counts under 10 and as many others as it takes that none of them follows from the published row totals,
/// column totals or the total of the diagonal: every such line has no withheld cell or at least two.
/// </summary>
internal static class CellSuppression
{
    public static int[][] Apply(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        int size = counts.Count;
        int[][] result = [.. counts.Select(row => row.Select(n => n < ReleaseEdition.LeastCell ? SuppressedCount.UnderTen : n).ToArray())];
        (int Row, int Column)[][] lines =
        [
            .. Enumerable.Range(0, size).Select(r => Enumerable.Range(0, size).Select(c => (r, c)).ToArray()),
            .. Enumerable.Range(0, size).Select(c => Enumerable.Range(0, size).Select(r => (r, c)).ToArray()),
            [.. Enumerable.Range(0, size).Select(k => (k, k))],
        ];
        // Each pass withholds at least one more cell or ends: at most size² passes.
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach ((int Row, int Column)[] line in lines)
            {
                int withheld = line.Count(cell => result[cell.Row][cell.Column] < 0);
                if (withheld != 1 || line.Length < 2)
                    continue;
                (int row, int column) = line.Where(cell => result[cell.Row][cell.Column] >= 0).MinBy(cell => result[cell.Row][cell.Column]);
                result[row][column] = SuppressedCount.Withheld;
                changed = true;
            }
        }

        return result;
    }
}
