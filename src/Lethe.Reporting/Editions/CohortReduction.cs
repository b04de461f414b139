using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Editions;

/// <summary>
/// A cohort without counts under 10 and what would give them back, and without outer quantiles. Levels of one attribute add
/// up to their group, and groups to all stays: where a level is too small, the attribute is shown for all stays only, with a
/// second level withheld when the small one stands alone.
/// </summary>
internal static class CohortReduction
{
    private const string Small = "<10";

    public static CohortSummary Reduce(CohortSummary c) => c with
    {
        Stays = ReleaseEdition.Cell(c.Stays),
        Patients = ReleaseEdition.Cell(c.Patients),
        Groups = [.. c.Groups.Select(g => g with { Stays = ReleaseEdition.Cell(g.Stays) })],
        TableOne = [.. c.TableOne.GroupBy(Attribute).SelectMany(Rows)],
        Channels = [.. c.Channels.Select(Channel)],
        LeftOut = [.. c.LeftOut.Select(p => new KeyValuePair<string, long>(p.Key, p.Value is >= 0 and < ReleaseEdition.LeastCell ? SuppressedCount.UnderTen : p.Value))],
    };

    private static string Attribute(TableOneRow row) => row.Label.Split(" = ")[0];

    private static IEnumerable<TableOneRow> Rows(IEnumerable<TableOneRow> attribute)
    {
        TableOneRow[] rows = [.. attribute.Select(r => r with { Missing = r.Missing is > 0 and < ReleaseEdition.LeastCell ? SuppressedCount.UnderTen : r.Missing })];
        if (!rows.Any(r => r.Cells.Contains(Small)))
            return rows;
        string withheld = Figures.Cell(SuppressedCount.Withheld);
        rows = [.. rows.Select(r => r with { Cells = [r.Cells[0], .. r.Cells.Skip(1).Select(cell => cell == Small ? Small : withheld)] })];
        if (rows.Count(r => r.Cells[0] == Small) == 1 && rows.Length > 1)
        {
            TableOneRow smallest = rows.Where(r => r.Cells[0] != Small).MinBy(r => Count(r.Cells[0]))!;
            rows = [.. rows.Select(r => r == smallest ? r with { Cells = [withheld, .. r.Cells.Skip(1)] } : r)];
        }

        return rows;
    }

    // The count at the start of "123 (4.5 %)".
    private static long Count(string cell) => long.TryParse(cell.Split(' ')[0], out long count) ? count : long.MaxValue;

    // Fewer than two hundred readings put the outer quantiles within ten of an end.
    private static ChannelSummary Channel(ChannelSummary s) => s with
    {
        Readings = s.Readings is > 0 and < ReleaseEdition.LeastCell ? SuppressedCount.UnderTen : s.Readings,
        StaysObserved = ReleaseEdition.Rate(s.StaysObserved)!.Value,
        PerDay = ReleaseEdition.Rate(s.PerDay)!.Value,
        Quantiles = s.Readings < 200 ? [] : s.Quantiles,
        ObservedByHour = [.. s.ObservedByHour.Select(v => ReleaseEdition.Rate(v)!.Value)],
        Autocorrelation = [.. s.Autocorrelation.Select(v => ReleaseEdition.Rate(v))],
    };
}
