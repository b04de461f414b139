using System.Text;
using Lethe.Reporting.Text;

namespace Lethe.Reporting.Charts;

/// <summary>Builds the text of a path: many marks in one element keep the file small.</summary>
internal sealed class PathText
{
    private readonly StringBuilder _text = new();

    /// <summary>Nothing drawn yet.</summary>
    public bool IsEmpty => _text.Length == 0;

    public PathText Move(double x, double y) => Add('M', x, y);

    public PathText Line(double x, double y) => Add('L', x, y);

    public PathText Close()
    {
        _text.Append('Z');
        return this;
    }

    public PathText Box(double x, double y, double width, double height)
    {
        Move(x, y);
        _text.Append('h').Append(Figures.Coordinate(width)).Append('v').Append(Figures.Coordinate(height)).Append('h').Append(Figures.Coordinate(-width)).Append('Z');
        return this;
    }

    public PathText Disc(double x, double y, double radius)
    {
        string r = Figures.Coordinate(radius), d = Figures.Coordinate(2 * radius), back = Figures.Coordinate(-2 * radius);
        Move(x - radius, y);
        _text.Append('a').Append(r).Append(' ').Append(r).Append(" 0 1 0 ").Append(d).Append(" 0a").Append(r).Append(' ').Append(r).Append(" 0 1 0 ").Append(back).Append(" 0Z");
        return this;
    }

    /// <summary>A point drawn by a round line end: the shortest way to write a disc.</summary>
    public PathText Dot(double x, double y)
    {
        Move(x, y);
        _text.Append("h0");
        return this;
    }

    public PathText Cross(double x, double y, double radius)
    {
        string r = Figures.Coordinate(2 * radius), back = Figures.Coordinate(-2 * radius);
        Move(x - radius, y - radius);
        _text.Append('l').Append(r).Append(' ').Append(r).Append('m').Append(back).Append(" 0l").Append(r).Append(' ').Append(back);
        return this;
    }

    public PathText Polyline(LinearScale xScale, LinearScale yScale, IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        bool pen = false;
        for (int i = 0; i < Math.Min(xs.Count, ys.Count); i++)
        {
            if (!double.IsFinite(xs[i]) || !double.IsFinite(ys[i]))
            {
                pen = false;
                continue;
            }

            Add(pen ? 'L' : 'M', xScale[xs[i]], yScale[ys[i]]);
            pen = true;
        }

        return this;
    }

    public override string ToString() => _text.ToString();

    private PathText Add(char command, double x, double y)
    {
        _text.Append(command).Append(Figures.Coordinate(x)).Append(' ').Append(Figures.Coordinate(y));
        return this;
    }
}
