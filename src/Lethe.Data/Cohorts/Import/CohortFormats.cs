using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Problems;
using Lethe.Data.Rows;

namespace Lethe.Data.Cohorts.Import;

/// <summary>The sources of cohorts, by name. The one place that lists them.</summary>
public static class CohortFormats
{
    private const string Database = "a folder of CSV files, a SQLite file or a PostgreSQL URL";

    /// <summary>All sources.</summary>
    public static IReadOnlyList<CohortFormat> All { get; } =
    [
        new("mimic-iv", "MIMIC-IV 2.x, 3.x", $"{Database} with the tables of hosp and icu", (from, d, _, stop) => Mimic4Reader.Read(RowSources.Open(from), d, stop)),
        new("mimic-iii", "MIMIC-III 1.4", $"{Database} with its tables", (from, d, _, stop) => Mimic3Reader.Read(RowSources.Open(from), d, stop)),
        new("eicu", "eICU 2.0", $"{Database} with its tables", (from, d, _, stop) => EicuReader.Read(RowSources.Open(from), d, stop)),
        new("eicu-hourly", "eICU, hourly grid", $"{Database} with the tables hourly, static and patient", (from, d, _, stop) => EicuHourlyReader.Read(RowSources.Open(from), d, stop)),
        new("physionet-2012", "PhysioNet/CinC Challenge 2012", "a folder with the stays of a set and its outcomes file", (from, d, _, _) => PhysioNet2012Reader.Read(from, d)),
        new("meds", "MEDS event stream, of MIMIC-IV or of Lethe", $"{Database} with the table meds_events", (from, d, _, stop) => MedsReader.Read(RowSources.Open(from), d, stop)),
        new("tidy", "Tidy long table", $"{Database} with events (id, time in hours, variable, value) and statics (one row a stay, with stay_id)", PlainCohorts.Tidy) { HasLayout = true },
        new("wide", "Wide table", "a folder with wide.csv (stay_id, hours, a column a channel) and statics.csv (one row a stay, with stay_id), plain or .gz", PlainCohorts.Wide) { HasLayout = true },
    ];

    /// <summary>The source of this name.</summary>
    /// <exception cref="KeyNotFoundException">No such source; the message lists what there is.</exception>
    public static CohortFormat Get(string id) => All.FirstOrDefault(f => f.Id == id)
        ?? throw new KeyNotFoundException($"'{id}' is no source of cohorts.{Spelling.DidYouMean(id, All.Select(f => f.Id))} There are: {string.Join(", ", All.Select(f => f.Id))}.");
}
