using Npgsql;

namespace Lethe.Data.Rows;

/// <summary>
/// The tables of one or more PostgreSQL schemas, read in a read-only transaction and streamed row by row.
/// </summary>
public sealed class PostgresRowSource : IRowSource
{
    private readonly string _connectionString;
    private readonly Dictionary<string, string[]> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _schemaOf = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists the tables of the schemas, the first of which wins where a name occurs twice.</summary>
    /// <param name="connectionString">Npgsql connection string.</param>
    /// <param name="schemas">For example <c>mimiciv_hosp</c>, <c>mimiciv_icu</c>; none: every schema of the database that is not the server's own, by name.</param>
    public PostgresRowSource(string connectionString, params string[] schemas)
    {
        _connectionString = connectionString;
        NpgsqlConnectionStringBuilder parts = new(connectionString);
        Name = $"PostgreSQL database {parts.Database}";
        using NpgsqlConnection connection = new(connectionString);
        connection.Open();
        foreach (string schema in schemas.Length > 0 ? [.. schemas] : Schemas(connection))
        {
            using NpgsqlCommand list = new("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = @s ORDER BY table_name, ordinal_position", connection);
            list.Parameters.AddWithValue("s", schema);
            using NpgsqlDataReader reader = list.ExecuteReader();
            while (reader.Read())
            {
                string table = reader.GetString(0);
                if (_schemaOf.TryAdd(table, schema) || _schemaOf[table] == schema)
                    _columns[table] = [.. _columns.GetValueOrDefault(table, []), reader.GetString(1)];
            }
        }
    }

    private static List<string> Schemas(NpgsqlConnection connection)
    {
        List<string> names = [];
        using NpgsqlCommand list = new("SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT LIKE 'pg\\_%' AND schema_name <> 'information_schema' ORDER BY schema_name", connection);
        using NpgsqlDataReader reader = list.ExecuteReader();
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool Has(string table) => _schemaOf.ContainsKey(table);

    /// <inheritdoc/>
    public RowReader Open(string table, params string[] columns)
    {
        string sql = SqlSelect.Build(Name, table, _columns, columns, _schemaOf.GetValueOrDefault(table));
        NpgsqlConnection connection = new(_connectionString);
        connection.Open();
        using (NpgsqlCommand readOnly = new("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", connection))
            readOnly.ExecuteNonQuery();
#pragma warning disable CA2100 // Table and column names come from the database's own catalogue and are quoted.
        NpgsqlCommand command = new(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        return new DbRowReader($"{Name}, table {table}", connection, command);
    }
}
