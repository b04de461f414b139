using System.IO.Compression;
using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Tests.Tables;

public sealed class DialectTests
{
    private static string Rows(string separator, string decimalMark = ".") =>
        string.Join(separator, "name", "age", "weight") + "\n"
        + string.Concat(Enumerable.Range(0, 30).Select(i => string.Join(separator, $"p{i % 4}", $"{20 + i}", $"{50 + i}{decimalMark}{i % 10}") + "\n"));

    [Theory]
    [InlineData(",", ".")]
    [InlineData(";", ".")]
    [InlineData(";", ",")]
    [InlineData("\t", ".")]
    [InlineData("\t", ",")]
    [InlineData("|", ".")]
    [InlineData("|", ",")]
    public void SeparatorAndDecimalMarkAreFound(string separator, string decimalMark)
    {
        TableReadResult read = ReadText.Read(Rows(separator, decimalMark));
        Assert.Equal(separator[0], read.Report.Dialect!.Separator);
        Assert.Equal(decimalMark[0], read.Report.Dialect.Numbers.DecimalMark);
        Assert.True(read.Report.Dialect.HasHeader);
        Assert.Equal((30, 3), (read.Table.RowCount, read.Table.Columns.Count));
        Assert.Equal((ColumnKind.Continuous, 1), (read.Schema["weight"].Kind, read.Schema["weight"].Decimals));
        Assert.Equal("51.1", read.Cells("weight")[1]);
    }

    [Fact]
    public void FindingsSayWhatWhyAndWhereButNoValue()
    {
        Dialect dialect = ReadText.Read(Rows(";", ",")).Report.Dialect!;
        DialectFinding numbers = dialect.Findings.Single(f => f.Aspect == "numbers");
        Assert.Equal("decimal comma, no thousands mark", numbers.Value);
        Assert.Equal(["line 2, field 3", "line 3, field 3", "line 4, field 3"], numbers.Positions);
        Assert.All(["encoding", "separator", "header", "numbers"], a => Assert.Single(dialect.Findings, f => f.Aspect == a && f.Why.Length > 10));
        Assert.DoesNotContain(dialect.Findings, f => f.Positions.Any(p => p.Contains("50,0", StringComparison.Ordinal)));
    }

    public static TheoryData<string> EncodingNames => new("utf-8", "utf-8-bom", "utf-16", "utf-16BE", "utf-16-nobom", "utf-32", "windows-1252");

