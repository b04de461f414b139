using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Problems;
using Lethe.Data.Rows;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Cohorts.Import;

/// <summary>The sources of cohorts, by name. The one place that lists them.</summary>
public static class CohortFormats
{
    private const string Database = "a folder of CSV files, a SQLite file or a PostgreSQL URL";

    /// <summary>All sources.</summary>
    public static IReadOnlyList<CohortFormat> All { get; } =
    [
        new("mimic-iv", "MIMIC-IV 2.x, 3.x", $"{Database} with the tables of hosp and icu", (from, d, stop) => Mimic4Reader.Read(RowSources.Open(from), d, stop)),
        new("mimic-iii", "MIMIC-III 1.4", $"{Database} with its tables", (from, d, stop) => Mimic3Reader.Read(RowSources.Open(from), d, stop)),
        new("eicu", "eICU 2.0", $"{Database} with its tables", (from, d, stop) => EicuReader.Read(RowSources.Open(from), d, stop)),
        new("eicu-hourly", "eICU, hourly grid", $"{Database} with the tables hourly, static and patient", (from, d, stop) => EicuHourlyReader.Read(RowSources.Open(from), d, stop)),
        new("physionet-2012", "PhysioNet/CinC Challenge 2012", "a folder with the stays of a set and its outcomes file", (from, d, _) => PhysioNet2012Reader.Read(from, d)),
        new("meds", "MEDS event stream of MIMIC-IV", $"{Database} with the table meds_events", (from, d, stop) => MedsReader.Read(RowSources.Open(from), d, stop)),
        new("tidy", "Tidy long file", "a folder with events.csv (id, time in hours, variable, value) and statics.csv (one row a stay, with stay_id), plain or .gz", (from, d, _) => Tidy(from, d)),
    ];

    /// <summary>The source of this name.</summary>
    /// <exception cref="KeyNotFoundException">No such source; the message lists what there is.</exception>
    public static CohortFormat Get(string id) => All.FirstOrDefault(f => f.Id == id)
        ?? throw new KeyNotFoundException($"'{id}' is no source of cohorts.{Spelling.DidYouMean(id, All.Select(f => f.Id))} There are: {string.Join(", ", All.Select(f => f.Id))}.");

    private static CohortReadResult Tidy(string folder, CohortDefinition definition)
    {
        string events = Find(folder, "events"), statics = Find(folder, "statics");
        string schema = Path.Combine(folder, CohortFolder.SchemaFile);
        TableReadOptions options = new() { Schema = File.Exists(schema) ? Schemas.SchemaYaml.Load(schema) : null };
        Table table = AsText(TableReader.Read(statics, options).Table);
        string[] outcomes = [.. table.Schema.Columns.Where(c => c.Role == Schemas.ColumnRole.Target || c.Name == StaticNames.InHospitalDeath).Select(c => c.Name).Distinct()];
        CohortReadResult read = TidyCohortReader.Read(events, table, outcomes, new TidyOptions { Implausible = definition.Implausible });
        return CohortSelection.Apply(read, definition, Path.GetFileName(Path.GetFullPath(folder)));
    }

    /// <summary>The table with its stays' identifiers as text, however they were written.</summary>
    private static Table AsText(Table table)
    {
        if (!table.Schema.TryGet(Cohort.StayIdColumn, out Schemas.ColumnSchema? id) || id.Kind == Schemas.ColumnKind.Text)
            return table;
        Column column = table[Cohort.StayIdColumn];
        TextColumn text = new(new Schemas.ColumnSchema { Name = id.Name, Kind = Schemas.ColumnKind.Text, Role = Schemas.ColumnRole.Identifier }, [.. Enumerable.Range(0, column.Count).Select(column.Format)]);
        return new Table(table.Columns.Select(c => c.Name == id.Name ? text : c), table.Schema.Name);
    }

    private static string Find(string folder, string name)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        string? found = ((string[])[$"{name}.csv", $"{name}.csv.gz"]).Select(f => Path.Combine(folder, f)).FirstOrDefault(File.Exists);
        return found ?? throw new DataException(new DataProblem
        {
            Code = "LC055",
            File = folder,
            Message = $"the folder has neither {name}.csv nor {name}.csv.gz",
            Remedy = "A tidy cohort is a folder with events.csv (id, time, variable, value) and statics.csv (one row a stay, with stay_id).",
        });
    }
}
