using Lethe.Data.Schemas;
using Lethe.Data.Tables.Reading;
using Lethe.Data.Tables.Writing;

namespace Lethe.Data.Tables;

/// <summary>JSON lines, plain or gzip; written only.</summary>
internal sealed class JsonLinesFormat : ITableFormat
{
    /// <inheritdoc/>
    public string Name => "JSON lines";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions => [".jsonl", ".jsonl.gz", ".ndjson"];

    /// <inheritdoc/>
    public bool CanRead => false;

    /// <inheritdoc/>
    public TableReadResult Read(string path, TableReadOptions options) => throw new NotSupportedException("JSON lines are written, not read.");

    /// <inheritdoc/>
    public void Write(string path, Schema schema, IEnumerable<Table> chunks) =>
        TextFiles.Write(path, stream => JsonLinesTableWriter.Write(stream, schema, chunks));
}
