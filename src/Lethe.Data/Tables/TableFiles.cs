using Lethe.Data.Sources.Sqlite;
using Lethe.Data.Tables.Reading;
using Lethe.Data.Tables.Writing;

namespace Lethe.Data.Tables;

/// <summary>The file formats of tables, told by the ends of file names. The one place that lists them.</summary>
public static class TableFiles
{
    /// <summary>All formats; the first one also reads files whose names say nothing.</summary>
    public static IReadOnlyList<ITableFormat> Formats { get; } =
    [
        new CsvFormat(),
        new JsonLinesFormat(),
        new SqliteFormat(),
    ];

    /// <summary>The format of a file to read: by its ending, else separated text.</summary>
    public static ITableFormat ForReading(string path) => Find(path) is { CanRead: true } format ? format : Formats[0];

    /// <summary>The format of a file to write.</summary>
    /// <exception cref="ArgumentException">The ending is none that is known; the message lists those.</exception>
    public static ITableFormat ForWriting(string path) => Find(path)
        ?? throw new ArgumentException($"Tables are not written as '{Path.GetFileName(path)}': the name should end in one of {string.Join(", ", Formats.SelectMany(f => f.Extensions))}.", nameof(path));

    private static ITableFormat? Find(string path) => Formats.FirstOrDefault(f => f.Extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)));
}
