using Lethe.Data.Problems;
using Lethe.Data.Rows;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>How a wide file is laid out: one row a stay and time, one column a channel. Immutable.</summary>
public sealed record WideOptions
{
    /// <summary>Column with the stay's identifier.</summary>
    public string IdColumn { get; init; } = Cohort.StayIdColumn;

    /// <summary>Column with the time since the anchor.</summary>
    public string TimeColumn { get; init; } = "hours";

    /// <summary>Unit of the time column.</summary>
    public TimeUnit TimeUnit { get; init; } = TimeUnit.Hours;

    /// <summary>Channels with metadata, whose names are columns of the file; other columns are left out and reported. Null: every column is a channel.</summary>
    public IReadOnlyList<Channel>? Channels { get; init; }

    /// <summary>What to do with readings outside a channel's plausible range.</summary>
    public ImplausibleRule Implausible { get; init; } = ImplausibleRule.LeaveOut;
}

/// <summary>Reads wide files: one row a stay and time, one column a channel, empty where nothing was read. Streams.</summary>
public static class WideCohortReader
{
    /// <summary>Reads the events of the stays in <paramref name="statics"/>. The account counts cells that are not empty.</summary>
    /// <param name="path">The wide file.</param>
    /// <param name="statics">One row a stay, with a text column <c>stay_id</c>.</param>
    /// <param name="outcomes">Static columns that are outcomes.</param>
    /// <param name="options">Column names, unit of time, channels.</param>
    /// <param name="name">Name of the cohort.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="DataException">A column is missing, a row is ragged, or two stays have one identifier.</exception>
    public static CohortReadResult Read(string path, Table statics, IReadOnlyList<string> outcomes, WideOptions? options = null, string name = "cohort", CancellationToken cancellation = default)
    {
        WideOptions layout = options ?? new WideOptions();
        IReadOnlyList<string> header;
        using (CsvRowReader peek = new(path, layout.IdColumn, layout.TimeColumn))
            header = peek.Header;
        string[] others = [.. header.Where(h => !Same(h, layout.IdColumn) && !Same(h, layout.TimeColumn))];
        IReadOnlyList<Channel> channels = layout.Channels ?? [.. others.Select(o => new Channel { Name = o, Kind = ChannelKind.Vital })];
        List<DataProblem> warnings = [.. others.Where(o => !channels.Any(c => Same(c.Name, o))).Select(o => new DataProblem
        {
            Code = "LC057",
            Severity = Severity.Warning,
            File = path,
            Column = o,
            Message = "the column is not among the channels and was left out",
            Remedy = "Add a channel of this name to keep it.",
        })];

        using CsvRowReader rows = new(path, [layout.IdColumn, layout.TimeColumn, .. channels.Select(c => c.Name)]);
        Utf8Index stays = TidyCohortReader.StayIndex(statics, path);
        ChannelIntake intake = new(channels, layout.Implausible);
        double perHour = TidyCohortReader.PerHour(layout.TimeUnit);
        while (rows.Read())
        {
            if ((rows.Line & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            bool known = stays.TryGet(rows.Utf8(0), out int stay);
            bool timed = rows.TryNumber(1, out double time) && !double.IsNaN(time);
            for (int c = 0; c < channels.Count; c++)
            {
                if (rows.Utf8(c + 2).IsEmpty)
                    continue;
                if (!known)
                    intake.Tally.LeaveOut("identifier is not in the static table", channels[c].Name, path, rows.Line);
                else if (!timed)
                    intake.Tally.LeaveOut("time is not a number", channels[c].Name, path, rows.Line);
                else
                    intake.Offer(stay, time / perHour, c, rows, c + 2);
            }
        }

        return intake.Finish(name, statics, channels, outcomes, path, warnings, inferDecimals: layout.Channels is null);
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
