using System.Globalization;
using System.Text;
using CsvHelper;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Cohorts.Writing;
using Lethe.Data.Problems;
using Lethe.Data.Rows;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Documents;

/// <summary>
/// The events of a cohort folder, <c>id,time,variable,value</c>. Numbers are the shortest texts that read back as the same
/// single-precision number; values of categorical channels are level names. Reading is strict: the folder was written by
/// a program, so whatever does not fit is damage and stops it.
/// </summary>
internal static class EventsCsv
{
    public static void Write(Stream stream, Cohort cohort, bool header = true, StayWatch watch = default)
    {
        using CsvWriter writer = CsvWriter.Create(stream, new CsvWriterOptions { Quoting = CsvQuoting.WhenNeededOrWhitespace }, leaveOpen: true);
        if (header)
            writer.WriteRecord("id", "time", "variable", "value");
        Column ids = cohort.Statics[Cohort.StayIdColumn];
        for (int stay = 0; stay < cohort.Count; stay++)
        {
            watch.Next(stay);
            StayEvents events = cohort[stay];
            string? id = ids.Format(stay);
            for (int e = 0; e < events.Count; e++)
            {
                Channel channel = cohort.Channels[events.Channels[e]];
                writer.WriteField(id);
                writer.WriteField(events.Times[e].ToString("R", CultureInfo.InvariantCulture));
                writer.WriteField(channel.Name);
                writer.WriteField(channel.Levels.Count > 0 ? channel.Levels[(int)events.Values[e]] : events.Values[e].ToString("R", CultureInfo.InvariantCulture));
                writer.EndRecord();
            }
        }
    }

    /// <exception cref="DataException">A row does not fit the stays or the channels.</exception>
    public static Cohort Read(string path, string name, Table statics, IReadOnlyList<Channel> channels, IReadOnlyList<string> outcomes)
    {
        Utf8Index stays = TidyCohortReader.StayIndex(statics, path), variables = new();
        Dictionary<string, int>[] levels = [.. channels.Select(c => c.Levels.Select((l, i) => (l, i)).ToDictionary(p => p.l, p => p.i, StringComparer.Ordinal))];
        for (int c = 0; c < channels.Count; c++)
            variables.TryAdd(channels[c].Name, c);
        CohortBuilder builder = new();
        using CsvRowReader rows = new(path, "id", "time", "variable", "value");
        while (rows.Read())
        {
            if (!stays.TryGet(rows.Utf8(0), out int stay))
                throw Damage(rows, "id", 0, "the static table has no such stay");
            if (!variables.TryGet(rows.Utf8(2), out int channel))
                throw Damage(rows, "variable", 2, "the channels file has no such channel");
            if (!float.TryParse(rows.Utf8(1), NumberStyles.Float, CultureInfo.InvariantCulture, out float time) || !float.IsFinite(time))
                throw Damage(rows, "time", 1, "the time is not a number");
            float value;
            if (levels[channel].Count > 0)
                value = levels[channel].TryGetValue(Encoding.UTF8.GetString(rows.Utf8(3)), out int code) ? code : throw Damage(rows, "value", 3, "the channel has no such level");
            else if (!float.TryParse(rows.Utf8(3), NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !float.IsFinite(value))
                throw Damage(rows, "value", 3, "the value is not a number");
            builder.Add(stay, time, channel, value);
        }

        return builder.Build(name, statics, channels, outcomes);
    }

    private static DataException Damage(CsvRowReader rows, string column, int cell, string message) => new(new DataProblem
    {
        Code = "LC031",
        File = rows.Name,
        Line = rows.Line,
        Column = column,
        Value = rows.Text(cell),
        Message = message,
        Remedy = "The files of the folder do not belong together: import the cohort again, or correct the row.",
    });
}
