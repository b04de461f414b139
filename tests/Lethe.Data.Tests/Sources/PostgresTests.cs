using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Sources.Postgres;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;
using Npgsql;

namespace Lethe.Data.Tests.Sources;

/// <summary>Against a real server (see <see cref="PostgresServer"/>); each test works in a schema of its own.</summary>
public sealed class PostgresTests(PostgresServer server)
{
    // Asked for before anything else, so that a test without a server skips rather than fails inside an assertion.
    private readonly string _connectionString = server.ConnectionString;

    [Fact]
    public void Every_common_type_reads_as_what_it_means()
    {
        string schema = Make("CREATE TYPE grade AS ENUM ('mild', 'severe')",
            """
            CREATE TABLE patients (
                patient_id uuid PRIMARY KEY, age smallint, stays bigint, weight double precision, height real, creatinine numeric(8, 3),
                sex char(6), ward varchar(20), ill boolean, born date, seen timestamp, sampled timestamptz, severity grade, note jsonb)
            """,
            """
            INSERT INTO patients SELECT
                ('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, 20 + i, 9007199254740990 + (i % 2), 60.5 + i, 1.5, i / 8.0,
                CASE WHEN i % 2 = 0 THEN 'f' ELSE 'm' END, CASE WHEN i % 3 = 0 THEN 'ICU' END, i % 4 = 0, date '1980-01-01' + i, timestamp '2020-02-29 12:00' + i * interval '1 hour',
                timestamptz '2020-01-01 02:00+02', CASE WHEN i % 5 = 0 THEN 'severe' ELSE 'mild' END::grade, '{"a": 1}'
            FROM generate_series(0, 59) AS i
            """);
        TableReadResult read = PostgresTableReader.Read(Source(), $"SELECT * FROM {schema}.patients ORDER BY patient_id", new TableReadOptions { Name = "patients", Target = "ill" });

        Assert.Equal(60, read.Table.RowCount);
        Assert.Equal("patients", read.Schema.Name);
        Kind("age", ColumnKind.Integer, "20", "21");
        Kind("stays", ColumnKind.Ordinal, "9007199254740990", "9007199254740991");
        Kind("weight", ColumnKind.Continuous, "60.5", "61.5");
        Kind("height", ColumnKind.Ordinal, "1.5", "1.5");
        Kind("creatinine", ColumnKind.Continuous, "0.000", "0.125");
        Kind("sex", ColumnKind.Categorical, "f", "m"); // without the blanks that fill char(6)
        Kind("ward", ColumnKind.Categorical, "ICU", null);
        Kind("ill", ColumnKind.Boolean, "true", "false");
        Kind("born", ColumnKind.DateTime, "1980-01-01", "1980-01-02");
        Kind("seen", ColumnKind.DateTime, "2020-02-29T12:00:00", "2020-02-29T13:00:00");
        Assert.Equal(18262, ((NumericColumn)read.Table["sampled"])[0]); // as UTC
        Kind("severity", ColumnKind.Categorical, "severe", "mild");
        Assert.Equal(ColumnKind.Text, read.Schema["patient_id"].Kind);
        Assert.Equal(0, read.Table["patient_id"].MissingCount);
        Assert.Equal(ColumnRole.Target, read.Schema["ill"].Role);
        Assert.Equal(40, read.Table["ward"].MissingCount);

        void Kind(string column, ColumnKind kind, params string?[] first)
        {
            Assert.Equal((column, kind), (column, read.Schema[column].Kind));
            if (kind is not ColumnKind.DateTime)
                Assert.Equal((column, string.Join('|', first)), (column, string.Join('|', first.Select((_, i) => read.Table[column].Format(i)))));
            else
                Assert.Equal(first, first.Select((_, i) => read.Table[column].Format(i)));
        }
    }

    [Fact]
    public void Rows_stream_into_a_given_schema()
    {
        string schema = Make("CREATE TABLE t AS SELECT i AS id, (i % 7) / 2.0 AS x, (ARRAY['a', 'b'])[1 + i % 2] AS c FROM generate_series(1, 20000) AS i");
        Schema given = new([
            new ColumnSchema { Name = "c", Kind = ColumnKind.Categorical, Categories = ["b", "a"] },
            new ColumnSchema { Name = "x", Kind = ColumnKind.Continuous, Decimals = 1 }]);
        TableReadResult read = PostgresTableReader.Read(Source(), $"SELECT x, c FROM {schema}.t ORDER BY id", new TableReadOptions { Schema = given });
        Assert.Equal(20_000, read.Table.RowCount);
        Assert.Equal(["c", "x"], read.Schema.Columns.Select(c => c.Name));
        Assert.Equal("b|a", $"{read.Table["c"].Format(0)}|{read.Table["c"].Format(1)}");
        Assert.Equal("0.5|1.0", $"{read.Table["x"].Format(0)}|{read.Table["x"].Format(1)}");
    }

    [Fact]
    public void Non_finite_values_are_missing_with_a_warning_and_never_numbers()
    {
        const string Query = "SELECT * FROM (VALUES (1, 'NaN'::float8, 'infinity'::date), (2, '-Infinity', '2020-01-01'), (3, 0.5, '2021-01-01')) AS v (id, x, seen)";
        TableReadResult read = PostgresTableReader.Read(Source(), Query);
        Assert.Equal(2, read.Table["x"].MissingCount);
        Assert.Equal(1, read.Table["seen"].MissingCount);
        Assert.Equal(3, read.Report.Problems.Count(p => p.Code == "LD305"));
    }

