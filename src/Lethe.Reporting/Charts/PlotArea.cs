namespace Lethe.Reporting.Charts;

/// <summary>The rectangle inside the axes, in drawing units, with its two scales.</summary>
/// <param name="X">Horizontal scale.</param>
/// <param name="Y">Vertical scale, upward.</param>
public readonly record struct PlotArea(LinearScale X, LinearScale Y)
{
    /// <summary>Left edge.</summary>
    public double Left => X.Start;

    /// <summary>Right edge.</summary>
    public double Right => X.End;

    /// <summary>Upper edge.</summary>
    public double Top => Y.End;

    /// <summary>Lower edge.</summary>
    public double Bottom => Y.Start;

    /// <summary>A plot of the given size with room for tick labels and axis names.</summary>
    public static PlotArea Create(double width, double height, (double Min, double Max) x, (double Min, double Max) y, double left = 46, double right = 14, double top = 28, double bottom = 42) =>
        new(new LinearScale(x.Min, x.Max, left, width - right), new LinearScale(y.Min, y.Max, height - bottom, top));
}
