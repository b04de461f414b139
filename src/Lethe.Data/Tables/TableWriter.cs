using Lethe.Data.Schemas;

namespace Lethe.Data.Tables;

/// <summary>Writes tables to files of any known format. A file appears whole or not at all.</summary>
public static class TableWriter
{
    /// <summary>Writes a table in the format that the name's ending tells.</summary>
    /// <exception cref="ArgumentException">The ending is none that is known.</exception>
    public static void Write(string path, Table table) => WriteChunks(path, table.Schema, [table]);

    /// <summary>Writes tables end to end, as they come; none is kept.</summary>
    /// <exception cref="ArgumentException">The ending is none that is known, or a chunk has other columns than the schema.</exception>
    public static void WriteChunks(string path, Schema schema, IEnumerable<Table> chunks) =>
        TableFiles.ForWriting(path).Write(path, schema, chunks);
}
