using Lethe.Data.Cohorts.Writing;
using Lethe.Data.Concepts;
using Lethe.Data.Files;
using Lethe.Data.Problems;

namespace Lethe.Data.Cohorts.Export;

/// <summary>The forms in which a cohort leaves Lethe, by name. The one place that lists them.</summary>
public static class CohortExports
{
    private const string WideFile = "wide.csv.gz";

    /// <summary>All forms.</summary>
    public static IReadOnlyList<CohortExportFormat> All { get; } =
    [
        new("tidy", "Tidy CSV", "everything, bit for bit: events.csv.gz (id, time, variable, value), statics.csv.gz, their schema and channels", true, IsOf([.. CohortFiles, CohortFolder.EventsFile]), (c, p, d, stop) => CohortFolder.Fill(p, c, d, stop)),
        new("wide", "Wide CSV", "everything, bit for bit: wide.csv.gz (a row a stay and time, a column a channel), statics.csv.gz, their schema and channels", true, IsOf([.. CohortFiles, WideFile]), Wide),
        new("sqlite", "SQLite file", "everything: tables statics, events and channels", false, _ => true, SqliteCohortWriter.Write),
        new("physionet-2012", "PhysioNet/CinC Challenge 2012 layout", "events to the minute under the challenge's names and units, age, sex, height, weight, unit and death; stays are numbered anew", true, IsRecord, PhysioNet2012Writer.Write),
        new("meds", "MEDS event stream as CSV", "everything to the microsecond, but stays and patients are numbered anew", true, IsOf(MedsCsvWriter.EventsFile, CohortFolder.ChannelsFile, CohortFolder.SchemaFile), MedsCsvWriter.Write),
        new("fhir", "FHIR R4 bulk data (NDJSON)", "events to the microsecond, age as a year of birth, sex, death and other yes/no outcomes; stays and patients are numbered anew", true, IsOf("Patient.ndjson", "Encounter.ndjson", "Observation.ndjson", "Condition.ndjson"), (c, p, d, stop) => FhirBulkWriter.Write(c, p, d, stop)),
    ];

    private static string[] CohortFiles => [CohortFolder.ChannelsFile, CohortFolder.SchemaFile, CohortFolder.StaticsFile];

    /// <summary>The form of this name.</summary>
    /// <exception cref="KeyNotFoundException">No such form; the message lists what there is.</exception>
    public static CohortExportFormat Get(string id) => All.FirstOrDefault(f => f.Id == id)
        ?? throw new KeyNotFoundException($"'{id}' is no form to export a cohort in.{Spelling.DidYouMean(id, All.Select(f => f.Id))} There are: {string.Join(", ", All.Select(f => f.Id))}.");

    /// <summary>Writes a cohort in a form, whole or not at all.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="format">The form.</param>
    /// <param name="path">File or folder to write.</param>
    /// <param name="force">True: replace an earlier export of the same form.</param>
    /// <param name="done">Told how many stays are written.</param>
    /// <param name="cancellation">Stops the writing; nothing is left then.</param>
    /// <exception cref="IOException">Something is there already, or the place cannot be written.</exception>
    /// <exception cref="ArgumentException">The form cannot say what the cohort holds.</exception>
    public static void Run(Cohort cohort, CohortExportFormat format, string path, bool force = false, IProgress<int>? done = null, CancellationToken cancellation = default)
    {
        EnsureFree(format, path, force);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))!);
        if (format.IsFolder)
            AtomicFolder.Write(path, partial => format.Write(cohort, partial, done, cancellation));
        else
            format.Write(cohort, path, done, cancellation);
    }

    /// <summary>What of a cohort a reader of the form will not find, for people; empty when nothing.</summary>
    public static IReadOnlyList<string> Losses(Cohort cohort, CohortExportFormat format)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(format);
        if (format.Id != "physionet-2012")
            return [];
        HashSet<string> known = [.. ConceptMap.Load(format.Id).Sources.Select(s => s.Concept)];
        string[] others = [.. cohort.Channels.Select(c => c.Name).Where(n => !known.Contains(n))];
        return others.Length == 0 ? [] : [$"The challenge does not know {string.Join(", ", others)}: they are written under these names, and readers of the challenge leave them out."];
    }

    /// <summary>Checks that an export may be written to a place.</summary>
    /// <param name="format">The form.</param>
    /// <param name="path">File or folder to write.</param>
    /// <param name="force">True: an earlier export of the same form may be replaced.</param>
    /// <exception cref="IOException">The place is taken, and not by an export that may be replaced.</exception>
    public static void EnsureFree(CohortExportFormat format, string path, bool force)
    {
        ArgumentNullException.ThrowIfNull(format);
        bool folder = Directory.Exists(path);
        string[] there = folder ? [.. Directory.EnumerateFileSystemEntries(path).Select(e => Path.GetFileName(e)!)] : [];
        if (!File.Exists(path) && there.Length == 0 && (!folder || format.IsFolder))
            return;
        if (folder != format.IsFolder)
            throw new IOException($"'{path}' is a {(folder ? "folder" : "file")}; '{format.Id}' writes a {(format.IsFolder ? "folder" : "file")}. Give another place.");
        if (there.FirstOrDefault(f => !format.Owns(f)) is { } strange)
            throw new IOException($"'{path}' holds '{strange}', which is no part of a '{format.Id}' export, and is left as it is. Give a new or empty folder.");
        if (!force)
            throw new IOException($"'{path}' is there already and is left as it is. Give another place, or --force to replace it.");
    }

    private static void Wide(Cohort cohort, string folder, IProgress<int>? done, CancellationToken cancellation)
    {
        CohortFolder.Describe(folder, cohort);
        WideCohortWriter.Write(cohort, Path.Combine(folder, WideFile), done, cancellation);
    }

    private static Func<string, bool> IsOf(params string[] files) => name => files.Contains(name, StringComparer.Ordinal);

    private static bool IsRecord(string name) => name == "Outcomes.txt" || (name.Length == 10 && name.EndsWith(".txt", StringComparison.Ordinal) && name.AsSpan(0, 6).IndexOfAnyExceptInRange('0', '9') < 0);
}
