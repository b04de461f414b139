namespace Lethe.Reporting.Charts;

/// <summary>Where a legend's entries stand: left to right, into the next line where the drawing ends.</summary>
/// <param name="Places">Left edge and line (0 is the first) of each entry.</param>
/// <param name="Lines">Number of lines, at least one.</param>
internal sealed record LegendLayout(IReadOnlyList<(double X, int Line)> Places, int Lines)
{
    /// <summary>Height of a line in drawing units.</summary>
    public const double LineHeight = 16;

    // Width of a character at the legend's size, and of the swatch with its gaps.
    private const double Character = 5.5;
    private const double Swatch = 40;

    public static LegendLayout Of(IEnumerable<string> names, double left, double right)
    {
        List<(double, int)> places = [];
        double x = left;
        int line = 0;
        foreach (string name in names)
        {
            double width = Swatch + (name.Length * Character);
            if (x > left && x + width - 12 > right)
            {
                x = left;
                line++;
            }

            places.Add((x, line));
            x += width;
        }

        return new LegendLayout(places, line + 1);
    }
}
