using Lethe.Data.Sources.Sqlite;
using Microsoft.Data.Sqlite;

namespace Lethe.Data.Cohorts.Writing;

/// <summary>
/// Writes a cohort into one SQLite file: table <c>statics</c> with a row a stay, table <c>events(stay_id, hours, channel, value)</c>
/// with an index by stay, table <c>channels</c> with the metadata.
/// </summary>
public static class SqliteCohortWriter
{
    /// <summary>Writes the file, whole or not at all.</summary>
    public static void Write(Cohort cohort, string path)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        string partial = path + Files.AtomicFile.PartialSuffix;
        File.Delete(partial);
        SqliteTableWriter.Write(partial, cohort.Statics, "statics");
        SqliteConnectionStringBuilder address = new() { DataSource = partial, Pooling = false };
        using (SqliteConnection connection = new(address.ToString()))
        {
            connection.Open();
            Run(connection, "CREATE TABLE channels(name TEXT PRIMARY KEY, kind TEXT, unit TEXT, title TEXT, loinc TEXT, decimals INTEGER, low REAL, high REAL)");
            Run(connection, "CREATE TABLE events(stay_id TEXT NOT NULL, hours REAL NOT NULL, channel TEXT NOT NULL, value)");
            using SqliteTransaction transaction = connection.BeginTransaction();
            WriteChannels(connection, transaction, cohort);
            WriteEvents(connection, transaction, cohort);
            transaction.Commit();
            Run(connection, "CREATE INDEX events_by_stay ON events(stay_id, hours)");
        }

        File.Move(partial, path, overwrite: true);
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

    private static void WriteEvents(SqliteConnection connection, SqliteTransaction transaction, Cohort cohort)
    {
        using SqliteCommand insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO events VALUES($stay, $hours, $channel, $value)";
        SqliteParameter stay = insert.Parameters.Add("$stay", SqliteType.Text), hours = insert.Parameters.Add("$hours", SqliteType.Real);
        SqliteParameter channel = insert.Parameters.Add("$channel", SqliteType.Text), value = insert.Parameters.Add("$value", SqliteType.Real);
        for (int i = 0; i < cohort.Count; i++)
        {
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
