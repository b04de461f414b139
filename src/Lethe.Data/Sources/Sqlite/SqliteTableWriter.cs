using System.Globalization;
using Lethe.Data.Files;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Microsoft.Data.Sqlite;

namespace Lethe.Data.Sources.Sqlite;

/// <summary>
/// Writes tables to an SQLite file, which appears whole or not at all. Numbers become REAL or INTEGER, dates ISO 8601
/// text, levels text (INTEGER where all of them are whole numbers), missing NULL; reading the file back gives the same values.
/// </summary>
public static class SqliteTableWriter
{
    /// <summary>Name of the table unless another is given.</summary>
    public const string DefaultTableName = "data";

    /// <summary>Decimals of a column that is not to be rounded.</summary>
    internal const int EveryDigit = 17;

    /// <summary>Writes a new database with one table.</summary>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <param name="table">The rows.</param>
    /// <param name="tableName">Name of the table in the database.</param>
    /// <param name="about">Facts about the file, such as that it is synthetic: kept beside the data in the table <c>lethe_about</c>.</param>
    public static void Write(string path, Table table, string tableName = DefaultTableName, IReadOnlyDictionary<string, string>? about = null) =>
        WriteChunks(path, table.Schema, [table], tableName, about);

    /// <summary>Writes a new database with one table, chunk after chunk; none is kept.</summary>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="chunks">Tables with these columns.</param>
    /// <param name="tableName">Name of the table in the database.</param>
    /// <param name="about">Facts about the file.</param>
    /// <exception cref="ArgumentException">A chunk has other columns than the schema, or two columns differ only in capitals, which SQLite does not tell apart.</exception>
    public static void WriteChunks(string path, Schema schema, IEnumerable<Table> chunks, string tableName = DefaultTableName, IReadOnlyDictionary<string, string>? about = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tableName);
        if (schema.Columns.GroupBy(c => c.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } clash)
            throw new ArgumentException($"SQLite does not tell the columns {string.Join(" and ", clash.Select(c => $"'{c.Name}'"))} apart; rename one.", nameof(schema));

        string full = Path.GetFullPath(path), partial = full + AtomicFile.PartialSuffix;
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.Delete(partial);
        try
        {
            using (SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = partial, Pooling = false }.ToString()))
            {
                connection.Open();
                // The file counts only once it is renamed, so SQLite's own journal would be work for nothing.
                Execute(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
                using SqliteTransaction transaction = connection.BeginTransaction();
                Insert(connection, schema, chunks, tableName);
                if (about is not null)
                    About(connection, about);
                transaction.Commit();
            }

            using (FileStream written = new(partial, FileMode.Open, FileAccess.ReadWrite))
                written.Flush(flushToDisk: true);
            File.Move(partial, full, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Insert(SqliteConnection connection, Schema schema, IEnumerable<Table> chunks, string tableName)
    {
        string[] names = [.. schema.Columns.Select(c => SqliteTableReader.Quote(c.Name))];
        Execute(connection, $"CREATE TABLE {SqliteTableReader.Quote(tableName)} ({string.Join(", ", schema.Columns.Select((c, i) => $"{names[i]} {Type(c)}"))})");
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO {SqliteTableReader.Quote(tableName)} VALUES ({string.Join(", ", names.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"$p{i}")))})";
        SqliteParameter[] cells = [.. names.Select((_, i) => insert.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"$p{i}"), DBNull.Value))];
        insert.Prepare();
        foreach (Table chunk in chunks)
        {
            if (!chunk.Schema.Columns.Select(c => c.Name).SequenceEqual(schema.Columns.Select(c => c.Name)))
                throw new ArgumentException($"A chunk has the columns {string.Join(", ", chunk.Schema.Columns.Select(c => c.Name))}; those of the schema were expected: {string.Join(", ", schema.Columns.Select(c => c.Name))}.", nameof(chunks));
            Func<int, object>[] values = [.. chunk.Columns.Select((c, i) => Values(c, Type(schema.Columns[i]) == "INTEGER"))];
            for (int row = 0; row < chunk.RowCount; row++)
            {
                for (int i = 0; i < cells.Length; i++)
                    cells[i].Value = values[i](row);
                insert.ExecuteNonQuery();
            }
        }
    }

    private static string Type(ColumnSchema column) => column.Kind switch
    {
        ColumnKind.Continuous => "REAL",
        ColumnKind.Integer => "INTEGER",
        _ when column.IsDiscrete && column.Categories.Count > 0 && column.Categories.All(IsPlainInteger) => "INTEGER",
        _ => "TEXT",
    };

    private static Func<int, object> Values(Column column, bool asInteger)
    {
        switch (column)
        {
            case NumericColumn numbers when column.Schema.Kind == ColumnKind.Integer:
                return row => numbers.IsMissing(row) ? DBNull.Value : (long)numbers[row];
            case NumericColumn numbers when column.Schema.Kind == ColumnKind.Continuous:
                int decimals = Math.Clamp(column.Schema.Decimals, 0, 15);
                if (column.Schema.Decimals >= EveryDigit)
                    return row => numbers.IsMissing(row) ? DBNull.Value : numbers[row];
                return row => numbers.IsMissing(row) ? DBNull.Value : Math.Round(numbers[row], decimals);
            case DiscreteColumn levels when asInteger && levels.Levels.All(IsPlainInteger):
                long[] codes = [.. levels.Levels.Select(l => long.Parse(l, CultureInfo.InvariantCulture))];
                return row => levels.IsMissing(row) ? DBNull.Value : codes[levels[row]];
            default:
                return row => (object?)column.Format(row) ?? DBNull.Value;
        }
    }

    /// <summary>A level that survives being stored as a number: not 007, not 1.0.</summary>
    private static bool IsPlainInteger(string level) =>
        long.TryParse(level, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value.ToString(CultureInfo.InvariantCulture) == level;

    private static void About(SqliteConnection connection, IReadOnlyDictionary<string, string> about)
    {
        Execute(connection, $"CREATE TABLE {SqliteTableReader.AboutTable} (key TEXT PRIMARY KEY, value TEXT)");
        foreach ((string key, string value) in about)
        {
            using SqliteCommand insert = connection.CreateCommand();
            insert.CommandText = $"INSERT INTO {SqliteTableReader.AboutTable} VALUES ($key, $value)";
            insert.Parameters.AddWithValue("$key", key);
            insert.Parameters.AddWithValue("$value", value);
            insert.ExecuteNonQuery();
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
