using Lethe.Data.Catalogue;
using Lethe.Data.Cohorts;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Sources.Sqlite;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;
using Lethe.Results;
using Lethe.Studies.Configuration;
using Lethe.Studies.Runs;

namespace Lethe.Studies.Loading;

/// <summary>Reads what <see cref="DataConfig.Source"/> names: a file, a cohort folder, a dataset of the catalogue, or a simulated one.</summary>
public sealed class DataLoader
{
    private readonly CatalogueOptions _catalogue;

    /// <summary>Makes a loader.</summary>
    /// <param name="catalogue">Where the catalogue looks for files; null: on this machine only.</param>
    public DataLoader(CatalogueOptions? catalogue = null)
    {
        // A run opens no connection: hospitals run it where there is none. "lethe data get" fetches.
        _catalogue = catalogue ?? new CatalogueOptions { Offline = true };
    }

    /// <summary>Loads the data, derives the target and sets roles.</summary>
    /// <exception cref="DataException">The data cannot be read or does not fit its schema; all problems at once.</exception>
    /// <exception cref="ConfigException">There is no such file or dataset, or no such column.</exception>
    public async Task<LoadedData> LoadAsync(DataConfig config, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        LoadedData data = IsCatalogued(config.Source)
            ? await FromCatalogueAsync(config.Source, progress, cancellation).ConfigureAwait(false)
            : IsCohort(config.Source) ? FromCohortFolder(config.Source) : FromFile(config);
        Table table = SetRoles(data.Table, config);
        return data with { Table = table, Cohort = data.Cohort?.WithStatics(table) };
    }

    /// <summary>True when the name is that of a dataset in the catalogue and no file of that name lies at hand.</summary>
    public static bool IsCatalogued(string source) => DatasetCatalogue.Default.Contains(source) && !File.Exists(source);

    /// <summary>True when the source is a folder, which must then hold a cohort.</summary>
    public static bool IsCohort(string source) => Directory.Exists(source);

    /// <summary>Reads a schema file.</summary>
    /// <exception cref="DataException">The file cannot be read or is no schema.</exception>
    public static Schema ReadSchema(string path) => SchemaYaml.Load(path);

    private async Task<LoadedData> FromCatalogueAsync(string id, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        LoadedDataset loaded = await DatasetCatalogue.Default.LoadAsync(id, _catalogue, progress, cancellation).ConfigureAwait(false);
        CatalogueEntry entry = loaded.Entry;
        bool simulated = loaded.File is null;
        return new LoadedData
        {
            Table = loaded.Table,
            Name = entry.Id,
            Origin = $"{entry.Title}. {entry.Citation}. Licence: {entry.Licence}.",
            Simulated = simulated,
            RowsRead = loaded.Table.RowCount,
            Notes = loaded.Notes,
            Files = simulated ? [] : [Fingerprint.Describe(loaded.File!, "input")],
            ContentKey = simulated
                ? Fingerprint.Of("simulated", id, $"{_catalogue.SimulatedRows}", $"{_catalogue.SimulationSeed.Value}")
                : Fingerprint.OfFile(loaded.File!),
        };
    }

    private static LoadedData FromCohortFolder(string folder)
    {
        Cohort cohort = CohortFolder.Read(folder);
        FileFingerprint[] files = [.. CohortFolder.FilesOf(folder).Select(f => Fingerprint.Describe(f, "input"))];
        return new LoadedData
        {
            Table = cohort.Statics,
            Cohort = cohort,
            Name = cohort.Name,
            Origin = cohort.Schema.Source,
            RowsRead = cohort.Count,
            Files = files,
            ContentKey = Fingerprint.Of([.. CohortFolder.FilesOf(folder).Select(Fingerprint.OfFile)]),
        };
    }

    private static LoadedData FromFile(DataConfig config)
    {
        if (!File.Exists(config.Source))
        {
            string[] known = [.. DatasetCatalogue.Default.Entries.Select(e => e.Id)];
            string hint = Spelling.DidYouMean(config.Source, known);
            throw new ConfigException($"data.source: there is no file, no cohort folder '{config.Source}' and no dataset of that name.{hint} Check the path, or see 'lethe data list'.");
        }

        TableReadOptions options = new()
        {
            Schema = config.Schema is null ? null : ReadSchema(config.Schema),
            Target = config.Positive is null ? config.Target : null,
            PatientKey = config.PatientKey,
        };
        TableReadResult read = config.Table is null ? TableReader.Read(config.Source, options) : SqliteTableReader.ReadTable(config.Source, config.Table, options);
        return new LoadedData
        {
            Table = read.Table,
            Name = read.Table.Schema.Name,
            Origin = read.Table.Schema.Source,
            RowsRead = read.Report.RowsRead,
            Exclusions = [.. read.Report.RejectedByCode.Select(r => $"{r.Value} rows rejected: {r.Key}.")],
            Notes = read.Report.Problems,
            Files = config.Schema is null
                ? [Fingerprint.Describe(config.Source, "input")]
                : [Fingerprint.Describe(config.Source, "input"), Fingerprint.Describe(config.Schema, "schema")],
            ContentKey = Fingerprint.Of(Fingerprint.OfFile(config.Source), config.Schema is null ? "" : Fingerprint.OfFile(config.Schema)),
        };
    }

    private static Table SetRoles(Table table, DataConfig config)
    {
        string? target = config.Target ?? (config.Positive is null ? null : table.Schema.Target?.Name
            ?? throw new ConfigException("data.positive is given, but no target. Name it with --target or data.target."));
        Schema schema = SchemaRoles.Override(table.Schema, target, config.PatientKey, config.Source);
        table = table.WithSchema(schema);
        return config.Positive is null ? table : new TargetRule(target!, config.Positive).Apply(table);
    }
}
