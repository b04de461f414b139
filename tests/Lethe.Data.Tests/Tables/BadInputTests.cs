using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Tests.Tables;

public sealed class BadInputTests
{
    private static readonly Schema Patients = new(
    [
        new ColumnSchema { Name = "age", Kind = ColumnKind.Integer, Bounds = new Bounds(0, 120, Origin.Public), MissingTokens = ["?"] },
        new ColumnSchema { Name = "weight", Kind = ColumnKind.Continuous, Decimals = 1, Unit = "kg" },
        new ColumnSchema { Name = "smoker", Kind = ColumnKind.Boolean, Categories = ["no", "yes"] },
        new ColumnSchema { Name = "seen", Kind = ColumnKind.DateTime, DateFormat = "dd/MM/yyyy" },
    ]);

    private const string Header = "age,weight,smoker,seen\n";

    private static string Good(int rows) => string.Concat(Enumerable.Range(0, rows).Select(i => $"{20 + i},{60 + i}.5,{(i % 2 == 0 ? "no" : "yes")},0{1 + (i % 9)}/02/2020\n"));

    private static TableReadOptions Strict(Schema? schema = null) => new() { Schema = schema ?? Patients };

    [Fact]
    public void EveryProblemIsReportedAtOnceWithItsPlace()
    {
        string text = Header + Good(20)
            + "abc,61.5,no,01/02/2020\n"      // 22
            + "40.5,61.5,no,01/02/2020\n"     // 23
            + "41,heavy,perhaps,2020/02/31\n" // 24
            + "42,61.5,no\n"                  // 25
            + "43,61.5,no,01/02/2020,1\n"     // 26
            + "44,61 lb,no,01/02/2020\n";     // 27
        DataException e = ReadText.Fails(text, Strict());
        (string, long?, string?)[] found = [.. e.Problems.Where(p => p.Severity == Severity.Error).Select(p => (p.Code, p.Line, p.Column)).Order()];
        Assert.Equal(
        [
            (ProblemCodes.RaggedRow, 25, null),
            (ProblemCodes.RaggedRow, 26, null),
            (ProblemCodes.NotNumber, 22, "age"),
            (ProblemCodes.NotNumber, 24, "weight"),
            (ProblemCodes.NotWhole, 23, "age"),
            (ProblemCodes.NotDate, 24, "seen"),
            (ProblemCodes.UnknownLevel, 24, "smoker"),
            (ProblemCodes.OtherUnit, 27, "weight"),
        ], found);
        Assert.All(e.Problems, p => Assert.Equal("test.csv", p.File));
        Assert.All(e.Problems, p => Assert.NotEmpty(p.Remedy));
        Assert.Contains("found 'perhaps'", e.OwnerText, StringComparison.Ordinal);
        Assert.DoesNotContain("perhaps", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("heavy", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void RepeatedProblemsAreCountedNotListed()
    {
        string text = Header + string.Concat(Enumerable.Range(0, 1000).Select(i => $"x{i},60.5,no,01/02/2020\n"));
        DataException e = ReadText.Fails(text, Strict());
        DataProblem[] age = [.. e.Problems.Where(p => p.Column == "age")];
        Assert.Equal(4, age.Length);
        Assert.Contains("997 more of the same, 1,000 in all", age[^1].Message, StringComparison.Ordinal);
        Assert.Equal(1001, age[^1].Line);
    }

    [Fact]
    public void BadRowsAreRejectedOnlyWhenAskedAndCounted()
    {
        string text = Header + Good(20) + "abc,61.5,no,01/02/2020\n42,61.5,no\n43,61.5,maybe,01/02/2020\n" + Good(2);
        TableReadResult read = ReadText.Read(text, Strict() with { BadRows = BadRows.Reject });
        Assert.Equal((22, 25L, 3L), (read.Table.RowCount, read.Report.RowsRead, read.Report.RowsRejected));
        Assert.Equal(
            new Dictionary<string, long> { [ProblemCodes.NotNumber] = 1, [ProblemCodes.RaggedRow] = 1, [ProblemCodes.UnknownLevel] = 1 },
            read.Report.RejectedByCode);
        Assert.Equal("20", read.Cells("age")[20]);
        Assert.Equal(read.Cells("age").Take(2), read.Cells("age").Skip(20));
        Assert.All(read.Report.Problems, p => Assert.NotEqual(Severity.Error, p.Severity));
    }

    [Fact]
    public void ReportTellsTheStoryWithoutValues()
    {
        string text = Header + Good(20) + "secret,61.5,no,01/02/2020\n42,61.5,no\n\n";
        string[] lines = [.. ReadText.Read(text, Strict() with { BadRows = BadRows.Reject }).Report.Describe()];
        Assert.Equal("test.csv: 22 rows read, 2 rejected (LD020: 1, LD030: 1), 1 blank lines.", lines[0]);
        Assert.Contains(lines, l => l.StartsWith("separator: comma; it divides the header into the expected names (line 1)", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Warning: LD030 test.csv, line 22, column 'age': a number was expected.", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(UnknownLevels.Extend, "often", 3)]
    [InlineData(UnknownLevels.Missing, null, 2)]
    public void UnknownLevelsCanBeKeptOrDropped(UnknownLevels handling, string? cell, int levels)
    {
        Schema schema = Patients.WithColumns(Patients.Columns.Select(c => c.Kind == ColumnKind.Boolean ? c with { Kind = ColumnKind.Categorical } : c));
        TableReadResult read = ReadText.Read(Header + Good(20) + "40,61.5,often,01/02/2020\n", Strict(schema) with { UnknownLevels = handling });
        Assert.Equal(cell, read.Cells("smoker")[20]);
        Assert.Equal(levels, ((DiscreteColumn)read.Table["smoker"]).Levels.Count);
        Assert.Equal(levels, read.Schema["smoker"].Categories.Count);
        Assert.Contains(ProblemCodes.UnknownLevel, read.Codes("smoker"));
    }

    [Fact]
    public void ColumnsMissingAndTooMany()
    {
        DataException e = ReadText.Fails("Age,weight,seen,extra\n1,2,01/02/2020,4\n", Strict());
        Assert.Equal(
            [(ProblemCodes.ColumnMissing, "age"), (ProblemCodes.ColumnMissing, "smoker"), (ProblemCodes.ColumnExtra, "Age"), (ProblemCodes.ColumnExtra, "extra")],
            e.Problems.Where(p => p.Severity == Severity.Error).Select(p => (p.Code, p.Column!)));
        Assert.Contains("it has 'Age'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExtraColumnsAreLeftOutWhenAsked()
    {
        TableReadResult read = ReadText.Read("x," + Header + string.Concat(Good(20).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => "9," + l + "\n")), Strict() with { IgnoreExtraColumns = true });
        Assert.Equal(Patients.Columns.Select(c => c.Name), read.Schema.Columns.Select(c => c.Name));
        Assert.Contains(ProblemCodes.ColumnExtra, read.Codes("x"));
    }

    [Fact]
    public void ColumnsMayStandInAnotherOrder()
    {
        TableReadResult read = ReadText.Read("seen,smoker,weight,age\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"01/02/2020,no,{i}.5,{i}\n")), Strict());
        Assert.Equal(["age", "weight", "smoker", "seen"], read.Schema.Columns.Select(c => c.Name));
        Assert.Equal("19", read.Cells("age")[19]);
    }

    [Fact]
    public void PublicBoundsAndDecimalsAreWatched()
    {
        TableReadResult read = ReadText.Read(Header + Good(20) + "150,61.55,no,01/02/2020\n", Strict());
        Assert.Contains(ProblemCodes.OutOfBounds, read.Codes("age"));
        Assert.Contains(ProblemCodes.MoreDecimals, read.Codes("weight"));
    }

    [Fact]
    public void OnlyTheSchemasTokensAreMissing()
    {
        DataException e = ReadText.Fails(Header + Good(20) + "?,,no,\nNA,1.5,no,01/02/2020\n", Strict());
        DataProblem only = Assert.Single(e.Problems, p => p.Severity == Severity.Error);
        Assert.Equal((ProblemCodes.NotNumber, 23L, "age"), (only.Code, only.Line, only.Column));
    }

    public static TheoryData<string, string> Unreadable => new()
    {
        { "", ProblemCodes.EmptyFile },
        { "\n\n\n", ProblemCodes.EmptyFile },
        { "\uFEFF", ProblemCodes.EmptyFile },
        { "a,b,c\n", ProblemCodes.NoRows },
        { "PK\u0003\u0004rest", ProblemCodes.NotText },
        { "SQLite format 3\0", ProblemCodes.NotText },
        { "a\0b\0\u0001c", ProblemCodes.NotText },
        { "a,b\n1,2\n3,\"4\n5,6\n7,8\n", ProblemCodes.UnclosedQuote },
        { "a,b\n1,2\n3,4,5\n", ProblemCodes.RaggedRow },
        { "a,b\n1,2\n3\n", ProblemCodes.RaggedRow },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void UnreadableTextsAreRefused(string text, string code)
    {
        DataException e = ReadText.Fails(text);
        Assert.Contains(code, e.Problems.Select(p => p.Code));
        Assert.Equal(Severity.Error, e.Problems[0].Severity);
    }

    [Fact]
    public void LongUnclosedQuoteIsRefusedWithoutReadingItAll()
    {
        string text = "a,b\n1,\"2\n" + new string('x', 40 << 20);
        DataException e = Assert.Throws<DataException>(() => ReadText.Read(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(ProblemCodes.RecordTooLong, e.Problems.Select(p => p.Code));
    }

    [Fact]
    public void MissingFileAndFolder()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(ProblemCodes.CannotOpen, Assert.Throws<DataException>(() => TableReader.Read(folder.File("none.csv"))).Problems[0].Code);
        DataException e = Assert.Throws<DataException>(() => TableReader.Read(folder.Path));
        Assert.Equal(ProblemCodes.CannotOpen, e.Problems[0].Code);
        Assert.DoesNotContain(Path.GetDirectoryName(folder.Path)!, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StrayQuotesAreKeptWithAWarning()
    {
        TableReadResult read = ReadText.Read("size,n\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $"5\" pipe,{i}\n")));
        Assert.Equal("5\" pipe", read.Schema["size"].Categories[0]);
        Assert.Contains(ProblemCodes.StrayQuote, read.Codes());
    }

    [Fact]
    public void WarningsOnTheTable()
    {
        TableReadResult read = ReadText.Read("a,b,target\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"{i},,1\n")), new TableReadOptions { Target = "target" });
        Assert.Contains(ProblemCodes.FewRows, read.Codes());
        Assert.Contains(ProblemCodes.AllMissing, read.Codes("b"));
        Assert.Contains(ProblemCodes.OneClass, read.Codes("target"));
        Assert.Equal((ColumnKind.Text, 5), (read.Schema["b"].Kind, read.Table["b"].MissingCount));
        Assert.All(SchemaCheck.ForTraining(read.Table).Where(p => p.Code is ProblemCodes.FewRows or ProblemCodes.OneClass), p => Assert.Equal(Severity.Error, p.Severity));
        Assert.Equal(2, SchemaCheck.ForTraining(read.Table).Count(p => p.Severity == Severity.Error));
    }

    [Fact]
    public void AllProblemsOfAWorthlessTable()
    {
        Table empty = new([new TextColumn(new ColumnSchema { Name = "a", Kind = ColumnKind.Text }, [])]);
        Assert.Equal([ProblemCodes.NoRows, ProblemCodes.AllMissing], SchemaCheck.ForTraining(empty).Select(p => p.Code));
    }

    [Fact]
    public void CheckOfATableUnderASchema()
    {
        Table table = ReadText.Read(Header + Good(25), Strict()).Table;
        Assert.Empty(SchemaCheck.Check(table, Patients));
        Schema other = Patients.WithColumns(Patients.Columns.Select(c => c.Name switch
        {
            "age" => c with { Bounds = new Bounds(0, 42) },
            "weight" => c with { Kind = ColumnKind.Integer, Decimals = 0 },
            "smoker" => c with { Categories = ["no", "Yes"] },
            _ => new ColumnSchema { Name = c.Name, Kind = ColumnKind.Text },
        }));
        ILookup<string, DataProblem> found = SchemaCheck.Check(table, other).ToLookup(p => p.Column!);
        Assert.Equal([ProblemCodes.OutOfBounds, ProblemCodes.OutOfBounds], found["age"].Select(p => p.Code));
        Assert.Equal([24L, 25L], found["age"].Select(p => p.Line!.Value));
        Assert.All(found["weight"], p => Assert.Equal(ProblemCodes.NotWhole, p.Code));
        Assert.All(found["smoker"], p => Assert.Equal(ProblemCodes.UnknownLevel, p.Code));
        Assert.Equal(ProblemCodes.OtherKind, Assert.Single(found["seen"]).Code);
    }

    [Fact]
    public void CheckOfAFileUnderASchema()
    {
        using TemporaryFolder folder = new();
        Assert.Empty(SchemaCheck.Check(folder.Write("good.csv", Header + Good(25)), Patients));
        IReadOnlyList<DataProblem> bad = SchemaCheck.Check(folder.Write("bad.csv", Header + Good(25) + "x,y,z,1\n"), Patients);
        Assert.Equal(4, bad.Count(p => p.Severity == Severity.Error));
    }
}
