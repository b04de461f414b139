using Lethe.Data.Problems;
using Lethe.Data.Sources.Sql;
using Lethe.Data.Tables.Reading;
using Microsoft.Data.Sqlite;

namespace Lethe.Data.Sources.Sqlite;

/// <summary>
/// Reads a table, a view or the result of a query from an SQLite file, which is opened for reading only. Kinds, levels
/// and roles are inferred from the values as for text files, or follow the given schema; NULL and the empty text are missing.
/// </summary>
public static class SqliteTableReader
{
    /// <summary>Table of facts about a file that Lethe wrote; not data.</summary>
    internal const string AboutTable = "lethe_about";

    private static readonly byte[] Magic = [.. "SQLite format 3\0"u8];

    /// <summary>Reads a table or view.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="table">Name of the table or view; null: the only one there is.</param>
    /// <param name="options">Schema, missing tokens, roles; null: infer everything.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DataException">LD311 not a database; LD312 several tables; LD313 no such table; LD301–LD306, LD314 the result cannot be read; LD0xx it does not fit the schema.</exception>
    public static TableReadResult ReadTable(string path, string? table = null, TableReadOptions? options = null, CancellationToken cancellation = default)
    {
        using SqliteConnection connection = Open(path);
        List<string> tables = Tables(connection, path);
        string name = table ?? (tables.Count == 1 ? tables[0] : throw SqlErrors.WhichTable(path, tables));
        if (!tables.Contains(name))
            throw SqlErrors.NoTable(path, name, tables);
        options ??= TableReadOptions.Default;
        return Query(connection, path, $"SELECT * FROM {Quote(name)}", options with { Name = options.Name ?? name }, cancellation);
    }

    /// <summary>Reads the result of a query.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="query">One SELECT.</param>
    /// <param name="options">Schema, missing tokens, roles; null: infer everything.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DataException">LD311 not a database; LD301–LD306, LD314 the query cannot be run or its result not be read; LD0xx it does not fit the schema.</exception>
    public static TableReadResult ReadQuery(string path, string query, TableReadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        using SqliteConnection connection = Open(path);
        return Query(connection, path, query, options ?? TableReadOptions.Default, cancellation);
    }

    /// <summary>Names of the tables and views of a database, in alphabetical order.</summary>
    /// <exception cref="DataException">LD311 not a database; LD314 it cannot be read.</exception>
    public static IReadOnlyList<string> Tables(string path)
    {
        using SqliteConnection connection = Open(path);
        return Tables(connection, path);
    }

    /// <summary>An identifier in quotes.</summary>
    internal static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Opens a database for reading only: the one way in which Lethe opens those it did not make.</summary>
    internal static SqliteConnection Open(string path)
    {
        if (!File.Exists(path))
            throw SqlErrors.NotDatabase(path, exists: false);
        try
        {
            using (FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
            {
                Span<byte> start = stackalloc byte[16];
                if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.SequenceEqual(Magic))
                    throw SqlErrors.NotDatabase(path, exists: true);
            }

            SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            return connection;
        }
        catch (SqliteException e)
        {
            throw SqlErrors.Sqlite(path, e.SqliteErrorCode, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ReadThrow.CannotOpen(path, e);
        }
    }

    private static List<string> Tables(SqliteConnection connection, string path)
    {
        try
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '{AboutTable}' ORDER BY name";
            using SqliteDataReader reader = command.ExecuteReader();
            List<string> names = [];
            while (reader.Read())
                names.Add(reader.GetString(0));
            return names;
        }
        catch (SqliteException e)
        {
            throw SqlErrors.Sqlite(path, e.SqliteErrorCode, e.Message);
        }
    }

    private static TableReadResult Query(SqliteConnection connection, string path, string query, TableReadOptions options, CancellationToken cancellation)
    {
        try
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = query;
            using SqliteDataReader reader = command.ExecuteReader();
            return SqlTableReading.Read(reader, path, options, cancellation);
        }
        catch (SqliteException e)
        {
            throw SqlErrors.Sqlite(path, e.SqliteErrorCode, e.Message);
        }
    }
}
