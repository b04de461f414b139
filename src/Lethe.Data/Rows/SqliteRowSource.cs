using System.Data.Common;
using Lethe.Data.Problems;
using Lethe.Data.Sources.Sql;
using Lethe.Data.Sources.Sqlite;
using Microsoft.Data.Sqlite;

namespace Lethe.Data.Rows;

/// <summary>The tables of a SQLite file, opened read-only.</summary>
public sealed class SqliteRowSource : IRowSource
{
    private readonly string _path;
    private readonly Dictionary<string, string[]> _tables = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists the tables of a SQLite file.</summary>
    /// <exception cref="Problems.DataException">LD311, LD314: it is no SQLite database, or cannot be read.</exception>
    public SqliteRowSource(string path)
    {
        _path = path;
        Name = Path.GetFileName(path);
        using SqliteConnection connection = SqliteTableReader.Open(path);
        try
        {
            List(connection);
        }
        catch (SqliteException e)
        {
            throw Error(e);
        }
    }

    private void List(SqliteConnection connection)
    {
        using SqliteCommand list = connection.CreateCommand();
        list.CommandText = "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type IN ('table', 'view') ORDER BY m.name, p.cid";
        using SqliteDataReader reader = list.ExecuteReader();
        while (reader.Read())
        {
            string table = reader.GetString(0);
            _tables[table] = [.. _tables.GetValueOrDefault(table, []), reader.GetString(1)];
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool Has(string table) => _tables.ContainsKey(table);

    /// <inheritdoc/>
    public RowReader Open(string table, params string[] columns)
    {
        string sql = SqlSelect.Build(Name, table, _tables, columns, schema: null);
        SqliteConnection connection = SqliteTableReader.Open(_path);
        SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Table and column names come from the database's own catalogue and are quoted.
        command.CommandText = sql;
#pragma warning restore CA2100
        return new DbRowReader($"{Name}, table {table}", connection, command, Error);
    }

    private DataException Error(DbException e) => SqlErrors.Sqlite(_path, e is SqliteException s ? s.SqliteErrorCode : 0, e.Message);
}
