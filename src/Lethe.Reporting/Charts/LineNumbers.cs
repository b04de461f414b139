using Lethe.Reporting.Text;

namespace Lethe.Reporting.Charts;

/// <summary>The points behind lines as a table, thinned to a readable length.</summary>
internal static class LineNumbers
{
    // Long curves are thinned to this many rows a line, first and last kept; results.json holds every point.
    private const int MostRows = 24;

    public static TextTable Table(string caption, string xName, string yName, IReadOnlyList<ChartLine> lines)
    {
        List<IReadOnlyList<string>> rows = [];
        foreach (ChartLine line in lines)
        {
            int count = Math.Min(line.Series.X.Count, line.Series.Y.Count);
            int shown = Math.Min(count, MostRows);
            for (int k = 0; k < shown; k++)
            {
                int i = shown == 1 ? 0 : (int)((long)k * (count - 1) / (shown - 1));
                rows.Add([line.Series.Name, Figures.Number(line.Series.X[i]), Figures.Number(line.Series.Y[i])]);
            }
        }

        return new TextTable(caption, [new("Line"), TextColumn.Figure(xName), TextColumn.Figure(yName)], rows);
    }
}
