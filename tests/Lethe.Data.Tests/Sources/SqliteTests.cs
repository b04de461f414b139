using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Simulation.HeartClinic;
using Lethe.Data.Sources.Sqlite;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;
using Lethe.Numerics.Randomness;
using Microsoft.Data.Sqlite;

namespace Lethe.Data.Tests.Sources;

public sealed class SqliteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lethe-sqlite-").FullName;

    private string Path(string name = "ward.sqlite") => System.IO.Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_table_survives_writing_and_reading_under_its_schema_and_inferred()
    {
        Table table = HeartClinicSimulator.Simulate(400, new Seed(11), new HeartClinicOptions { PatientKey = true });
        TableWriter.Write(Path(), table);
        AssertSame(table, TableReader.Read(Path(), new TableReadOptions { Schema = table.Schema }).Table);

        TableReadResult inferred = SqliteTableReader.ReadTable(Path());
        Assert.Equal(SqliteTableWriter.DefaultTableName, inferred.Schema.Name);
        Assert.Equal(400, inferred.Report.RowsRead);
        AssertSame(table, inferred.Table);
        Assert.Equal(ColumnRole.PatientKey, inferred.Schema["patient_id"].Role);
        Assert.Equal(2, inferred.Schema["systolic_bp"].Step);
    }

    [Fact]
    public void Awkward_values_survive()
    {
        Table table = new(
        [
            new TextColumn(new ColumnSchema { Name = "a \"quoted\" name", Kind = ColumnKind.Text }, ["x'; DROP TABLE data; --", "línea\nzwei", null, "?"]),
            new NumericColumn(new ColumnSchema { Name = "real", Kind = ColumnKind.Continuous, Decimals = 4 }, [0.1, -1e-4, 123456789.4321, double.NaN]),
            new NumericColumn(new ColumnSchema { Name = "whole", Kind = ColumnKind.Integer }, [-9007199254740991, 0, 9007199254740991, double.NaN]),
            new NumericColumn(new ColumnSchema { Name = "when", Kind = ColumnKind.DateTime }, [0, -0.5, 18262.25, double.NaN]),
            new DiscreteColumn(new ColumnSchema { Name = "code", Kind = ColumnKind.Categorical, Categories = ["007", "7", "1.0"] }, [0, 1, 2, -1]),
            new DiscreteColumn(new ColumnSchema { Name = "level", Kind = ColumnKind.Ordinal, Categories = ["-1", "0", "2"] }, [0, 1, 2, -1]),
        ]);
        SqliteTableWriter.Write(Path(), table, "a \"b\" c");
        AssertSame(table, SqliteTableReader.ReadTable(Path(), "a \"b\" c", new TableReadOptions { Schema = table.Schema }).Table);
        Assert.Equal("integer", Scalar("SELECT typeof(level) FROM \"a \"\"b\"\" c\" LIMIT 1"));
        Assert.Equal("text", Scalar("SELECT typeof(code) FROM \"a \"\"b\"\" c\" LIMIT 1"));
        Assert.Equal("real", Scalar("SELECT typeof(real) FROM \"a \"\"b\"\" c\" LIMIT 1"));
        Assert.Equal("1970-01-01", Scalar("SELECT \"when\" FROM \"a \"\"b\"\" c\" LIMIT 1"));
    }

    [Fact]
    public void A_query_reads_what_it_selects_in_its_order()
    {
        Make("CREATE TABLE visits (patient_id TEXT, age INTEGER, weight REAL, died INTEGER)",
            "INSERT INTO visits VALUES ('p1', 71, 80.5, 0), ('p2', 64, NULL, 1), ('p3', 55, 71.25, 0)");
        TableReadResult read = SqliteTableReader.ReadQuery(Path(), "SELECT weight AS kg, patient_id, age + 1 AS next FROM visits WHERE age > 60 ORDER BY age", new TableReadOptions { PatientKey = "patient_id" });
        Assert.Equal(["kg", "patient_id", "next"], read.Schema.Columns.Select(c => c.Name));
        Assert.Equal([null, "80.5"], Cells(read.Table, "kg"));
        Assert.Equal(["65", "72"], Cells(read.Table, "next"));
        Assert.Equal(ColumnRole.PatientKey, read.Schema["patient_id"].Role);
    }

    [Fact]
    public void Values_that_do_not_fit_the_schema_are_reported_by_row_and_column_all_at_once()
    {
        Make("CREATE TABLE t (age, sex)", "INSERT INTO t VALUES (71, 'f'), ('old', 'm'), (60, 'x'), (NULL, '')");
        Schema schema = new([
            new ColumnSchema { Name = "age", Kind = ColumnKind.Integer },
            new ColumnSchema { Name = "sex", Kind = ColumnKind.Categorical, Categories = ["f", "m"] }]);
        DataException e = Assert.Throws<DataException>(() => SqliteTableReader.ReadTable(Path(), null, new TableReadOptions { Schema = schema }));
        Assert.Contains($"{ProblemCodes.NotNumber} ward.sqlite, line 2, column 'age'", e.Message, StringComparison.Ordinal);
        Assert.Contains($"{ProblemCodes.UnknownLevel} ward.sqlite, line 3, column 'sex'", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("old", e.Message, StringComparison.Ordinal);
        Assert.Contains("old", e.OwnerText, StringComparison.Ordinal);

        TableReadResult rejected = SqliteTableReader.ReadTable(Path(), null, new TableReadOptions { Schema = schema, BadRows = BadRows.Reject });
        Assert.Equal(2, rejected.Table.RowCount);
        Assert.Equal(2, rejected.Report.RowsRejected);
        Assert.Equal(["f", null], Cells(rejected.Table, "sex")); // the empty text is missing
    }

    [Fact]
    public void Booleans_dates_and_infinities_are_read_as_what_they_mean()
    {
        Make("CREATE TABLE t (ill TEXT, seen TEXT, x REAL)", "INSERT INTO t VALUES ('yes', '2020-02-29', 9e999), ('no', '2019-12-31 23:30:00', 1.5), ('yes', '2021-01-01', 2.5)");
        TableReadResult read = SqliteTableReader.ReadTable(Path(), options: new TableReadOptions { Target = "ill" });
        Assert.Equal(ColumnKind.Boolean, read.Schema["ill"].Kind);
        Assert.Equal(["no", "yes"], read.Schema["ill"].Categories);
        Assert.Equal(ColumnKind.DateTime, read.Schema["seen"].Kind);
        Assert.Equal(18321, ((NumericColumn)read.Table["seen"])[0]);
        Assert.True(read.Table["x"].IsMissing(0));
        Assert.Contains(read.Report.Problems, p => p.Code == "LD305" && p.Line == 1 && p.Column == "x");
    }

    [Theory]
    [InlineData("SELECT nothing FROM t", "LD314 ward.sqlite: the database refused the query (SQLite error 1)")]
    [InlineData("DELETE FROM t", "LD314 ward.sqlite: the database refused the query (SQLite error 8). Queries may only read")]
    [InlineData("CREATE TABLE u (x)", "LD314 ward.sqlite: the database refused the query (SQLite error 8). Queries may only read")]
    [InlineData("SELECT a, a FROM t", "LD302 ward.sqlite: two columns of the result are named 'a'")]
    [InlineData("SELECT x'00ff' AS image FROM t", "LD303 ward.sqlite, column 'image': the values are of the type BLOB")]
    [InlineData("SELECT a FROM t WHERE a > 5", "LD003 ward.sqlite: the query returned no rows")]
    public void A_bad_query_is_an_error_that_says_what_to_do(string query, string expected)
    {
        Make("CREATE TABLE t (a)", "INSERT INTO t VALUES (1), (2)");
        DataException e = Assert.Throws<DataException>(() => SqliteTableReader.ReadQuery(Path(), query));
        Assert.StartsWith(expected, e.Message, StringComparison.Ordinal);
        Assert.Equal("2", Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public void Which_table_must_be_said_when_there_are_several()
    {
        Make("CREATE TABLE one (a)", "CREATE VIEW two AS SELECT a FROM one", "INSERT INTO one VALUES (1)");
        Assert.Equal(["one", "two"], SqliteTableReader.Tables(Path()));
        DataException several = Assert.Throws<DataException>(() => SqliteTableReader.ReadTable(Path()));
        Assert.StartsWith("LD312 ward.sqlite: the database holds 2 tables. Name one of: one, two", several.Message, StringComparison.Ordinal);
        DataException none = Assert.Throws<DataException>(() => SqliteTableReader.ReadTable(Path(), "three"));
        Assert.StartsWith("LD313", none.Message, StringComparison.Ordinal);
        Assert.Equal(1, SqliteTableReader.ReadTable(Path(), "two").Table.RowCount);
    }

    [Fact]
    public void What_is_no_database_is_told_apart()
    {
        File.WriteAllText(Path("text.sqlite"), "age,sex\n1,f\n");
        Assert.StartsWith("LD311 text.sqlite: this is not an SQLite database", Assert.Throws<DataException>(() => SqliteTableReader.ReadTable(Path("text.sqlite"))).Message, StringComparison.Ordinal);
        Assert.StartsWith("LD311 gone.sqlite: there is no such file", Assert.Throws<DataException>(() => SqliteTableReader.ReadTable(Path("gone.sqlite"))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path("gone.sqlite")));

        File.WriteAllBytes(Path("torn.sqlite"), [.. "SQLite format 3\0"u8, .. new byte[4000]]);
        Assert.StartsWith("LD314 torn.sqlite", Assert.Throws<DataException>(() => SqliteTableReader.ReadTable(Path("torn.sqlite"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        Table table = Small();
        SqliteTableWriter.Write(Path(), table);
        byte[] before = File.ReadAllBytes(Path());
        Assert.Throws<InvalidOperationException>(() => SqliteTableWriter.WriteChunks(Path(), table.Schema, Failing()));
        Assert.Equal(before, File.ReadAllBytes(Path()));
        Assert.Single(Directory.EnumerateFiles(_folder));

        IEnumerable<Table> Failing()
        {
            yield return table;
            throw new InvalidOperationException("the generator stopped");
        }
    }

    [Fact]
    public void Facts_about_the_file_lie_beside_the_data_and_are_no_data()
    {
        SqliteTableWriter.Write(Path(), Small(), about: new Dictionary<string, string> { ["synthetic"] = "true" });
        Assert.Equal("true", Scalar("SELECT value FROM lethe_about WHERE key = 'synthetic'"));
        Assert.Equal(["data"], SqliteTableReader.Tables(Path()));
        Assert.Equal(2, SqliteTableReader.ReadTable(Path()).Table.RowCount);
    }

    [Fact]
    public void Columns_that_differ_only_in_capitals_are_refused()
    {
        Table table = new([new NumericColumn(new ColumnSchema { Name = "K", Kind = ColumnKind.Integer }, [1]), new NumericColumn(new ColumnSchema { Name = "k", Kind = ColumnKind.Integer }, [1])]);
        Assert.Contains("'K' and 'k'", Assert.Throws<ArgumentException>(() => SqliteTableWriter.Write(Path(), table)).Message, StringComparison.Ordinal);
    }

    private static Table Small() => new([new NumericColumn(new ColumnSchema { Name = "age", Kind = ColumnKind.Integer }, [50, 60])]);

    private static void AssertSame(Table expected, Table actual)
    {
        Assert.Equal(expected.Schema.Columns.Select(c => c.Name), actual.Schema.Columns.Select(c => c.Name));
        foreach (Column column in expected.Columns)
        {
            for (int row = 0; row < expected.RowCount; row++)
                Assert.Equal(column.Format(row), actual[column.Name].Format(row));
        }
    }

    private static IEnumerable<string?> Cells(Table table, string column) => Enumerable.Range(0, table.RowCount).Select(i => table[column].Format(i));

    private void Make(params string[] statements)
    {
        using SqliteConnection connection = new($"Data Source={Path()};Pooling=False");
        connection.Open();
        foreach (string sql in statements)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private string? Scalar(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path()};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
