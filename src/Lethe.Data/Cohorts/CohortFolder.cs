using System.IO.Compression;
using Lethe.Data.Cohorts.Documents;
using Lethe.Data.Cohorts.Writing;
using Lethe.Data.Files;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Cohorts;

/// <summary>
/// A cohort on the disk: a folder of <c>statics.csv.gz</c> with <c>statics.schema.yaml</c>, <c>events.csv.gz</c> (tidy:
/// <c>id,time,variable,value</c>, hours since the anchor) and <c>channels.yaml</c>. Plain text that any tool reads; what
/// is written is read back equal, bit for bit. The folder appears whole or not at all.
/// </summary>
public static class CohortFolder
{
    /// <summary>One row a stay.</summary>
    public const string StaticsFile = "statics.csv.gz";

    /// <summary>Schema of the static table.</summary>
    public const string SchemaFile = "statics.schema.yaml";

    /// <summary>One event a row, sorted by stay, time and channel.</summary>
    public const string EventsFile = "events.csv.gz";

    /// <summary>Name, outcomes and channel metadata.</summary>
    public const string ChannelsFile = "channels.yaml";

    private static readonly string[] Parts = [ChannelsFile, SchemaFile, StaticsFile, EventsFile];

    /// <summary>Paths of the files that make the cohort of a folder.</summary>
    public static IReadOnlyList<string> FilesOf(string folder) => [.. Parts.Select(p => Path.Combine(folder, p))];

    /// <summary>True when the folder holds a cohort.</summary>
    public static bool Is(string folder) => Array.TrueForAll(Parts, p => File.Exists(Path.Combine(folder, p)));

    /// <summary>Checks that a cohort may be written to a place: nothing is there, or a cohort.</summary>
    /// <exception cref="IOException">The folder holds something else.</exception>
    public static void EnsureFree(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && !Is(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new IOException($"'{folder}' holds something other than a cohort and is left as it is. Give a new or empty folder.");
    }

    /// <summary>Writes a cohort; an older cohort of the same name is replaced.</summary>
    /// <param name="folder">A new or empty folder, or one that holds a cohort.</param>
    /// <param name="cohort">The cohort.</param>
    /// <param name="texts">Further files by name, e.g. the import report.</param>
    /// <param name="done">Told how many stays are written.</param>
    /// <param name="cancellation">Stops the writing; nothing is left then.</param>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public static void Write(string folder, Cohort cohort, IReadOnlyDictionary<string, string>? texts = null, IProgress<int>? done = null, CancellationToken cancellation = default) =>
        Write(folder, texts, partial => Fill(partial, cohort, done, cancellation));

    /// <summary>Writes a cohort that comes in chunks, one after the other, without gathering them.</summary>
    /// <param name="folder">A new or empty folder, or one that holds a cohort.</param>
    /// <param name="shape">A cohort with the name, the schema, the channels and the outcomes of the chunks; its stays are not written.</param>
    /// <param name="chunks">The stays; all with the shape's columns and channels, ids unique over all.</param>
    /// <param name="texts">Further files by name.</param>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public static void WriteChunks(string folder, Cohort shape, IEnumerable<Cohort> chunks, IReadOnlyDictionary<string, string>? texts = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(chunks);
        Write(folder, texts, partial =>
        {
            File.WriteAllText(Path.Combine(partial, ChannelsFile), ChannelsYaml.Write(shape));
            File.WriteAllText(Path.Combine(partial, SchemaFile), SchemaYaml.Write(shape.Schema));
            Compressed(Path.Combine(partial, StaticsFile), statics => Compressed(Path.Combine(partial, EventsFile), events =>
            {
                bool first = true;
                foreach (Cohort chunk in chunks)
                {
                    StaticsCsv.Write(statics, chunk.Statics, first);
                    EventsCsv.Write(events, chunk, first);
                    first = false;
                }

                if (first)
                {
                    StaticsCsv.Write(statics, shape.Statics.Take([]), header: true);
                    EventsCsv.Write(events, shape.Take([]), header: true);
                }
            }));
        });
    }

    private static void Write(string folder, IReadOnlyDictionary<string, string>? texts, Action<string> fill)
    {
        EnsureFree(folder);
        AtomicFolder.Write(folder, partial =>
        {
            fill(partial);
            foreach ((string name, string text) in texts ?? new Dictionary<string, string>())
                File.WriteAllText(Path.Combine(partial, name), text);
        });
    }

    /// <summary>Writes the four files into a folder that is there.</summary>
    internal static void Fill(string folder, Cohort cohort, IProgress<int>? done, CancellationToken cancellation)
    {
        Describe(folder, cohort);
        Compressed(Path.Combine(folder, EventsFile), s => EventsCsv.Write(s, cohort, header: true, new StayWatch(cohort.Count, done, cancellation)));
    }

    /// <summary>Writes all but the events: channels, static table and its schema.</summary>
    internal static void Describe(string folder, Cohort cohort)
    {
        File.WriteAllText(Path.Combine(folder, ChannelsFile), ChannelsYaml.Write(cohort));
        File.WriteAllText(Path.Combine(folder, SchemaFile), SchemaYaml.Write(cohort.Schema));
        Compressed(Path.Combine(folder, StaticsFile), s => StaticsCsv.Write(s, cohort.Statics));
    }

    /// <summary>Reads a cohort.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="DataException">A file is missing or does not fit the others.</exception>
    public static Cohort Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        DataProblem[] missing = [.. Parts.Where(p => !File.Exists(Path.Combine(folder, p))).Select(p => new DataProblem
        {
            Code = "LC030",
            File = Path.Combine(folder, p),
            Message = "the folder is no cohort: this file is missing",
            Remedy = $"A cohort folder has {string.Join(", ", Parts)}; 'lethe data import' writes one.",
        })];
        if (missing.Length > 0)
            throw new DataException(missing);
        string channelsFile = Path.Combine(folder, ChannelsFile);
        (string name, IReadOnlyList<string> outcomes, IReadOnlyList<Channel> channels) = ChannelsYaml.Read(File.ReadAllText(channelsFile), channelsFile);
        Tables.Table statics = StaticsCsv.Read(Path.Combine(folder, StaticsFile), SchemaYaml.Load(Path.Combine(folder, SchemaFile)));
        return EventsCsv.Read(Path.Combine(folder, EventsFile), name, statics, channels, outcomes);
    }

    /// <summary>Writes a gzipped file and flushes it to the disk.</summary>
    internal static void Compressed(string path, Action<Stream> write)
    {
        using FileStream file = File.Create(path);
        using (GZipStream gzip = new(file, CompressionLevel.Optimal, leaveOpen: true))
            write(gzip);
        file.Flush(flushToDisk: true);
    }
}
