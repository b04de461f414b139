using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Charts;

/// <summary>The shares behind a histogram or bar chart as a table.</summary>
internal static class DistributionNumbers
{
    public static TextTable Table(string caption, Distribution d)
    {
        List<TextColumn> columns = [new(d.Edges is null ? "Level" : "Bin"), TextColumn.Figure("Real"), TextColumn.Figure("Synthetic")];
        if (d.Holdout is not null)
            columns.Add(TextColumn.Figure("Holdout"));
        List<IReadOnlyList<string>> rows = [];
        for (int i = 0; i < d.Labels.Count; i++)
        {
            List<string> row = [d.Labels[i], Share(d.Real, i), Share(d.Synthetic, i)];
            if (d.Holdout is { } holdout)
                row.Add(Share(holdout, i));
            rows.Add(row);
        }

        return new TextTable(caption, columns, rows);
    }

    private static string Share(IReadOnlyList<double> shares, int i) => i < shares.Count ? Figures.Percent(shares[i]) : Figures.None;
}
