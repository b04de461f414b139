using System.Data;
using System.Data.Common;
using Lethe.Data.Problems;
using Lethe.Data.Sources.Sql;
using Lethe.Data.Tables.Reading;
using Npgsql;

namespace Lethe.Data.Sources.Postgres;

/// <summary>
/// Reads the result of a query from PostgreSQL, in a read-only transaction that sees one state of the database. Rows
/// stream from the server. Kinds, levels and roles are inferred from the values as for text files, or follow the given
/// schema; NULL and the empty text are missing.
/// </summary>
public static class PostgresTableReader
{
    /// <summary>Runs a query and reads its result.</summary>
    /// <param name="source">The database.</param>
    /// <param name="query">One SELECT.</param>
    /// <param name="options">Schema, missing tokens, roles; null: infer everything.</param>
    /// <param name="cancellation">Stops the query on the server.</param>
    /// <exception cref="DataException">LD315 not reachable; LD317 refused by the server; LD318 broken off; LD301–LD306 the result cannot be read; LD0xx it does not fit the schema.</exception>
    public static TableReadResult Read(PostgresSource source, string query, TableReadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        return Query(source, query, reader => SqlTableReading.Read(reader, source.Name, options ?? TableReadOptions.Default, cancellation), cancellation);
    }

    /// <summary>Runs a query in a read-only transaction and hands its rows to <paramref name="read"/>: for readers of other shapes than tables.</summary>
    /// <exception cref="DataException">LD315 not reachable; LD317 refused by the server; LD318 broken off.</exception>
    internal static T Query<T>(PostgresSource source, string query, Func<DbDataReader, T> read, CancellationToken cancellation)
    {
        try
        {
            using NpgsqlDataSource database = source.Connect();
            using NpgsqlConnection connection = database.OpenConnection();
            using NpgsqlTransaction transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
            using NpgsqlCommand command = new(query, connection, transaction);

            // The asynchronous call sees to it that a cancellation on the way to the server is not lost; the registration stops the rows.
            using NpgsqlDataReader reader = command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellation).GetAwaiter().GetResult();
            using CancellationTokenRegistration stop = cancellation.Register(command.Cancel);
            T result = read(reader);
            cancellation.ThrowIfCancellationRequested();
            return result;
        }
        catch (NpgsqlException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException)
        {
            throw source.Error(e);
        }
    }
}
