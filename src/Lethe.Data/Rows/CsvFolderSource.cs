namespace Lethe.Data.Rows;

/// <summary>A folder of CSV files, plain or gzipped, also in subfolders one deep (as <c>hosp/</c> and <c>icu/</c>).</summary>
public sealed class CsvFolderSource : IRowSource
{
    private static readonly string[] Extensions = [".csv", ".csv.gz"];

    private readonly Dictionary<string, string> _files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public CsvFolderSource(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'. Give the folder that holds the tables as CSV files.");
        Name = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
        Folder = folder;
        foreach (string place in Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Prepend(folder))
        {
            foreach (string file in Directory.GetFiles(place).Order(StringComparer.Ordinal))
            {
                string name = Path.GetFileName(file);
                string? extension = Extensions.FirstOrDefault(x => name.EndsWith(x, StringComparison.OrdinalIgnoreCase));
                if (extension is not null)
                    _files.TryAdd(name[..^extension.Length], file);
            }
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Names of the tables there are.</summary>
    public IEnumerable<string> Tables => _files.Keys;

    /// <inheritdoc/>
    public bool Has(string table) => _files.ContainsKey(table);

    /// <inheritdoc/>
    public RowReader Open(string table, params string[] columns) => _files.TryGetValue(table, out string? file)
        ? new CsvRowReader(file, columns)
        : throw RowProblems.MissingTable(Name, table, _files.Keys);
}
