using System.Globalization;
using CsvHelper;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Cohorts.Documents;

/// <summary>The static table of a cohort folder: CSV whose numbers keep every digit, so that they read back equal.</summary>
internal static class StaticsCsv
{
    public static void Write(Stream stream, Table statics, bool header = true)
    {
        using CsvWriter writer = CsvWriter.Create(stream, new CsvWriterOptions { Quoting = CsvQuoting.WhenNeededOrWhitespace }, leaveOpen: true);
        if (header)
            writer.WriteRecord([.. statics.Schema.Columns.Select(c => c.Name)]);
        for (int row = 0; row < statics.RowCount; row++)
        {
            foreach (Column column in statics.Columns)
                writer.WriteField(Cell(column, row));
            writer.EndRecord();
        }
    }

    /// <exception cref="Problems.DataException">The file does not fit the schema.</exception>
    public static Table Read(string path, Schema schema) =>
        CsvTableReader.Read(path, new TableReadOptions { Schema = schema, Separator = ',', HasHeader = true, Quote = '"', Numbers = NumberFormat.Invariant, Encoding = new System.Text.UTF8Encoding(false, true) }).Table;

    /// <summary>The recorded decimals where they say all there is, else every digit.</summary>
    internal static string? Cell(Column column, int row)
    {
        string? text = column.Format(row);
        return column is NumericColumn { Schema.Kind: not ColumnKind.DateTime } numbers && text is not null && double.Parse(text, CultureInfo.InvariantCulture) != numbers[row]
            ? numbers[row].ToString("R", CultureInfo.InvariantCulture)
            : text;
    }
}
