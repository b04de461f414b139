using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Rows;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Reads tidy long files: <c>id, time, variable, value</c>, one event a row, plain or gzipped CSV, any column names, any
/// order of rows. Streams: memory is that of the kept events.
/// </summary>
public static class TidyCohortReader
{
    /// <summary>Reads events of the stays in <paramref name="statics"/>.</summary>
    /// <param name="eventsPath">The long file.</param>
    /// <param name="statics">One row a stay, with a text column <c>stay_id</c>.</param>
    /// <param name="outcomes">Static columns that are outcomes.</param>
    /// <param name="options">Column names, unit of time, channels.</param>
    /// <param name="name">Name of the cohort.</param>
    /// <exception cref="DataException">A column is missing, a row is ragged, or two stays have one identifier.</exception>
    public static CohortReadResult Read(string eventsPath, Table statics, IReadOnlyList<string> outcomes, TidyOptions? options = null, string name = "cohort")
    {
        TidyOptions layout = options ?? new TidyOptions();
        using CsvRowReader rows = new(eventsPath, layout.IdColumn, layout.TimeColumn, layout.VariableColumn, layout.ValueColumn);
        Utf8Index stays = StayIndex(statics, eventsPath);
        Utf8Index variables = new();
        List<Channel> channels = [];
        foreach (Channel c in layout.Channels ?? [])
        {
            variables.TryAdd(c.Name, channels.Count);
            channels.Add(c);
        }

        List<ChannelProfile> profiles = [.. channels.Select(_ => new ChannelProfile())];
        CohortBuilder builder = new();
        EventTally tally = new();
        float perHour = layout.TimeUnit switch
        {
            TimeUnit.Hours => 1,
            TimeUnit.Minutes => 60,
            TimeUnit.Seconds => 3600,
            _ => 1f / 24,
        };

        while (rows.Read())
        {
            if (!stays.TryGet(rows.Utf8(0), out int stay))
            {
                tally.LeaveOut("identifier is not in the static table", "", eventsPath, rows.Line);
                continue;
            }

            if (!variables.TryGet(rows.Utf8(2), out int channel))
            {
                string variable = Encoding.UTF8.GetString(rows.Utf8(2));
                if (layout.Channels is not null || variable.Length == 0)
                {
                    tally.LeaveOut(variable.Length == 0 ? "variable is empty" : "variable is not among the channels", variable, eventsPath, rows.Line);
                    continue;
                }

                channel = channels.Count;
                variables.TryAdd(variable, channel);
                channels.Add(new Channel { Name = variable, Kind = ChannelKind.Vital });
                profiles.Add(new ChannelProfile());
            }

            string label = channels[channel].Name;
            if (!rows.TryNumber(1, out double time) || double.IsNaN(time))
            {
                tally.LeaveOut(double.IsNaN(time) ? "time is missing" : "time is not a number", label, eventsPath, rows.Line);
                continue;
            }

            if (!TryValue(rows, channels[channel], out double value, out string? reason))
            {
                tally.LeaveOut(reason!, label, eventsPath, rows.Line);
                continue;
            }

            if (channels[channel].PlausibleRange is { } range && !range.Contains(value))
            {
                if (layout.Implausible == ImplausibleRule.LeaveOut)
                {
                    tally.LeaveOut("value is outside the plausible range", label, eventsPath, rows.Line);
                    continue;
                }

                tally.Note(layout.Implausible == ImplausibleRule.Keep ? "value is outside the plausible range, kept" : "value moved to the end of the plausible range", label, eventsPath, rows.Line);
                value = layout.Implausible == ImplausibleRule.Keep ? value : Math.Clamp(value, range.Lower, range.Upper);
            }

            if (time < 0)
                tally.Note("time is before admission", label, eventsPath, rows.Line);
            builder.Add(stay, (float)(time / perHour), channel, (float)value);
            profiles[channel].See(rows.Utf8(3));
            tally.Keep();
        }

        if (layout.Channels is null)
            channels = [.. channels.Select((c, i) => c with { Decimals = profiles[i].Decimals })];
        Cohort cohort = builder.Build(name, statics, channels, outcomes);
        DuplicateNotes.Add(cohort, tally, eventsPath);
        return new CohortReadResult(cohort, tally, []);
    }

    private static bool TryValue(CsvRowReader rows, Channel channel, out double value, out string? reason)
    {
        reason = null;
        if (channel.Kind == ChannelKind.Categorical && channel.Levels.Count > 0)
        {
            string? level = rows.Text(3);
            int code = level is null ? -1 : LevelOf(channel, level);
            value = code;
            reason = level is null ? "value is missing" : "value is none of the channel's levels";
            return code >= 0;
        }

        bool number = rows.TryNumber(3, out value);
        reason = !number ? "value is not a number" : "value is missing";
        return number && !double.IsNaN(value);
    }

    private static int LevelOf(Channel channel, string level)
    {
        for (int i = 0; i < channel.Levels.Count; i++)
        {
            if (string.Equals(channel.Levels[i], level, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    internal static Utf8Index StayIndex(Table statics, string file)
    {
        Utf8Index stays = new();
        Column ids = statics[Cohort.StayIdColumn];
        for (int i = 0; i < ids.Count; i++)
        {
            if (ids.Format(i) is not { } id || !stays.TryAdd(id, i))
            {
                throw new DataException(new DataProblem
                {
                    Code = "LC001",
                    File = file,
                    Column = Cohort.StayIdColumn,
                    Line = i + 2,
                    Value = ids.Format(i),
                    Message = "the identifier of a stay is missing or occurs twice in the static table",
                    Remedy = "Give every stay one row and an identifier of its own.",
                });
            }
        }

        return stays;
    }

    /// <summary>The most decimals that readings of a channel were written with, up to 7.</summary>
    private sealed class ChannelProfile
    {
        public int Decimals { get; private set; }

        public void See(ReadOnlySpan<byte> text)
        {
            int point = text.IndexOf((byte)'.');
            if (point < 0 || text.Length - point - 1 <= Decimals)
                return;
            int decimals = text.Length - point - 1;
            while (decimals > 0 && text[point + decimals] == '0')
                decimals--; // 63.0 was recorded as a whole number
            if (text.IndexOfAny((byte)'e', (byte)'E') < 0)
                Decimals = Math.Max(Decimals, Math.Min(decimals, 7));
        }
    }
}
