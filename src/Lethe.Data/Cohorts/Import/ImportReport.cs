using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Reading;

namespace Lethe.Data.Cohorts.Import;

/// <summary>
/// The account of one import, for people and programs: flow of stays, every event read and what became of it, quality by
/// channel, warnings. Counts and places in files; no value of any patient.
/// </summary>
public sealed class ImportReport
{
    /// <summary>Name of the JSON file in a cohort folder.</summary>
    public const string JsonFile = "import-report.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly CohortReadResult _result;
    private readonly CohortFormat _format;
    private readonly CohortDefinition _definition;

    /// <summary>Makes the report of an import.</summary>
    public ImportReport(CohortFormat format, CohortDefinition definition, CohortReadResult result)
    {
        _format = format;
        _definition = definition;
        _result = result;
        Quality = Qualities(result);
    }

    /// <summary>Quality by channel, in channel order.</summary>
    public IReadOnlyList<ChannelQuality> Quality { get; }

    /// <summary>The files that stand beside the cohort: report, attrition and quality tables.</summary>
    public IReadOnlyDictionary<string, string> Files => new Dictionary<string, string>
    {
        [JsonFile] = ToJson(),
        ["attrition.md"] = $"# {_result.Cohort.Name}\n\n{_result.Attrition.ToMarkdown()}",
        ["attrition.html"] = _result.Attrition.ToHtml(_result.Cohort.Name),
        ["data-quality.md"] = ToMarkdown(),
    };

    /// <summary>The report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Source = _format.Id,
            Definition = _definition.Name,
            Stays = _result.Cohort.Count,
            Attrition = _result.Attrition.Steps,
            Events = new { _result.Tally.Read, _result.Tally.Kept, LeftOut = _result.Tally.LeftOut.Sum(l => l.Count) },
            _result.Tally.LeftOut,
            _result.Tally.Noted,
            Channels = Quality,
            Warnings = _result.Warnings.Select(w => w.PublicText),
        },
        Json);

    /// <summary>The quality table and the reasons for leaving events out, as Markdown.</summary>
    public string ToMarkdown()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# Data quality: {_result.Cohort.Name}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Attrition.Count(_result.Tally.Read)} events read = {Attrition.Count(_result.Tally.Kept)} kept + {Attrition.Count(_result.Tally.LeftOut.Sum(l => l.Count))} left out.\n\n");
        text.Append("| channel | unit | events | stays with any | implausible, left out | not a number or missing | unknown unit | unit converted | same time twice | before admission |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (ChannelQuality q in Quality)
            text.Append(CultureInfo.InvariantCulture, $"| {q.Channel} | {q.Unit ?? "–"} | {q.Events:N0} | {q.StaysWithAny:N0} | {q.Implausible:N0} | {q.NoNumber:N0} | {q.UnknownUnit:N0} | {q.Converted:N0} | {q.Repeated:N0} | {q.BeforeAdmission:N0} |\n");
        text.Append("\n| left out because | events |\n|---|---:|\n");
        foreach (IGrouping<string, TallyLine> reason in _result.Tally.LeftOut.GroupBy(l => l.Reason, StringComparer.Ordinal).OrderByDescending(g => g.Sum(l => l.Count)))
            text.Append(CultureInfo.InvariantCulture, $"| {reason.Key} | {reason.Sum(l => l.Count):N0} |\n");
        return text.ToString();
    }

    private static ChannelQuality[] Qualities(CohortReadResult result)
    {
        Cohort cohort = result.Cohort;
        long[] events = new long[cohort.Channels.Count], stays = new long[cohort.Channels.Count];
        int[] lastStay = new int[cohort.Channels.Count];
        for (int i = 0; i < cohort.Count; i++)
        {
            foreach (ushort c in cohort[i].Channels)
            {
                events[c]++;
                if (lastStay[c] == i + 1)
                    continue;
                lastStay[c] = i + 1;
                stays[c]++;
            }
        }

        ILookup<string, TallyLine> left = result.Tally.LeftOut.ToLookup(l => l.Channel, StringComparer.Ordinal), noted = result.Tally.Noted.ToLookup(l => l.Channel, StringComparer.Ordinal);
        return [.. cohort.Channels.Select((channel, c) => new ChannelQuality(
            channel.Name,
            channel.Unit,
            events[c],
            stays[c],
            Count(left, channel, r => r == EventReasons.Implausible),
            Count(left, channel, r => r is EventReasons.NotNumber or EventReasons.NoValue),
            Count(left, channel, r => r.StartsWith("unit '", StringComparison.Ordinal)),
            Count(noted, channel, r => r.StartsWith("unit ", StringComparison.Ordinal)),
            Count(noted, channel, r => r.StartsWith("same stay", StringComparison.Ordinal)),
            Count(noted, channel, r => r.StartsWith("time is before", StringComparison.Ordinal))))];
    }

    private static long Count(ILookup<string, TallyLine> lines, Channel channel, Func<string, bool> reason) => lines[channel.Name].Where(l => reason(l.Reason)).Sum(l => l.Count);
}

/// <summary>What became of one channel's readings.</summary>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Events">Readings kept.</param>
/// <param name="StaysWithAny">Stays with at least one.</param>
/// <param name="Implausible">Left out as outside the plausible range.</param>
/// <param name="NoNumber">Left out as missing or not a number.</param>
/// <param name="UnknownUnit">Left out because the row's unit is not known for the variable.</param>
/// <param name="Converted">Kept after a change of unit.</param>
/// <param name="Repeated">Kept although stay, time and channel repeat.</param>
/// <param name="BeforeAdmission">Kept with a time before admission.</param>
public sealed record ChannelQuality(
    string Channel, string? Unit, long Events, long StaysWithAny, long Implausible, long NoNumber, long UnknownUnit, long Converted, long Repeated, long BeforeAdmission);
