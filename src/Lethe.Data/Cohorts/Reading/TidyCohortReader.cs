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
        return Read(rows, statics, outcomes, layout, name);
    }

    /// <summary>Reads the events of a file or of a table of a database.</summary>
    /// <param name="rows">Rows whose first four columns are identifier, time, variable and value.</param>
    /// <param name="statics">One row a stay, with a text column <c>stay_id</c>.</param>
    /// <param name="outcomes">Static columns that are outcomes.</param>
    /// <param name="layout">Unit of time, channels.</param>
    /// <param name="name">Name of the cohort.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static CohortReadResult Read(RowReader rows, Table statics, IReadOnlyList<string> outcomes, TidyOptions layout, string name = "cohort", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(layout);
        string eventsPath = rows.Name;
        Utf8Index stays = StayIndex(statics, eventsPath);
        Utf8Index variables = new();
        List<Channel> channels = [];
        foreach (Channel c in layout.Channels ?? [])
        {
            variables.TryAdd(c.Name, channels.Count);
            channels.Add(c);
        }

        ChannelIntake intake = new(channels, layout.Implausible);
        double perHour = PerHour(layout.TimeUnit);
        while (rows.Read())
        {
            if ((rows.Line & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            if (!stays.TryGet(rows.Utf8(0), out int stay))
            {
                intake.Tally.LeaveOut("identifier is not in the static table", "", eventsPath, rows.Line);
                continue;
            }

            if (!variables.TryGet(rows.Utf8(2), out int channel))
            {
                string variable = Encoding.UTF8.GetString(rows.Utf8(2));
                if (layout.Channels is not null || variable.Length == 0)
                {
                    intake.Tally.LeaveOut(variable.Length == 0 ? "variable is empty" : "variable is not among the channels", variable, eventsPath, rows.Line);
                    continue;
                }

                channel = channels.Count;
                variables.TryAdd(variable, channel);
                channels.Add(new Channel { Name = variable, Kind = ChannelKind.Vital });
                intake.Grow();
            }

            if (!rows.TryNumber(1, out double time) || double.IsNaN(time))
                intake.Tally.LeaveOut(rows.Utf8(1).IsEmpty ? "time is missing" : "time is not a number", channels[channel].Name, eventsPath, rows.Line);
            else
                intake.Offer(stay, time / perHour, channel, rows, 3);
        }

        return intake.Finish(name, statics, channels, outcomes, eventsPath, [], inferDecimals: layout.Channels is null);
    }

    /// <summary>How many of the unit make an hour.</summary>
    internal static double PerHour(TimeUnit unit) => unit switch
    {
        TimeUnit.Hours => 1,
        TimeUnit.Minutes => 60,
        TimeUnit.Seconds => 3600,
        _ => 1.0 / 24,
    };

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
}
