using System.Data.Common;
using Lethe.Data.Sources.Postgres;
using Lethe.Data.Sources.Sqlite;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;
using Npgsql;

namespace Lethe.Data.Rows;

/// <summary>The tables of one or more PostgreSQL schemas, read-only and streamed row by row.</summary>
public sealed class PostgresRowSource : IRowSource
{
    private readonly PostgresSource _database;
    private readonly Dictionary<string, string[]> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _schemaOf = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists the tables of the schemas, the first of which wins where a name occurs twice.</summary>
    /// <param name="database">The database.</param>
    /// <param name="schemas">For example <c>mimiciv_hosp</c>, <c>mimiciv_icu</c>; none: every schema of the database that is not the server's own, by name.</param>
    /// <exception cref="Problems.DataException">LD315, LD317, LD318: the server cannot be reached or refuses.</exception>
    public PostgresRowSource(PostgresSource database, params string[] schemas)
    {
        ArgumentNullException.ThrowIfNull(database);
        _database = database;
        using NpgsqlConnection connection = database.Open();
        try
        {
            foreach (string schema in schemas.Length > 0 ? [.. schemas] : Schemas(connection))
                List(connection, schema);
        }
        catch (NpgsqlException e)
        {
            throw database.Error(e);
        }
    }

    /// <inheritdoc/>
    public string Name => _database.Name;

    /// <inheritdoc/>
    public bool Has(string table) => _schemaOf.ContainsKey(table);

    /// <inheritdoc/>
    public RowReader Open(string table, params string[] columns)
    {
        string sql = SqlSelect.Build(Name, table, _columns, columns, _schemaOf.GetValueOrDefault(table));
        NpgsqlConnection connection = _database.Open();
#pragma warning disable CA2100 // Table and column names come from the database's own catalogue and are quoted.
        NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        return new DbRowReader($"{Name}, table {table}", connection, command, e => _database.Error((NpgsqlException)e));
    }

    /// <summary>A whole table, for those that are small: one row a stay or patient.</summary>
    /// <exception cref="Problems.DataException">The table is missing, or does not fit the options' schema.</exception>
    internal Table ReadTable(string table, TableReadOptions options)
    {
        if (!_schemaOf.TryGetValue(table, out string? schema))
            throw RowProblems.MissingTable(Name, table, _schemaOf.Keys);
        return PostgresTableReader.Read(_database, $"SELECT * FROM {SqliteTableReader.Quote(schema)}.{SqliteTableReader.Quote(table)}", options).Table;
    }

    private static List<string> Schemas(NpgsqlConnection connection)
    {
        List<string> names = [];
        using NpgsqlCommand list = new("SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT LIKE 'pg\\_%' AND schema_name <> 'information_schema' ORDER BY schema_name", connection);
        using DbDataReader reader = list.ExecuteReader();
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }

    private void List(NpgsqlConnection connection, string schema)
    {
        using NpgsqlCommand list = new("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = @s ORDER BY table_name, ordinal_position", connection);
        list.Parameters.AddWithValue("s", schema);
        using DbDataReader reader = list.ExecuteReader();
        while (reader.Read())
        {
            string table = reader.GetString(0);
            if (_schemaOf.TryAdd(table, schema) || _schemaOf[table] == schema)
                _columns[table] = [.. _columns.GetValueOrDefault(table, []), reader.GetString(1)];
        }
    }
}
