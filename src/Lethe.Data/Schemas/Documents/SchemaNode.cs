namespace Lethe.Data.Schemas.Documents;

/// <summary>A value in a schema file: text, list or map, with the line it stands on.</summary>
internal abstract record SchemaNode(long? Line)
{
    /// <summary>A scalar; null when it stands for nothing (<c>null</c>, <c>~</c> or left out).</summary>
    internal sealed record Text(string? Value, long? Line) : SchemaNode(Line);

    /// <summary>Values in order.</summary>
    internal sealed record List(IReadOnlyList<SchemaNode> Items, long? Line) : SchemaNode(Line);

    /// <summary>Keys and values in order; keys may repeat, which the reader reports.</summary>
    internal sealed record Map(IReadOnlyList<(string Key, long? Line, SchemaNode Value)> Entries, long? Line) : SchemaNode(Line);
}
