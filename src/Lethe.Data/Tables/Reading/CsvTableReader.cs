using System.Globalization;
using Lethe.Data.Problems;

namespace Lethe.Data.Tables.Reading;

/// <summary>
/// Reads tables from separated text: comma, semicolon, tab or bar; plain or gzip; with or without header. Without a schema
/// the text is read twice, once to infer the schema and once strictly under it, so memory holds the table and no text.
/// </summary>
public static class CsvTableReader
{
    /// <summary>Reads a file, or standard input when <paramref name="path"/> is <c>-</c> (kept in memory while it is read).</summary>
    /// <exception cref="DataException">The file cannot be read, or does not fit the schema; all problems at once.</exception>
    public static TableReadResult Read(string path, TableReadOptions? options = null) => Read(TextSource.FromPath(path), options ?? TableReadOptions.Default);

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The text, possibly gzip; kept in memory while it is read.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">How to read; null: detect and infer everything.</param>
    /// <exception cref="DataException">The text cannot be read, or does not fit the schema; all problems at once.</exception>
    public static TableReadResult Read(Stream stream, string name, TableReadOptions? options = null) => Read(TextSource.FromStream(stream, name), options ?? TableReadOptions.Default);

    private static TableReadResult Read(TextSource source, TableReadOptions options)
    {
        try
        {
            return new CsvReading(source, options).Read(null, null);
        }
        catch (NotUtf8Exception e) when (options.Encoding is null)
        {
            string why = string.Create(CultureInfo.InvariantCulture, $"the row on line {e.Line} is not valid UTF-8");
            return new CsvReading(source, options).Read(EncodingDetector.Windows1252, why);
        }
        catch (NotUtf8Exception e)
        {
            throw ReadThrow.WrongEncoding(source.Name, e.Line);
        }
    }
}