    [Theory]
    [MemberData(nameof(EncodingNames))]
    public void EncodingsAreFound(string name)
    {
        Encoding encoding = name switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8-bom" => new UTF8Encoding(true),
            "utf-16-nobom" => new UnicodeEncoding(false, false),
            "windows-1252" => EncodingDetector.Windows1252,
            _ => Encoding.GetEncoding(name),
        };
        string text = "größe,temp\n" + string.Concat(Enumerable.Range(0, 25).Select(i => $"café{i % 2} €,{36 + i % 12}.5 °C\n"));
        TableReadResult read = ReadText.Read(text, encoding: encoding);
        Assert.Equal(["größe", "temp"], read.Schema.Columns.Select(c => c.Name));
        Assert.Equal(["café0 €", "café1 €"], read.Schema["größe"].Categories);
        Assert.Equal("Cel", read.Schema["temp"].Unit);
        Assert.Equal(name == "windows-1252", read.Codes().Contains(ProblemCodes.EncodingGuessed));
    }

    [Fact]
    public void Windows1252FarBehindTheSampleIsStillFound()
    {
        StringBuilder text = new("a,b\n");
        for (int i = 0; i < 60_000; i++)
            text.Append("plain,").Append(i % 20).Append('\n');
        text.Append("Müller,5\n");
        TableReadResult read = ReadText.Read(text.ToString(), encoding: EncodingDetector.Windows1252);
        Assert.Equal(["plain", "Müller"], read.Schema["a"].Categories);
        Assert.Contains("line 60002", read.Report.Dialect!.Findings.Single(f => f.Aspect == "encoding").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void NamedEncodingIsNotGuessedOver()
    {
        byte[] bytes = EncodingDetector.Windows1252.GetBytes("a,b\nMüller,5\n");
        DataException e = Assert.Throws<DataException>(() => ReadText.Read(bytes, new TableReadOptions { Encoding = Encoding.UTF8 }));
        Assert.Equal((ProblemCodes.WrongEncoding, 2L), (e.Problems[0].Code, e.Problems[0].Line));
    }

    [Fact]
    public void GzipIsTakenByItsContent()
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Rows(",")));
        Assert.Equal(30, ReadText.Read(stream.ToArray()).Table.RowCount);
        byte[] cut = stream.ToArray()[..^40];
        DataException e = Assert.Throws<DataException>(() => ReadText.Read(cut));
        Assert.Equal(ProblemCodes.DamagedGzip, e.Problems[0].Code);
    }

    [Fact]
    public void QuotesDoubledAndLineBreaksWithin()
    {
        string text = "id,note,x\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $"{i % 5},\"said \"\"no, {i % 2}\"\"\nand left\",{i}\n"));
        TableReadResult read = ReadText.Read(text);
        Assert.Equal(22, read.Table.RowCount);
        Assert.Equal(["said \"no, 0\"\nand left", "said \"no, 1\"\nand left"], read.Schema["note"].Categories);
    }

    [Fact]
    public void QuotesEscapedByBackslashes()
    {
        string text = "note,x\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $"\"said \\\"no, {i % 2}\\\" c:\\\\x\",{i}\n"));
        TableReadResult read = ReadText.Read(text);
        Assert.True(read.Report.Dialect!.BackslashEscapes);
        Assert.Equal(["said \"no, 0\" c:\\x", "said \"no, 1\" c:\\x"], read.Schema["note"].Categories);
    }

    [Fact]
    public void SingleQuotes()
    {
        string text = "label2,x\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $"'A, {i % 2}',{i}\n"));
        TableReadResult read = ReadText.Read(text);
        Assert.Equal('\'', read.Report.Dialect!.Quote);
        Assert.Equal(["A, 0", "A, 1"], read.Schema["label2"].Categories);
    }

    [Fact]
    public void SpreadsheetHintNamesTheSeparator()
    {
        TableReadResult read = ReadText.Read("sep=|\nname|x\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $"a;b{i % 2}|{i}\n")));
        Assert.Equal('|', read.Report.Dialect!.Separator);
        Assert.Equal(["name", "x"], read.Schema.Columns.Select(c => c.Name));
        Assert.Equal(22, read.Table.RowCount);
    }

    [Theory]
    [InlineData("1,234.5", "1234.5")]
    [InlineData("12,345", "12345")]
    public void ThousandsInQuotes(string cell, string value)
    {
        string text = "name,x\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $"a{i % 2},\"{cell}\"\nb,\"{i + 1},000\"\n"));
        TableReadResult read = ReadText.Read(text);
        Assert.Equal(',', read.Report.Dialect!.Numbers.ThousandsMark);
        Assert.Equal(value, read.Cells("x")[0]!);
    }

    [Fact]
    public void GermanThousandsAndDecimals()
    {
        string text = "name;x\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $"a{i % 2};{i + 1}.234,5\n"));
        TableReadResult read = ReadText.Read(text);
        Assert.Equal(new NumberFormat(',', '.'), read.Report.Dialect!.Numbers);
        Assert.Equal("22234.5", read.Cells("x")[^1]);
    }

    [Fact]
    public void CommaBeforeThreeDigitsOnlyIsCalledDoubtful()
    {
        string text = "name;x\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $"a{i % 2};{i + 1},234\n"));
        TableReadResult read = ReadText.Read(text);
        Assert.Equal("1.234", read.Cells("x")[0]);
        Assert.Contains(ProblemCodes.NumberFormatDoubtful, read.Codes());
        TableReadResult named = ReadText.Read(text, new TableReadOptions { Numbers = new NumberFormat('.', ',') });
        Assert.Equal("1234", named.Cells("x")[0]);
        Assert.DoesNotContain(ProblemCodes.NumberFormatDoubtful, named.Codes());
    }

    public static TheoryData<string, bool> Headers => new()
    {
        { "age,sex\n63,m\n64,f\n", true },
        { "63,m\n64,f\n65,f\n", false },
        { "63.0,1.0,?\n67.0,0.0,2.0\n", false },
        { "patient,2019,2020\na,1,2\nb,3,4\n", false },
        { ",age\nrow1,5\nrow2,6\n", true },
        { "when,x\n2020-01-01,1\n2020-01-02,2\n", true },
        { "2020-01-01,a\n2020-01-02,b\n", false },
        { "colour,size\nred,big\nred,small\nblue,big\n", true },
        { "red,big\nred,small\nblue,big\nred,big\n", false },
        { "age\n", true },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void HeadersAreToldFromData(string text, bool header)
    {
        SampleRow[] rows = [.. text.TrimEnd('\n').Split('\n').Select((l, i) => new SampleRow(i + 1, l.Split(',')))];
        Assert.Equal(header, HeaderDetector.Detect(rows, null).Yes);
    }

    [Fact]
    public void ExpectedNamesSettleTheHeader()
    {
        SampleRow[] rows = [new(1, ["2019", "x"]), new(2, ["5", "6"])];
        Assert.True(HeaderDetector.Detect(rows, ["2019", "x"]).Yes);
    }

    [Fact]
    public void FileWithoutHeaderIsNumberedWithAWarning()
    {
        TableReadResult read = ReadText.Read(string.Concat(Enumerable.Range(0, 22).Select(i => $"{i},{i * i},a{i % 3}\n")));
        Assert.Equal(["c1", "c2", "c3"], read.Schema.Columns.Select(c => c.Name));
        Assert.Equal(22, read.Table.RowCount);
        Assert.Contains(ProblemCodes.NoHeader, read.Codes());
    }

    [Fact]
    public void TrailingSeparatorsAddNoColumn()
    {
        string rows = string.Concat(Enumerable.Range(0, 22).Select(i => $"{i},{i * i},\n"));
        Assert.Equal(["a", "b"], ReadText.Read("a,b,\n" + rows).Schema.Columns.Select(c => c.Name));
        TableReadResult shortHeader = ReadText.Read("a,b\n" + rows);
        Assert.Equal(["a", "b"], shortHeader.Schema.Columns.Select(c => c.Name));
        Assert.Equal(22, shortHeader.Table.RowCount);
        Assert.Contains(ProblemCodes.TrailingSeparators, shortHeader.Codes());
        Assert.Equal(2, ReadText.Read(rows).Table.Columns.Count);
    }

    [Fact]
    public void DuplicateAndEmptyHeadersAreRenamedWithWarnings()
    {
        TableReadResult read = ReadText.Read("age,,age,age_2,\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $"{i},{i * 2},{i * 3},{i * 4},{i * 5}\n")));
        Assert.Equal(["age", "c2", "age_2", "age_2_2", "c5"], read.Schema.Columns.Select(c => c.Name));
        Assert.Contains(ProblemCodes.DuplicateHeader, read.Codes());
        Assert.Contains(ProblemCodes.EmptyHeader, read.Codes());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void LineEnds(string end)
    {
        TableReadResult read = ReadText.Read(string.Join(end, Enumerable.Range(0, 25).Select(i => $"{i},x{i % 2}").Prepend("n,t")));
        Assert.Equal(25, read.Table.RowCount);
        Assert.Equal(["x0", "x1"], read.Schema["t"].Categories);
    }

    [Fact]
    public void BlankLinesAreCounted()
    {
        TableReadResult read = ReadText.Read("a,b\n\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $"{i},{i * i}\n\n")) + "   \n");
        Assert.Equal((22, 24L), (read.Table.RowCount, read.Report.BlankLines));
    }

    [Fact]
    public void BlanksAroundCellsAreNoPartOfThemUnlessQuoted()
    {
        TableReadResult read = ReadText.Read("a , b\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $" yes ,  {i}\n\tno,{i}\n")));
        Assert.Equal(["a", "b"], read.Schema.Columns.Select(c => c.Name));
        Assert.Equal((ColumnKind.Boolean, "no,yes"), (read.Schema["a"].Kind, string.Join(',', read.Schema["a"].Categories)));
        Assert.Equal(["x ", "y"], ReadText.Read("a,b\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $"\"x \",{i}\ny,{i}\n"))).Schema["a"].Categories);
    }

    [Fact]
    public void LevelsFullOfSemicolonsDoNotMakeSemicolonsTheSeparator()
    {
        TableReadResult read = ReadText.Read("codes,n\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"I10;E11;J{i % 3},{i}\n")));
        Assert.Equal(',', read.Report.Dialect!.Separator);
        Assert.Equal(["I10;E11;J0", "I10;E11;J1", "I10;E11;J2"], read.Schema["codes"].Categories);
    }

    [Fact]
    public void UnderASchemaOnlyItsNumbersDecideTheDecimalMark()
    {
        Schema schema = new(
        [
            new ColumnSchema { Name = "dose", Kind = ColumnKind.Categorical, Categories = ["0,5", "1,5"] },
            new ColumnSchema { Name = "grade", Kind = ColumnKind.Categorical, Categories = ["1,25", "2,75"] },
            new ColumnSchema { Name = "x", Kind = ColumnKind.Continuous, Decimals = 1 },
        ]);
        TableReadResult read = ReadText.Read("dose,grade,x\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"\"{i % 2},5\",\"{1 + (i % 2)},{25 + (50 * (i % 2))}\",{i}.5\n")), new TableReadOptions { Schema = schema });
        Assert.Equal(NumberFormat.Invariant, read.Report.Dialect!.Numbers);
        Assert.Equal("1,25", read.Cells("grade")[0]);
    }

    [Fact]
    public void BackslashedQuotesInUtf16()
    {
        string text = "note,x\n" + string.Concat(Enumerable.Range(0, 22).Select(i => $"\"größer \\\"als, {i % 2}\\\"\",{i}\n"));
        Assert.Equal(["größer \"als, 0\"", "größer \"als, 1\""], ReadText.Read(text, encoding: Encoding.Unicode).Schema["note"].Categories);
    }

    [Fact]
    public void SeveralGzipMembersAreOneText()
    {
        using MemoryStream stream = new();
        foreach (string part in (string[])["a,b\n1,2\n", string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},{i * i}\n"))])
        {
            using GZipStream gzip = new(stream, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(Encoding.UTF8.GetBytes(part));
        }

        Assert.Equal(31, ReadText.Read(stream.ToArray()).Table.RowCount);
    }

    [Fact]
    public void GivenDialectIsNotDetectedOver()
    {
        TableReadResult read = ReadText.Read("1;2,5\n3;4,5\n", new TableReadOptions { Separator = ',', HasHeader = false, Numbers = NumberFormat.Invariant, ColumnNames = ["a", "b"] });
        Assert.Equal("1;2 3;4", string.Join(" ", read.Cells("a")));
        Assert.All(read.Report.Dialect!.Findings.Where(f => f.Aspect is "separator" or "header" or "numbers"), f => Assert.Equal("given by the caller", f.Why));
    }
}
