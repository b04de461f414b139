using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Writing;

/// <summary>Mistakes of callers who write tables in chunks.</summary>
internal static class ChunkThrow
{
    /// <exception cref="ArgumentException">The chunk's columns are not the schema's.</exception>
    public static void IfOtherColumns(Schema schema, Table chunk)
    {
        if (!schema.Columns.Select(c => c.Name).SequenceEqual(chunk.Schema.Columns.Select(c => c.Name)))
            throw new ArgumentException($"A chunk has the columns {string.Join(", ", chunk.Schema.Columns.Select(c => c.Name))}; those of the schema were expected: {string.Join(", ", schema.Columns.Select(c => c.Name))}.");
    }
}