    [Theory]
    [InlineData("SELECT 'NaN'::numeric AS n", "LD304", "column 'n': the numeric value cannot be represented")]
    [InlineData("SELECT 1e40::numeric AS n", "LD304", "column 'n': the numeric value cannot be represented")]
    [InlineData("SELECT ARRAY[1, 2] AS a", "LD303", "column 'a': the values are of the type integer[]")]
    [InlineData("SELECT 'x'::bytea AS b", "LD303", "column 'b': the values are of the type bytea")]
    [InlineData("SELECT 1", "LD302", "a column of the result has no name")]
    [InlineData("SELECT 1 AS a, 2 AS a", "LD302", "two columns of the result are named 'a'")]
    [InlineData("SELECT 1 AS a WHERE false", "LD003", "the query returned no rows")]
    [InlineData("SELECT * FROM nowhere", "LD317", "error 42P01. There is no such table")]
    [InlineData("SELECT nothing FROM (SELECT 1 AS a) AS t", "LD317", "error 42703. There is no such column")]
    [InlineData("SELEC 1", "LD317", "error 42601. The query has a syntax error")]
    [InlineData("SELECT 1 / 0 AS a", "LD317", "error 22012")]
    public void A_bad_query_is_an_error_that_says_what_to_do(string query, string code, string expected)
    {
        DataException e = Assert.Throws<DataException>(() => PostgresTableReader.Read(Source(), query));
        Assert.StartsWith(code, e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_server_quotes_from_the_data_is_for_the_owner_only()
    {
        DataException e = Assert.Throws<DataException>(() => PostgresTableReader.Read(Source(), "SELECT 'Mrs Smith'::int AS a"));
        Assert.DoesNotContain("Smith", e.Message, StringComparison.Ordinal);
        Assert.Contains("Smith", e.OwnerText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INSERT INTO {0}.t VALUES (2) RETURNING a")]
    [InlineData("WITH gone AS (DELETE FROM {0}.t RETURNING a) SELECT a FROM gone")]
    [InlineData("SELECT 1 AS a; COMMIT; DELETE FROM {0}.t")]
    public void Nothing_is_ever_written(string query)
    {
        string schema = Make("CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)");
        try
        {
            PostgresTableReader.Read(Source(), string.Format(System.Globalization.CultureInfo.InvariantCulture, query, schema));
        }
        catch (DataException e)
        {
            Assert.Contains("error 25006. Queries may only read", e.Message, StringComparison.Ordinal);
        }

        Assert.Equal("1", PostgresTableReader.Read(Source(), $"SELECT count(*) AS n FROM {schema}.t").Table["n"].Format(0));
    }

    [Fact]
    public void A_query_beyond_its_time_is_stopped()
    {
        DataException e = Assert.Throws<DataException>(() => PostgresTableReader.Read(Source(timeoutSeconds: 1), "SELECT pg_sleep(30), 1 AS a"));
        Assert.Matches("^LD31[78] ", e.Message);
    }

    [Fact]
    public void Cancelling_stops_the_query()
    {
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(300));
        Assert.ThrowsAny<OperationCanceledException>(() => PostgresTableReader.Read(Source(), "SELECT i AS a FROM generate_series(1, 100) AS i, pg_sleep(30)", null, cancel.Token));
    }

    [Fact]
    public void A_wrong_password_is_told_and_never_shown()
    {
        DataException e = Assert.Throws<DataException>(() => PostgresTableReader.Read(PostgresSource.FromConnectionString($"postgresql://lethe:hunter2@127.0.0.1:{server.Port}/postgres"), "SELECT 1 AS a"));
        Assert.StartsWith("LD317", e.Message, StringComparison.Ordinal);
        Assert.Contains("The user name or password is not accepted", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.OwnerText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_database_is_told()
    {
        DataException e = Assert.Throws<DataException>(() => PostgresTableReader.Read(PostgresSource.FromConnectionString(_connectionString.Replace("Database=postgres", "Database=nowhere", StringComparison.Ordinal)), "SELECT 1 AS a"));
        Assert.Contains("error 3D000. There is no such database", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_names_the_database()
    {
        Dictionary<string, string> variables = new() { ["PGHOST"] = "127.0.0.1", ["PGPORT"] = $"{server.Port}", ["PGDATABASE"] = "postgres", ["PGUSER"] = "lethe", ["PGPASSWORD"] = PostgresServer.Password };
        Assert.Equal(1, PostgresTableReader.Read(PostgresSource.FromEnvironment(variables.GetValueOrDefault), "SELECT 1 AS a").Table.RowCount);

        Dictionary<string, string> one = new() { ["LETHE_POSTGRES"] = _connectionString, ["PGHOST"] = "nowhere.invalid" };
        Assert.Equal($"database postgres on 127.0.0.1:{server.Port}", PostgresSource.FromEnvironment(one.GetValueOrDefault).Name);
    }

    private PostgresSource Source(double timeoutSeconds = 60) =>
        PostgresSource.FromConnectionString(_connectionString).WithTimeout(TimeSpan.FromSeconds(timeoutSeconds));

    /// <summary>A fresh schema, in which these statements are run.</summary>
    private string Make(params string[] statements)
    {
        string schema = $"s{TestContext.Current.Test!.UniqueID}"[..20];
        using NpgsqlConnection connection = new(_connectionString + ";Pooling=false");
        connection.Open();
        foreach (string sql in (string[])[$"CREATE SCHEMA {schema}", $"SET search_path TO {schema}", .. statements])
        {
            using NpgsqlCommand command = new(sql, connection);
            command.ExecuteNonQuery();
        }

        return schema;
    }
}
