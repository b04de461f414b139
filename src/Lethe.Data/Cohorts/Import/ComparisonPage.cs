using System.Globalization;
using System.Text;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Concepts;

namespace Lethe.Data.Cohorts.Import;

/// <summary>
/// Databases side by side as Markdown: flow of stays, Table 1, events and missingness by channel. Aggregates only; counts
/// of 1 to 9 and shares that would tell them are suppressed.
/// </summary>
public static class ComparisonPage
{
    /// <summary>Counts above 0 and below this are suppressed.</summary>
    public const int SuppressBelow = 10;

    private static readonly (string Title, Func<CohortSummary, string> Cell)[] Rows =
    [
        ("stays", s => Attrition.Count(s.Stays)),
        ("patients", s => s.Patients is { } p ? Attrition.Count(p) : "–"),
        ("age, years", s => Text(s.Age, 0)),
        ("female", s => Text(s.Female)),
        ("death in hospital", s => Text(s.InHospitalDeath)),
        ("death in the unit", s => Text(s.DiedInUnit)),
        ("length of stay in the unit, hours", s => Text(s.LengthHours, 0)),
        ("length of stay in hospital, days", s => Text(s.HospitalDays, 1)),
        ("events", s => Attrition.Count(s.Events)),
        ("events a stay", s => Text(s.EventsPerStay, 0)),
    ];

    /// <summary>The page.</summary>
    /// <param name="databases">Title, all stays, the cohort and its flow, by database.</param>
    /// <param name="definition">The definition of the cohorts.</param>
    /// <param name="command">The command that makes this page.</param>
    public static string Write(IReadOnlyList<ComparedCohort> databases, CohortDefinition definition, string command)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"# Cohorts side by side\n\nProduced by\n\n```\n{command}\n```\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Aggregates only. Counts of 1 to {SuppressBelow - 1}, and shares that would tell them, are suppressed; totals are exact because the open datasets publish them. Numbers with brackets are median [quartiles]. Units and names are those of the concept table (`docs/concepts.md`).\n\n");
        page.Append("## Every stay\n\n");
        TableOne(page, databases, d => d.All);
        page.Append(CultureInfo.InvariantCulture, $"\n## {definition.Title ?? definition.Name}\n\nDefinition `{definition.Name}`.\n\n### Flow of stays\n");
        foreach (ComparedCohort d in databases)
            page.Append(CultureInfo.InvariantCulture, $"\n{d.Title}\n\n{d.Attrition.ToMarkdown(SuppressBelow)}");
        page.Append("\n### Table 1\n\n");
        TableOne(page, databases, d => d.Chosen);
        page.Append("\n### Channels\n\nStays with at least one reading (their complement is missingness), and readings.\n\n");
        Channels(page, databases);
        return page.ToString();
    }

    private static void TableOne(StringBuilder page, IReadOnlyList<ComparedCohort> databases, Func<ComparedCohort, CohortSummary> of)
    {
        Header(page, "", databases, 1);
        foreach ((string title, Func<CohortSummary, string> cell) in Rows)
            page.Append(CultureInfo.InvariantCulture, $"| {title} | {string.Join(" | ", databases.Select(d => cell(of(d))))} |\n");
    }

    private static void Channels(StringBuilder page, IReadOnlyList<ComparedCohort> databases)
    {
        page.Append(CultureInfo.InvariantCulture, $"| channel | unit | {string.Join(" | ", databases.Select(d => $"{d.Title}: stays | readings | median"))} |\n|---|---|{string.Concat(Enumerable.Repeat("---:|", 3 * databases.Count))}\n");
        foreach (Channel channel in ConceptTable.All.Where(c => databases.Any(d => d.Chosen.Channels.ContainsKey(c.Name))))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {channel.Name} | {channel.Unit ?? "–"} |");
            foreach (ComparedCohort d in databases)
            {
                bool there = d.Chosen.Channels.TryGetValue(channel.Name, out ChannelSummary? summary) && summary.Events > 0;
                bool small = there && summary!.StaysWithAny.Count < SuppressBelow;
                page.Append(!there ? " – | – | – |" : small
                    ? $" {Percent(summary!.StaysWithAny)} | – | – |"
                    : string.Create(CultureInfo.InvariantCulture, $" {Percent(summary!.StaysWithAny)} | {summary.Events:N0} | {Text(summary.Values, channel.Decimals)} |"));
            }

            page.Append('\n');
        }
    }

    private static void Header(StringBuilder page, string first, IReadOnlyList<ComparedCohort> databases, int width) =>
        page.Append(CultureInfo.InvariantCulture, $"| {first} | {string.Join(" | ", databases.Select(d => d.Title))} |\n|---|{string.Concat(Enumerable.Repeat("---:|", width * databases.Count))}\n");

    private static string Text(Quartiles? q, int decimals)
    {
        if (q is null)
            return "–";
        string f = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{q.Median.ToString(f, CultureInfo.InvariantCulture)} [{q.Lower.ToString(f, CultureInfo.InvariantCulture)}–{q.Upper.ToString(f, CultureInfo.InvariantCulture)}]");
    }

    private static string Text(Share? share) => share is null ? "–" : Hidden(share)
        ? Percent(share)
        : string.Create(CultureInfo.InvariantCulture, $"{share.Count:N0} ({Percent(share)})");

    /// <summary>A percentage; a bound where the exact one would tell a count of 1 to 9, of those who have it or of those who have not.</summary>
    internal static string Percent(Share share)
    {
        if (share.Of == 0)
            return "–";
        if (share.Of < 2 * SuppressBelow && Hidden(share))
            return "suppressed";
        double edge = 100.0 * SuppressBelow / share.Of;
        if (share.Count is > 0 and < SuppressBelow)
            return string.Create(CultureInfo.InvariantCulture, $"<{edge:F1} %");
        return Hidden(share)
            ? string.Create(CultureInfo.InvariantCulture, $">{100 - edge:F1} %")
            : string.Create(CultureInfo.InvariantCulture, $"{100.0 * share.Count / share.Of:F1} %");
    }

    private static bool Hidden(Share share) => share.Count is > 0 and < SuppressBelow || share.Of - share.Count is > 0 and < SuppressBelow;
}

/// <summary>One database of a comparison.</summary>
/// <param name="Title">Name for people.</param>
/// <param name="All">Every stay of it.</param>
/// <param name="Chosen">The cohort.</param>
/// <param name="Attrition">How the cohort came about.</param>
public sealed record ComparedCohort(string Title, CohortSummary All, CohortSummary Chosen, Attrition Attrition);
