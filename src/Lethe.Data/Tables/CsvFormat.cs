using Lethe.Data.Schemas;
using Lethe.Data.Tables.Reading;
using Lethe.Data.Tables.Writing;

namespace Lethe.Data.Tables;

/// <summary>Comma- and tab-separated text, plain or gzip.</summary>
internal sealed class CsvFormat : ITableFormat
{
    /// <inheritdoc/>
    public string Name => "CSV";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions => [".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".data"];

    /// <inheritdoc/>
    public bool CanRead => true;

    /// <inheritdoc/>
    public TableReadResult Read(string path, TableReadOptions options) => CsvTableReader.Read(path, options);

    /// <inheritdoc/>
    public void Write(string path, Schema schema, IEnumerable<Table> chunks)
    {
        char separator = path.Contains(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',';
        TextFiles.Write(path, stream => CsvTableWriter.Write(stream, schema, chunks, separator));
    }
}
