using Lethe.Data.Problems;
using Lethe.Data.Sources.Sql;
using Npgsql;

namespace Lethe.Data.Sources.Postgres;

/// <summary>
/// A PostgreSQL database to read from. The connection is opened for reading only; its password never appears in a
/// message. Immutable.
/// </summary>
public sealed class PostgresSource
{
    private readonly NpgsqlConnectionStringBuilder _connection;

    private PostgresSource(NpgsqlConnectionStringBuilder connection)
    {
        _connection = connection;
    }

    /// <summary>What messages call it: database, host and port.</summary>
    public string Name => $"database {_connection.Database ?? _connection.Username} on {_connection.Host}:{_connection.Port}";

    /// <summary>How long the server may stay silent before a query is stopped; zero: as long as it likes.</summary>
    public TimeSpan Timeout { get; private init; } = TimeSpan.FromMinutes(30);

    /// <summary>The same database with another time-out; 30 minutes unless set.</summary>
    public PostgresSource WithTimeout(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        return new PostgresSource(_connection) { Timeout = timeout };
    }

    /// <summary>A database by its connection string: <c>Host=…;Database=…;Username=…</c> or <c>postgresql://user@host:port/database</c>.</summary>
    /// <exception cref="DataException">LD316: it cannot be read.</exception>
    public static PostgresSource FromConnectionString(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        try
        {
            bool isUri = connectionString.StartsWith("postgres://", StringComparison.Ordinal) || connectionString.StartsWith("postgresql://", StringComparison.Ordinal);
            NpgsqlConnectionStringBuilder parsed = isUri ? FromUri(new Uri(connectionString)) : new(connectionString);
            return string.IsNullOrEmpty(parsed.Host) ? throw SqlErrors.BadConnectionString("it names no host") : new PostgresSource(parsed);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException or OverflowException)
        {
            // The exception's own message may quote the password.
            throw SqlErrors.BadConnectionString("its form is wrong");
        }
    }

    /// <summary>
    /// The database that the environment names: <c>LETHE_POSTGRES</c> (a connection string), else <c>PGHOST</c>,
    /// <c>PGPORT</c>, <c>PGDATABASE</c>, <c>PGUSER</c> and <c>PGPASSWORD</c> or a password file.
    /// </summary>
    /// <exception cref="DataException">LD316: the environment names none.</exception>
    public static PostgresSource FromEnvironment() => FromEnvironment(Environment.GetEnvironmentVariable);

    internal static PostgresSource FromEnvironment(Func<string, string?> variable)
    {
        if (variable("LETHE_POSTGRES") is { Length: > 0 } own)
            return FromConnectionString(own);
        if (variable("PGHOST") is not { Length: > 0 } host)
            throw SqlErrors.NoConnection();

        NpgsqlConnectionStringBuilder connection = new() { Host = host };
        if (variable("PGPORT") is { Length: > 0 } port)
            connection.Port = int.TryParse(port, out int number) && number is > 0 and < 65536 ? number : throw SqlErrors.BadConnectionString("PGPORT is no port number");
        if (variable("PGDATABASE") is { Length: > 0 } database)
            connection.Database = database;
        if (variable("PGUSER") is { Length: > 0 } user)
            connection.Username = user;
        if (variable("PGPASSWORD") is { Length: > 0 } password)
            connection.Password = password;
        return new PostgresSource(connection);
    }

    /// <summary>A data source of its own, so that types made since the last query are known.</summary>
    internal NpgsqlDataSource Connect()
    {
        NpgsqlConnectionStringBuilder connection = new(_connection.ConnectionString)
        {
            Pooling = false,
            CommandTimeout = (int)Math.Ceiling(Timeout.TotalSeconds),
            // Whatever the query does to its transaction, the next one is read-only too.
            Options = $"{_connection.Options} -c default_transaction_read_only=on".Trim(),
        };
        connection.ApplicationName ??= "lethe";
        return NpgsqlDataSource.Create(connection);
    }

    /// <summary>A connection that can only read; the caller disposes of it.</summary>
    /// <exception cref="DataException">LD315, LD317, LD318: the server cannot be reached or refuses.</exception>
    internal NpgsqlConnection Open()
    {
        try
        {
            NpgsqlDataSource database = Connect(); // not disposed of: without a pool it holds nothing, and its connections outlive it
            return database.OpenConnection();
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException)
        {
            throw Error(e);
        }
    }

    /// <summary>An error of the server or of the way to it, in words for the user.</summary>
    internal DataException Error(Exception e) => e switch
    {
        PostgresException p => SqlErrors.Postgres(Name, p.SqlState, p.MessageText),
        NpgsqlException { InnerException: not System.Net.Sockets.SocketException } => SqlErrors.BrokeOff(Name),
        _ => SqlErrors.NoServer(Name),
    };

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        NpgsqlConnectionStringBuilder connection = new() { Host = uri.Host, Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort };
        if (uri.AbsolutePath.Length > 1)
            connection.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        string[] user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            connection.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2)
            connection.Password = Uri.UnescapeDataString(user[1]);
        foreach (string setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = setting.Split('=', 2);
            string key = pair[0] switch { "sslmode" => "SSL Mode", "connect_timeout" => "Timeout", "application_name" => "Application Name", _ => pair[0] };
            connection[key] = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]).Replace("-", "", StringComparison.Ordinal) : "";
        }

        return connection;
    }
}
