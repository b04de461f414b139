using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Tests.Tables;

public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly string[] AwkwardTexts =
    [
        "a", "a,b", "a;b", "a\tb", "a\"b", "\"a\"", "\"", "'", "a\nb", "a\r\nb", "\r", " a", "a ", "\ta", "=1+1", "-5", "NA", "?", "None", "NULL", "1.0", "1", "01", "größe", "患者", "😀", "\u2028", "sep=;", "\\", "a\\\"b", "#", "a|b", "x",
    ];

    private static Gen<string> Text => Gen.OneOf(
        Gen.Elements(AwkwardTexts),
        ArbMap.Default.GeneratorFor<NonEmptyString>().Select(s => string.Concat(s.Get.EnumerateRunes().Where(r => r.Value is not (0 or 0xFFFD)))).Where(s => s.Length > 0));

    private static Gen<Column> ColumnOf(string name, int rows)
    {
        Gen<bool[]> missing = Gen.Frequency((1, Gen.Constant(true)), (4, Gen.Constant(false))).ArrayOf(rows);
        Gen<Column> numeric =
            from decimals in Gen.Choose(0, 15)
            from values in ArbMap.Default.GeneratorFor<NormalFloat>().ArrayOf(rows)
            from gone in missing
            select (Column)new NumericColumn(
                new ColumnSchema { Name = name, Kind = decimals == 0 ? ColumnKind.Integer : ColumnKind.Continuous, Decimals = decimals },
                [.. values.Select((v, i) => gone[i] ? double.NaN : Rounded(v.Get, decimals))]);
        Gen<Column> date =
            from format in Gen.Elements("dd/MM/yyyy", "yyyy-MM-dd HH:mm:ss.FFF")
            from values in Gen.Choose(-50_000_000, 50_000_000).ArrayOf(rows)
            from gone in missing
            select (Column)new NumericColumn(
                new ColumnSchema { Name = name, Kind = ColumnKind.DateTime, DateFormat = format },
                [.. values.Select((v, i) => gone[i] ? double.NaN : format[0] == 'd' ? v / 1000 : v / 1000.0)]);
        Gen<Column> levels =
            from labels in Text.NonEmptyListOf()
            from codes in Gen.Choose(0, 1_000_000).ArrayOf(rows)
            from gone in missing
            let distinct = labels.Distinct().ToArray()
            select (Column)new DiscreteColumn(
                new ColumnSchema { Name = name, Kind = ColumnKind.Categorical, Categories = distinct },
                [.. codes.Select((c, i) => gone[i] ? -1 : c % distinct.Length)]);
        Gen<Column> text =
            from values in Text.ArrayOf(rows)
            from gone in missing
            select (Column)new TextColumn(new ColumnSchema { Name = name, Kind = ColumnKind.Text }, [.. values.Select((v, i) => gone[i] ? null : v)]);
        return Gen.OneOf(numeric, date, levels, text);
    }

    private static double Rounded(double v, int decimals) => decimals == 15 ? v : Math.Abs(v) > 1e9 ? Math.Round(v % 1e6, decimals) : Math.Round(v, decimals);

    private static Arbitrary<Table> Tables => (
        from rows in Gen.Choose(1, 30)
        from names in Text.Select(t => t.Trim()).Where(t => t.Length > 0).NonEmptyListOf()
        let distinct = names.Distinct().Take(6).ToArray()
        from columns in Gen.CollectToArray(distinct.Select(n => ColumnOf(n, rows)))
        select new Table(columns)).ToArbitrary();

    [Theory]
    [InlineData(".csv")]
    [InlineData(".csv.gz")]
    [InlineData(".tsv")]
    public void TablesAreReadAsTheyWereWritten(string extension)
    {
        string path = _folder.File("table" + extension);
        TableReadOptions options = new() { HasHeader = true, Separator = extension == ".tsv" ? '\t' : ',', Quote = '"', Numbers = NumberFormat.Invariant };
        Prop.ForAll(Tables, table =>
        {
            TableWriter.Write(path, table);
            TableAssert.Equal(Rewritten(table), TableReader.Read(path, options with { Schema = table.Schema }).Table);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    /// <summary>Numbers pass through text with the column's decimals, dates through milliseconds.</summary>
    private static Table Rewritten(Table table) => new(table.Columns.Select(c => c is NumericColumn n && c.Schema.Kind == ColumnKind.DateTime
        ? new NumericColumn(c.Schema, [.. n.Values.ToArray().Select(v => Math.Round(v * 86_400_000) / 86_400_000)])
        : c));

    [Fact]
    public void ChunksAreWrittenEndToEnd()
    {
        Prop.ForAll(Tables, table =>
        {
            string whole = _folder.File("whole.csv"), chunked = _folder.File("chunked.csv");
            TableWriter.Write(whole, table);
            TableWriter.WriteChunks(chunked, table.Schema, Enumerable.Range(0, table.RowCount).Chunk(7).Select(rows => table.Take(rows)));
            Assert.Equal(File.ReadAllText(whole), File.ReadAllText(chunked));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public void JsonLinesHoldTheSameCells()
    {
        string path = _folder.File("table.jsonl");
        Prop.ForAll(Tables, table =>
        {
            TableWriter.Write(path, table);
            string[] lines = File.ReadAllText(path).TrimEnd('\n').Split('\n');
            Assert.Equal(table.RowCount, lines.Length);
            for (int row = 0; row < lines.Length; row++)
            {
                using JsonDocument json = JsonDocument.Parse(lines[row]);
                JsonProperty[] cells = [.. json.RootElement.EnumerateObject()];
                Assert.Equal(table.Columns.Select(c => c.Name), cells.Select(c => c.Name));
                for (int i = 0; i < cells.Length; i++)
                {
                    string? text = cells[i].Value.ValueKind == JsonValueKind.Null ? null : cells[i].Value.ToString();
                    Assert.Equal(table.Columns[i].Format(row), text);
                    bool number = table.Columns[i].Schema.Kind is ColumnKind.Continuous or ColumnKind.Integer && text is not null;
                    Assert.Equal(number, cells[i].Value.ValueKind == JsonValueKind.Number);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void TextIsRfc4180()
    {
        Table table = new(
        [
            new TextColumn(new ColumnSchema { Name = "a,b", Kind = ColumnKind.Text }, ["say \"hi\"", null, "two\nlines", " x"]),
            new NumericColumn(new ColumnSchema { Name = "n", Kind = ColumnKind.Continuous, Decimals = 2 }, [1.5, -0.001, double.NaN, 1234.5]),
        ]);
        TableWriter.Write(_folder.File("a.csv"), table);
        Assert.Equal("\"a,b\",n\r\n\"say \"\"hi\"\"\",1.50\r\n,0.00\r\n\"two\nlines\",\r\n\" x\",1234.50\r\n", File.ReadAllText(_folder.File("a.csv")));
    }

    [Fact]
    public void SingleMissingCellIsNotABlankLine()
    {
        Table table = new([new TextColumn(new ColumnSchema { Name = "a", Kind = ColumnKind.Text }, ["x", null, "y"])]);
        TableWriter.Write(_folder.File("a.csv"), table);
        TableAssert.Equal(table, TableReader.Read(_folder.File("a.csv"), new TableReadOptions { Schema = table.Schema, HasHeader = true }).Table);
    }

    [Fact]
    public void ChunksWithOtherColumnsAreRefusedAndLeaveNothing()
    {
        Table a = new([new TextColumn(new ColumnSchema { Name = "a", Kind = ColumnKind.Text }, ["x"])]);
        Table b = new([new TextColumn(new ColumnSchema { Name = "b", Kind = ColumnKind.Text }, ["x"])]);
        Assert.Throws<ArgumentException>(() => TableWriter.WriteChunks(_folder.File("a.csv"), a.Schema, [a, b]));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void UnknownEndingIsRefusedWithTheKnownOnes() =>
        Assert.Contains(".csv.gz", Assert.Throws<ArgumentException>(() => TableFiles.ForWriting("a.docx")).Message, StringComparison.Ordinal);
}
