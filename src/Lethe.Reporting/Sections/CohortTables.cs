using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Sections;

/// <summary>Facts, tables and readings of a cohort, the same for HTML and Markdown.</summary>
internal static class CohortTables
{
    public static IReadOnlyList<Fact> Facts(CohortSummary c) =>
    [
        new("Cohort", c.Name),
        new("Stays", Figures.Count(c.Stays)),
        new("Patients", Figures.Count(c.Patients)),
        new("Events", Figures.Count(c.Events)),
        new("Window of hourly figures", $"{c.Hours} hours"),
        new("Outcome", c.Outcome ?? "none"),
    ];

    public static TextTable TableOne(CohortSummary c) => new(
        "Table 1: attributes of all stays and by outcome",
        [new("Attribute"), .. c.Groups.Select(g => TextColumn.Figure($"{g.Name} (n = {Figures.Cell(g.Stays)})")), TextColumn.Figure("Missing")],
        [.. c.TableOne.Select(r => (IReadOnlyList<string>)[r.Label, .. r.Cells, Figures.Cell(r.Missing)])]);

    public static TextTable LeftOut(CohortSummary c) => new(
        "Events left out on reading",
        [new("Reason"), TextColumn.Figure("Events")],
        [.. c.LeftOut.Select(r => (IReadOnlyList<string>)[r.Key, r.Value < 0 ? Figures.Cell((int)r.Value) : Figures.Count(r.Value)])]);

    public static TextTable Channels(CohortSummary c) => new(
        "Channels: how often and how much",
        [new("Channel"), new("Unit"), TextColumn.Figure("Readings"), TextColumn.Figure("Stays with any"), TextColumn.Figure("Per stay and day"), TextColumn.Figure("Median [quartiles]"), TextColumn.Figure("5 % to 95 %")],
        [.. c.Channels.Select(s => (IReadOnlyList<string>)
        [
            s.Title, s.Unit ?? "", s.Readings < 0 ? Figures.Cell((int)s.Readings) : Figures.Count(s.Readings), Figures.Percent(s.StaysObserved), Figures.Number(s.PerDay),
            s.Quantiles.Count == 5 ? $"{Figures.Number(s.Quantiles[2])} {Figures.Range(s.Quantiles[1], s.Quantiles[3])}" : Figures.None,
            s.Quantiles.Count == 5 ? $"{Figures.Number(s.Quantiles[0])} to {Figures.Number(s.Quantiles[4])}" : Figures.None,
        ])]);

    public static string ObservedReading(CohortSummary c)
    {
        ChannelSummary[] channels = [.. c.Channels.Where(s => s.ObservedByHour.Count > 0)];
        if (channels.Length == 0)
            return "No channel has readings.";
        ChannelSummary most = channels.MaxBy(s => s.ObservedByHour.Average())!, least = channels.MinBy(s => s.ObservedByHour.Average())!;
        return $"Most often measured: {most.Title}, in {Figures.Percent(Math.Round(most.ObservedByHour.Average(), 3))} of the hours; least often: {least.Title}, in {Figures.Percent(Math.Round(least.ObservedByHour.Average(), 3))}.";
    }

    public static string CorrelationReading(CohortSummary c)
    {
        (ChannelSummary Channel, double First)[] first = [.. c.Channels.Where(s => s.Autocorrelation.Count > 0 && s.Autocorrelation[0] is not null).Select(s => (s, s.Autocorrelation[0]!.Value))];
        if (first.Length == 0)
            return "No channel has enough pairs of readings one hour apart.";
        (ChannelSummary most, double high) = first.MaxBy(p => p.First);
        (ChannelSummary least, double low) = first.MinBy(p => p.First);
        return $"After one hour readings of {most.Title} resemble themselves most ({Figures.Number(high)}), those of {least.Title} least ({Figures.Number(low)}).";
    }

    public static string CourseReading(ChannelSummary s)
    {
        int first = Enumerable.Range(0, s.MedianByHour.Count).First(t => s.MedianByHour[t] is not null);
        int last = Enumerable.Range(0, s.MedianByHour.Count).Last(t => s.MedianByHour[t] is not null);
        return $"The median goes from {Figures.Number(s.MedianByHour[first])} in hour {first + 1} to {Figures.Number(s.MedianByHour[last])} in hour {last + 1}; {Figures.Percent(Math.Round(s.StaysObserved, 3))} of the stays have a reading.";
    }
}
