using Lethe.Data.Sources.Postgres;

namespace Lethe.Data.Rows;

/// <summary>Finds out what a user means by the place that data come from.</summary>
public static class RowSources
{
    /// <summary>Opens a folder of CSV files, a SQLite file, or a PostgreSQL database.</summary>
    /// <param name="place">A path, or <c>postgresql://user@host/database</c>, with <c>?schema=a,b</c> to name schemas.</param>
    /// <exception cref="DirectoryNotFoundException">It is a path and nothing is there.</exception>
    /// <exception cref="Problems.DataException">LD311–LD318: the database cannot be opened or reached, or refuses.</exception>
    public static IRowSource Open(string place)
    {
        if (place.StartsWith("postgres://", StringComparison.Ordinal) || place.StartsWith("postgresql://", StringComparison.Ordinal))
            return Postgres(place);
        if (Directory.Exists(place))
            return new CsvFolderSource(place);
        return File.Exists(place)
            ? new SqliteRowSource(place)
            : throw new DirectoryNotFoundException($"There is neither a folder nor a SQLite file '{place}'. Give the folder that holds the tables, a SQLite file, or postgresql://user@host/database.");
    }

    private static PostgresRowSource Postgres(string url)
    {
        const string Key = "schema=";
        string[] parts = url.Split('?', 2);
        string[] settings = parts.Length == 2 ? parts[1].Split('&') : [];
        string[] schemas = [.. settings.Where(s => s.StartsWith(Key, StringComparison.Ordinal)).SelectMany(s => Uri.UnescapeDataString(s[Key.Length..]).Split(','))];
        string[] rest = [.. settings.Where(s => !s.StartsWith(Key, StringComparison.Ordinal))];
        return new PostgresRowSource(PostgresSource.FromConnectionString(rest.Length == 0 ? parts[0] : $"{parts[0]}?{string.Join('&', rest)}"), schemas);
    }
}
