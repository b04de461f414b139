using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Reading;

/// <summary>A table with the account of its reading.</summary>
/// <param name="Table">The table.</param>
/// <param name="Report">Rows read and rejected, dialect, warnings and notes.</param>
public sealed record TableReadResult(Table Table, ReadReport Report)
{
    /// <summary>The table's schema: the given one or the inferred one.</summary>
    public Schema Schema => Table.Schema;
}
