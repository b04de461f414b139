using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Sections;

/// <summary>Facts and readings of courses over time, the same for HTML and Markdown.</summary>
internal static class SeriesText
{
    public static IReadOnlyList<Fact> Facts(SeriesSection s) =>
    [
        new("Design", s.Design),
        new("Stays compared", string.Join(", ", s.Stays.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{Figures.Cell(p.Value)} {p.Key}"))),
    ];

    /// <summary>Where observation differs most.</summary>
    public static string Observation(SeriesSection s)
    {
        (double Gap, ChannelFidelity? Channel, int Step) worst = (-1, null, 0);
        foreach (ChannelFidelity c in s.Channels)
        {
            for (int t = 0; t < Math.Min(c.ObservedReal.Count, c.ObservedSynthetic.Count); t++)
            {
                if (c.ObservedReal[t] is { } a && c.ObservedSynthetic[t] is { } b && Math.Abs(a - b) > worst.Gap)
                    worst = (Math.Abs(a - b), c, t);
            }
        }

        return worst.Channel is not { } channel
            ? "No step has ten stays on both sides."
            : $"The largest difference: {channel.Title} in step {worst.Step + 1}, observed in {Figures.Percent(channel.ObservedReal[worst.Step]!.Value)} of the real and {Figures.Percent(channel.ObservedSynthetic[worst.Step]!.Value)} of the synthetic stays.";
    }

    public static string Autocorrelation(ChannelFidelity c) => c.AutocorrelationReal.Count == 0 || c.AutocorrelationReal[0] is not { } real
        ? "Too few real readings one step apart."
        : c.AutocorrelationSynthetic[0] is { } synthetic
            ? $"One step apart: {Figures.Number(real)} in real, {Figures.Number(synthetic)} in synthetic stays."
            : $"One step apart: {Figures.Number(real)} in real stays; synthetic ones have too few such readings.";

    /// <summary>How far the medians lie apart, against the spread between stays.</summary>
    public static string Course(ChannelFidelity c)
    {
        double gap = 0, width = 0;
        int n = 0;
        for (int t = 0; t < Math.Min(c.Real.Median.Count, c.Synthetic.Median.Count); t++)
        {
            if (c.Real.Median[t] is not { } a || c.Synthetic.Median[t] is not { } b)
                continue;
            gap += Math.Abs(a - b);
            width += c.Real.Upper[t]!.Value - c.Real.Lower[t]!.Value;
            n++;
        }

        return n == 0 ? "No step has ten observed stays on both sides."
            : width > 0 ? $"The medians lie {Figures.Number(gap / n)} apart on average, {Figures.Percent(Math.Round(gap / width, 3))} of the real distance between quartiles."
            : $"The medians lie {Figures.Number(gap / n)} apart on average.";
    }

    /// <summary>Curves over lags in hours.</summary>
    public static Series Curve(string name, IReadOnlyList<double?> values, double binHours)
    {
        int[] there = [.. Enumerable.Range(0, values.Count).Where(k => values[k] is not null)];
        return new Series(name, [.. there.Select(k => (k + 1) * binHours)], [.. there.Select(k => values[k]!.Value)]);
    }
}
