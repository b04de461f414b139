using Lethe.Data.Cohorts.Documents;
using Lethe.Data.Schemas;
using Lethe.Data.Sources.Sqlite;
using Lethe.Data.Tables;
using Microsoft.Data.Sqlite;

namespace Lethe.Data.Cohorts.Writing;

/// <summary>
/// Writes a cohort into one SQLite file: table <c>statics</c> with a row a stay, table <c>events(id, time, variable, value)</c>
/// with an index by stay, table <c>channels</c> with the metadata. Schema and channels stand in <c>lethe_about</c> too, as the YAML
/// texts of a cohort folder, so that <c>lethe data import tidy</c> reads back what was written.
/// </summary>
public static class SqliteCohortWriter
{
    /// <summary>Fact in <c>lethe_about</c> that holds the schema of the static table.</summary>
    internal const string SchemaFact = "statics.schema.yaml";

    /// <summary>Fact in <c>lethe_about</c> that holds the channels.</summary>
    internal const string ChannelsFact = "channels.yaml";

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <param name="done">Told how many stays are written.</param>
    /// <param name="cancellation">Stops the writing; nothing is left then.</param>
    public static void Write(Cohort cohort, string path, IProgress<int>? done = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        string partial = path + Files.AtomicFile.PartialSuffix;
        File.Delete(partial);
        try
        {
            Fill(cohort, partial, new StayWatch(cohort.Count, done, cancellation));
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Fill(Cohort cohort, string partial, StayWatch watch)
    {
        // Every digit: the table writer rounds to the decimals of the schema.
        Table statics = cohort.Statics.WithSchema(cohort.Schema.WithColumns(cohort.Schema.Columns.Select(c => c.Kind == ColumnKind.Continuous ? c with { Decimals = SqliteTableWriter.EveryDigit } : c)));
        SqliteTableWriter.Write(partial, statics, "statics", new Dictionary<string, string> { [SchemaFact] = SchemaYaml.Write(cohort.Schema), [ChannelsFact] = ChannelsYaml.Write(cohort) });
        SqliteConnectionStringBuilder address = new() { DataSource = partial, Pooling = false };
        using SqliteConnection connection = new(address.ToString());
        connection.Open();
        Run(connection, "PRAGMA journal_mode = OFF"); // the file counts only once it is renamed
        Run(connection, "PRAGMA synchronous = OFF");
        Run(connection, "CREATE TABLE channels(name TEXT PRIMARY KEY, kind TEXT, unit TEXT, title TEXT, loinc TEXT, decimals INTEGER, low REAL, high REAL)");
        Run(connection, "CREATE TABLE events(id TEXT NOT NULL, time REAL NOT NULL, variable TEXT NOT NULL, value)");
        using (SqliteTransaction transaction = connection.BeginTransaction())
        {
            WriteChannels(connection, transaction, cohort);
            WriteEvents(connection, transaction, cohort, watch);
            transaction.Commit();
        }

        Run(connection, "CREATE INDEX events_by_stay ON events(id, time)");
    }

    private static void WriteChannels(SqliteConnection connection, SqliteTransaction transaction, Cohort cohort)
    {
        using SqliteCommand insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO channels VALUES($name, $kind, $unit, $title, $loinc, $decimals, $low, $high)";
        foreach (Channel c in cohort.Channels)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$name", c.Name);
            insert.Parameters.AddWithValue("$kind", c.Kind.ToString().ToLowerInvariant());
            insert.Parameters.AddWithValue("$unit", (object?)c.Unit ?? DBNull.Value);
            insert.Parameters.AddWithValue("$title", (object?)c.Title ?? DBNull.Value);
            insert.Parameters.AddWithValue("$loinc", (object?)c.Loinc ?? DBNull.Value);
            insert.Parameters.AddWithValue("$decimals", c.Decimals);
            insert.Parameters.AddWithValue("$low", (object?)c.PlausibleRange?.Lower ?? DBNull.Value);
            insert.Parameters.AddWithValue("$high", (object?)c.PlausibleRange?.Upper ?? DBNull.Value);
            insert.ExecuteNonQuery();
        }
    }

    private static void WriteEvents(SqliteConnection connection, SqliteTransaction transaction, Cohort cohort, StayWatch watch)
    {
        using SqliteCommand insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO events VALUES($stay, $hours, $channel, $value)";
        SqliteParameter stay = insert.Parameters.Add("$stay", SqliteType.Text), hours = insert.Parameters.Add("$hours", SqliteType.Real);
        SqliteParameter channel = insert.Parameters.Add("$channel", SqliteType.Text), value = insert.Parameters.Add("$value", SqliteType.Real);
        for (int i = 0; i < cohort.Count; i++)
        {
            watch.Next(i);
            stay.Value = cohort.Statics[Cohort.StayIdColumn].Format(i);
            StayEvents events = cohort[i];
            for (int e = 0; e < events.Count; e++)
            {
                Channel c = cohort.Channels[events.Channels[e]];
                bool level = c.Kind == ChannelKind.Categorical && events.Values[e] >= 0 && events.Values[e] < c.Levels.Count;
                hours.Value = (double)events.Times[e];
                channel.Value = c.Name;
                value.SqliteType = level ? SqliteType.Text : SqliteType.Real;
                value.Value = level ? c.Levels[(int)events.Values[e]] : (double)events.Values[e];
                insert.ExecuteNonQuery();
            }
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
