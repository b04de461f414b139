using System.Text.Json;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Writing;

/// <summary>Writes tables as JSON lines: one object a row, keys in column order, numbers as numbers with the recorded decimals, null where missing.</summary>
public static class JsonLinesTableWriter
{
    /// <summary>Writes chunk after chunk; none is kept.</summary>
    /// <param name="stream">Where to write; left open.</param>
    /// <param name="schema">Names of the columns, in order.</param>
    /// <param name="chunks">Tables with these columns.</param>
    /// <exception cref="ArgumentException">A chunk has other columns than the schema.</exception>
    public static void Write(Stream stream, Schema schema, IEnumerable<Table> chunks)
    {
        JsonEncodedText[] names = [.. schema.Columns.Select(c => JsonEncodedText.Encode(c.Name, Relaxed))];
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = Relaxed, SkipValidation = true });
        foreach (Table chunk in chunks)
        {
            ChunkThrow.IfOtherColumns(schema, chunk);
            for (int row = 0; row < chunk.RowCount; row++)
            {
                json.WriteStartObject();
                for (int i = 0; i < names.Length; i++)
                {
                    json.WritePropertyName(names[i]);
                    WriteCell(json, chunk.Columns[i], row);
                }

                json.WriteEndObject();
                json.Flush();
                json.Reset();
                stream.WriteByte((byte)'\n');
            }
        }
    }

    // Accented letters as they are: the output is data, not a web page.
    private static System.Text.Encodings.Web.JavaScriptEncoder Relaxed => System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static void WriteCell(Utf8JsonWriter json, Column column, int row)
    {
        string? text = column.Format(row);
        if (text is null)
            json.WriteNullValue();
        else if (column.Schema.Kind is ColumnKind.Continuous or ColumnKind.Integer)
            json.WriteRawValue(text, skipInputValidation: true);
        else
            json.WriteStringValue(text);
    }
}
