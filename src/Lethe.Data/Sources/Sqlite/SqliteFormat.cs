using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Sources.Sqlite;

/// <summary>An SQLite file with one table.</summary>
internal sealed class SqliteFormat : ITableFormat
{
    /// <inheritdoc/>
    public string Name => "SQLite";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions => [".sqlite", ".sqlite3", ".db", ".db3"];

    /// <inheritdoc/>
    public bool CanRead => true;

    /// <inheritdoc/>
    public TableReadResult Read(string path, TableReadOptions options) => SqliteTableReader.ReadTable(path, null, options);

    /// <inheritdoc/>
    public void Write(string path, Schema schema, IEnumerable<Table> chunks) => SqliteTableWriter.WriteChunks(path, schema, chunks);
}
