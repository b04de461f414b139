using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Simulation.HeartClinic;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Catalogue;

/// <summary>A dataset of the catalogue, loaded.</summary>
/// <param name="Entry">What the catalogue knows about it.</param>
/// <param name="Table">The data, with the target derived.</param>
/// <param name="File">The verified file it was read from; null for a simulated dataset.</param>
/// <param name="Notes">Warnings and notes from reading; their public texts hold no value.</param>
public sealed record LoadedDataset(CatalogueEntry Entry, Table Table, string? File, IReadOnlyList<DataProblem> Notes);

/// <summary>
/// The public datasets that Lethe knows by name. A dataset's file is looked for in the data folder, then in the user's
/// cache, then downloaded from its publisher unless that is switched off; its SHA-256 is verified always. Immutable.
/// </summary>
public sealed class DatasetCatalogue
{
    /// <summary>Makes a catalogue of these entries.</summary>
    /// <exception cref="ArgumentException">Two entries have one identifier.</exception>
    public DatasetCatalogue(IEnumerable<CatalogueEntry> entries)
    {
        Entries = [.. entries];
        if (Entries.Select(e => e.Id).Distinct(StringComparer.Ordinal).Count() != Entries.Count)
            throw new ArgumentException("Two entries of the catalogue have one identifier.", nameof(entries));
    }

    /// <summary>The built-in catalogue.</summary>
    public static DatasetCatalogue Default { get; } = new(
    [
        SimulatedHeartClinic,
        .. HeartDisease.Entries,
        OtherTables.KidneyDisease,
        OtherTables.BiliaryCirrhosis,
        OtherTables.DiabetesReadmission,
    ]);

    /// <summary>All entries.</summary>
    public IReadOnlyList<CatalogueEntry> Entries { get; }

    /// <summary>True when there is an entry of this identifier.</summary>
    public bool Contains(string id) => Entries.Any(e => e.Id == id);

    /// <summary>The entry of this identifier.</summary>
    /// <exception cref="DataException">LD401: there is none; the message lists what there is.</exception>
    public CatalogueEntry this[string id] => Entries.FirstOrDefault(e => e.Id == id) ?? throw CatalogueErrors.UnknownDataset(id, Entries.Select(e => e.Id));

    /// <summary>Finds or downloads, verifies and reads a dataset; simulates it when it is a simulated one.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="options">Where to look, and whether the network may be used; null: the defaults.</param>
    /// <param name="progress">Hears about a download.</param>
    /// <param name="cancellation">Stops a download; what was received is dropped.</param>
    /// <exception cref="DataException">LD401 unknown; LD402 offline; LD403 not reachable; LD405 another content; LD406 not downloadable.</exception>
    public async Task<LoadedDataset> LoadAsync(string id, CatalogueOptions? options = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        CatalogueEntry entry = this[id];
        options ??= new CatalogueOptions();
        if (entry.Simulate is not null)
            return new LoadedDataset(entry, entry.Simulate(options.SimulatedRows, options.SimulationSeed), null, []);

        string path = await new DatasetFiles(options).FindAsync(entry, progress, cancellation).ConfigureAwait(false);
        return Read(entry, path);
    }

    /// <summary>Path of the verified file of a dataset: for readers of other shapes than tables.</summary>
    /// <inheritdoc cref="LoadAsync" path="/exception"/>
    public Task<string> FindFileAsync(string id, CatalogueOptions? options = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default) =>
        new DatasetFiles(options ?? new CatalogueOptions()).FindAsync(this[id], progress, cancellation);

    private static LoadedDataset Read(CatalogueEntry entry, string path)
    {
        TableReadResult read = CsvTableReader.Read(path, new TableReadOptions
        {
            Schema = entry.Schema,
            Separator = ',',
            HasHeader = entry.HasHeader,
            Numbers = NumberFormat.Invariant,
            Name = entry.Id,
            UnknownLevels = UnknownLevels.Extend,
        });

        // Levels are added only where the schema leaves them open; elsewhere a new one is a mistake in the catalogue.
        HashSet<string> open = [.. entry.Schema.Columns.Where(c => c.IsDiscrete && c.Categories.Count == 0).Select(c => c.Name)];
        DataProblem[] notes = [.. read.Report.Problems.Where(p => !(p.Code == ProblemCodes.UnknownLevel && p.Column is not null && open.Contains(p.Column)))];
        return new LoadedDataset(entry, entry.Target?.Apply(read.Table) ?? read.Table, path, notes);
    }

    private static CatalogueEntry SimulatedHeartClinic => new()
    {
        Id = "simulated-heart-clinic",
        Title = "Simulated heart clinic: no patient behind it, true probabilities known",
        Citation = "Lethe, docs/simulators.md",
        Licence = "CC0-1.0",
        Homepage = "docs/simulators.md",
        Schema = HeartClinicSimulator.Schema(),
        Simulate = (rows, seed) => HeartClinicSimulator.Simulate(rows, seed),
    };
}
