using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Documents;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Cohorts.Writing;
using Lethe.Data.Problems;
using Lethe.Data.Rows;
using Lethe.Data.Schemas;
using Lethe.Data.Sources.Sqlite;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Cohorts.Import;

/// <summary>
/// Cohorts of any origin: events as a long or a wide table beside a static table with a row a stay. Where a
/// <c>channels.yaml</c> and a <c>statics.schema.yaml</c> of a cohort folder stand with them (in a SQLite file: in
/// <c>lethe_about</c>), they say what channels and columns are; else that is inferred.
/// </summary>
internal static class PlainCohorts
{
    public static CohortReadResult Tidy(string place, CohortDefinition definition, EventLayout layout, CancellationToken cancellation)
    {
        string id = layout.Id ?? "id";
        IRowSource source = RowSources.Open(place);
        Described described = Describe(place, source, id, "events");
        TidyOptions options = new() { TimeUnit = layout.TimeUnit, Implausible = definition.Implausible, Channels = described.Channels };
        using RowReader rows = source.Open("events", id, layout.Time ?? "time", layout.Variable ?? "variable", layout.Value ?? "value");
        CohortReadResult read = TidyCohortReader.Read(rows, described.Statics, described.Outcomes, options, described.Name, cancellation);
        return CohortSelection.Apply(read, definition, described.Name);
    }

    public static CohortReadResult Wide(string folder, CohortDefinition definition, EventLayout layout, CancellationToken cancellation)
    {
        string id = layout.Id ?? Cohort.StayIdColumn;
        Described described = Describe(folder, new CsvFolderSource(folder), id, "wide");
        WideOptions options = new() { IdColumn = id, TimeColumn = layout.Time ?? "hours", TimeUnit = layout.TimeUnit, Implausible = definition.Implausible, Channels = described.Channels };
        CohortReadResult read = WideCohortReader.Read(Find(folder, "wide"), described.Statics, described.Outcomes, options, described.Name, cancellation);
        return CohortSelection.Apply(read, definition, described.Name);
    }

    private static Described Describe(string place, IRowSource source, string idColumn, string events)
    {
        DataProblem[] missing = [.. ((string[])[events, "statics"]).Where(t => !source.Has(t)).Select(t => Missing(place, t))];
        if (missing.Length > 0)
            throw new DataException(missing);
        string? channels = Text(place, source, CohortFolder.ChannelsFile, SqliteCohortWriter.ChannelsFact), schema = Text(place, source, CohortFolder.SchemaFile, SqliteCohortWriter.SchemaFact);
        TableReadOptions options = new() { Schema = schema is null ? null : SchemaYaml.Parse(schema, CohortFolder.SchemaFile) };
        Table statics = PlainStatics.WithTextIds(Statics(place, source, options), idColumn);
        if (!statics.Schema.TryGet(Cohort.StayIdColumn, out _))
            throw NoStayId(place, idColumn, statics);
        if (channels is not null)
        {
            (string name, IReadOnlyList<string> outcomes, IReadOnlyList<Channel> known) = ChannelsYaml.Read(channels, CohortFolder.ChannelsFile);
            return new Described(name, statics, outcomes, known);
        }

        string[] targets = [.. statics.Schema.Columns.Where(c => c.Role == ColumnRole.Target || c.Name == StaticNames.InHospitalDeath).Select(c => c.Name)];
        return new Described(source.Name, statics, targets, null);
    }

    private static Table Statics(string place, IRowSource source, TableReadOptions options) => source switch
    {
        CsvFolderSource => TableReader.Read(Find(place, "statics"), options).Table,
        SqliteRowSource => SqliteTableReader.ReadTable(place, "statics", options).Table,
        PostgresRowSource postgres => postgres.ReadTable("statics", options),
        _ => throw new ArgumentException($"'{place}' is no source of tables.", nameof(place)),
    };

    /// <summary>A text that stands with the data; null when there is none.</summary>
    private static string? Text(string place, IRowSource source, string file, string fact)
    {
        if (source is CsvFolderSource)
            return Path.Combine(place, file) is var path && File.Exists(path) ? File.ReadAllText(path) : null;
        if (!source.Has(SqliteTableReader.AboutTable))
            return null;
        using RowReader rows = source.Open(SqliteTableReader.AboutTable, "key", "value");
        while (rows.Read())
        {
            if (rows.Text(0) == fact)
                return rows.Text(1);
        }

        return null;
    }

    private static string Find(string folder, string name) =>
        ((string[])[$"{name}.csv", $"{name}.csv.gz"]).Select(f => Path.Combine(folder, f)).FirstOrDefault(File.Exists) ?? throw new DataException(Missing(folder, name));

    private static DataProblem Missing(string place, string table) => new()
    {
        Code = "LC055",
        File = place,
        Message = $"there is no '{table}': neither {table}.csv nor {table}.csv.gz in a folder, nor a table of that name in a database",
        Remedy = "A tidy cohort is events (id, time, variable, value), a wide one is wide (stay_id, hours, a column a channel); both need statics (one row a stay, with stay_id). Other names of columns: --column id=NAME.",
    };

    private static DataException NoStayId(string place, string column, Table statics) => new(new DataProblem
    {
        Code = "LC056",
        File = place,
        Column = Cohort.StayIdColumn,
        Message = $"the static table has neither a column '{Cohort.StayIdColumn}' nor '{column}'; it has: {string.Join(", ", statics.Schema.Columns.Select(c => c.Name))}",
        Remedy = "Name the column that identifies a stay: --column id=NAME.",
    });

    private sealed record Described(string Name, Table Statics, IReadOnlyList<string> Outcomes, IReadOnlyList<Channel>? Channels);
}
