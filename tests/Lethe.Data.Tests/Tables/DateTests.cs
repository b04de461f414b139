using System.Globalization;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Tests.Tables;

public sealed class DateTests
{
    private static readonly DateTime Start = new(2019, 12, 3, 0, 0, 0, DateTimeKind.Utc);

    private static TableReadResult Read(string format, double hours = 24 * 17, int rows = 40) => ReadText.Read(ReadText.Column(
        [.. Enumerable.Range(0, rows).Select(i => Start.AddHours(i * hours).ToString(format, CultureInfo.InvariantCulture))]));

    [Theory]
    [InlineData("yyyy-MM-dd")]
    [InlineData("yyyy/MM/dd")]
    [InlineData("yyyy.MM.dd")]
    [InlineData("yyyyMMdd")]
    [InlineData("dd/MM/yyyy")]
    [InlineData("MM/dd/yyyy")]
    [InlineData("dd.MM.yyyy")]
    [InlineData("dd-MM-yyyy")]
    [InlineData("d.M.yyyy")]
    [InlineData("M/d/yyyy")]
    [InlineData("dd MMM yyyy")]
    [InlineData("dd-MMM-yyyy")]
    [InlineData("ddMMMyyyy")]
    [InlineData("d MMMM yyyy")]
    [InlineData("MMM d, yyyy")]
    [InlineData("dd.MM.yy")]
    [InlineData("yyyy-MM-dd HH:mm:ss")]
    [InlineData("yyyy-MM-ddTHH:mm:ss")]
    [InlineData("yyyy-MM-dd HH:mm")]
    [InlineData("dd/MM/yyyy HH:mm")]
    [InlineData("MM/dd/yyyy h:mm:ss tt")]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ")]
    [InlineData("yyyy-MM-ddTHH:mm:ss.fffZ")]
    public void FormatsAreFound(string format)
    {
        bool time = format.Contains('H', StringComparison.OrdinalIgnoreCase);
        double hours = time ? 401.25 : 408;
        TableReadResult read = Read(format.Replace("Z", "'Z'"), hours);
        Assert.Equal(ColumnKind.DateTime, read.Schema["x"].Kind);
        for (int i = 0; i < 40; i++)
            Assert.Equal(Start.AddHours(i * hours).ToString(time ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-dd", CultureInfo.InvariantCulture), read.Cells("x")[i]);
        Assert.DoesNotContain(ProblemCodes.DayMonthAmbiguous, read.Codes());
        Assert.DoesNotContain(ProblemCodes.SeveralDateFormats, read.Codes());
    }

    [Fact]
    public void WhatIsWrittenIsReadUnderTheSameSchema()
    {
        TableReadResult read = Read("dd/MM/yyyy HH:mm", 401.25);
        using TemporaryFolder folder = new();
        Data.Tables.TableWriter.Write(folder.File("a.csv"), read.Table);
        TableAssert.Equal(read.Table, CsvTableReader.Read(folder.File("a.csv"), new TableReadOptions { Schema = read.Schema }).Table);
    }

    [Fact]
    public void DayAndMonthThatCannotBeToldApartAreFlagged()
    {
        TableReadResult read = ReadText.Read(ReadText.Column([.. Enumerable.Range(0, 40).Select(i => $"0{1 + (i % 9)}/0{1 + (i % 8)}/20{10 + i % 10}")]));
        Assert.Equal("dd/MM/yyyy", read.Schema["x"].DateFormat);
        Assert.Contains(ProblemCodes.DayMonthAmbiguous, read.Codes("x"));
    }

    [Fact]
    public void ThreeFormatsInOneColumn()
    {
        string[] formats = ["yyyy-MM-dd", "dd.MM.yyyy", "MM/dd/yyyy"];
        TableReadResult read = ReadText.Read(ReadText.Column([.. Enumerable.Range(0, 60).Select(i => Start.AddDays(17 * i).ToString(formats[i % 3], CultureInfo.InvariantCulture))]));
        Assert.Contains(ProblemCodes.SeveralDateFormats, read.Codes("x"));
        for (int i = 0; i < 60; i++)
            Assert.Equal(Start.AddDays(17 * i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), read.Cells("x")[i]);
    }

    [Fact]
    public void OffsetsBecomeUtc()
    {
        TableReadResult read = ReadText.Read(ReadText.Column([.. Enumerable.Range(0, 40).Select(i => $"2020-01-{1 + (i % 28):00}T01:30:00+02:00")]));
        Assert.Equal("2019-12-31T23:30:00", read.Cells("x")[0]);
    }

    [Fact]
    public void SpreadsheetSerialsAreProposedAndReadWhenTheSchemaSaysSo()
    {
        string text = ReadText.Column([.. Enumerable.Range(0, 40).Select(i => $"{43831 + i}")]).Replace("k,x", "k,visit_date");
        TableReadResult read = ReadText.Read(text);
        Assert.Contains(ProblemCodes.ExcelSerial, read.Codes("visit_date"));
        Schema schema = read.Schema.WithColumns(read.Schema.Columns.Select(c => c.Name == "visit_date" ? new ColumnSchema { Name = c.Name, Kind = ColumnKind.DateTime, DateFormat = "excel" } : c));
        Assert.Equal("2020-01-01", ReadText.Read(text, new TableReadOptions { Schema = schema }).Cells("visit_date")[0]);
    }

    [Fact]
    public void ImpossibleDatesAreNamed()
    {
        TableReadResult read = Read("yyyy-MM-dd");
        DataException e = ReadText.Fails(ReadText.Column("2019-02-29", "2020-02-29", "2019-13-01", "0000-00-00"), new TableReadOptions { Schema = read.Schema, HasHeader = true });
        Assert.Equal([2L, 4L, 5L], e.Problems.Where(p => p.Code == ProblemCodes.NotDate).Select(p => p.Line!.Value));
    }
}
