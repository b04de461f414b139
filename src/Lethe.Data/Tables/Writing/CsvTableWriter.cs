using CsvHelper;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Writing;

/// <summary>
/// Writes tables as separated text: RFC 4180 (quotes doubled, CRLF), UTF-8 without byte order mark, invariant numbers
/// with the recorded decimals, ISO 8601 dates, empty field = missing.
/// </summary>
public static class CsvTableWriter
{
    /// <summary>Writes the header, then chunk after chunk; none is kept.</summary>
    /// <param name="stream">Where to write; left open.</param>
    /// <param name="schema">Names of the columns, in order.</param>
    /// <param name="chunks">Tables with these columns.</param>
    /// <param name="separator">Comma, or tab.</param>
    /// <exception cref="ArgumentException">A chunk has other columns than the schema.</exception>
    public static void Write(Stream stream, Schema schema, IEnumerable<Table> chunks, char separator = ',')
    {
        using CsvWriter writer = CsvWriter.Create(stream, new CsvWriterOptions { Separator = separator, Quoting = CsvQuoting.WhenNeededOrWhitespace }, leaveOpen: true);
        writer.WriteRecord([.. schema.Columns.Select(c => c.Name)]);
        foreach (Table chunk in chunks)
        {
            ChunkThrow.IfOtherColumns(schema, chunk);
            for (int row = 0; row < chunk.RowCount; row++)
            {
                foreach (Column column in chunk.Columns)
                    writer.WriteField(column.Format(row));
                writer.EndRecord();
            }
        }
    }
}
