using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Tests.Tables;

/// <summary>Reading of texts written in tests.</summary>
internal static class ReadText
{
    public static TableReadResult Read(string text, TableReadOptions? options = null, Encoding? encoding = null) =>
        Read((encoding ?? new UTF8Encoding(false)).GetPreamble().Concat((encoding ?? new UTF8Encoding(false)).GetBytes(text)).ToArray(), options);

    public static TableReadResult Read(byte[] bytes, TableReadOptions? options = null)
    {
        using MemoryStream stream = new(bytes);
        return CsvTableReader.Read(stream, "test.csv", options);
    }

    public static DataException Fails(string text, TableReadOptions? options = null) => Assert.Throws<DataException>(() => Read(text, options));

    /// <summary>Cells of a column as they are written; null where missing.</summary>
    public static string?[] Cells(this TableReadResult read, string column)
    {
        Column c = read.Table[column];
        return [.. Enumerable.Range(0, c.Count).Select(c.Format)];
    }

    public static IReadOnlyList<string> Codes(this TableReadResult read, string? column = null) =>
        [.. read.Report.Problems.Where(p => column is null || p.Column == column).Select(p => p.Code).Distinct()];

    /// <summary>A table of one column x with these cells, behind a column of row numbers that keeps blank lines from being rows.</summary>
    public static string Column(params string[] cells) => "k,x\n" + string.Concat(cells.Select((c, i) => $"v{i % 3},{Quote(c)}\n"));

    public static string Quote(string cell) => cell.AsSpan().ContainsAny(",\"\n\r") ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
}
