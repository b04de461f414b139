using System.Globalization;
using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Tests.Tables;

/// <summary>Random files in random dialects whose content is known: detection and inference must recover it.</summary>
public sealed class ReaderFuzzTests
{
    private static readonly string[] Tokens = ["?", "NA", "NULL", "", "NaN"];

    private sealed record Known(string Name, ColumnKind Kind, string Format, string?[] Cells, double[]? Values, string[]? Levels);

    [Theory]
    [MemberData(nameof(Cases))]
    public void RandomFilesAreUnderstood(int number)
    {
        RandomStream random = new Seed(20_240_601).Stream("file", number);
        char separator = ",;\t|"[random.NextInt(4)];
        bool decimalComma = separator != ',' && random.NextBool();
        int rows = 60 + random.NextInt(300);
        Known[] columns = [.. Enumerable.Range(0, 3 + random.NextInt(8)).Select(i => Column(random, $"v{i}", rows, decimalComma))];
        if (decimalComma && !columns.Any(c => c.Kind == ColumnKind.Continuous))
            columns[0] = Continuous(random, "v0", rows, ',', 2);
        Encoding encoding = random.NextInt(4) switch { 0 => new UTF8Encoding(true), 1 => Encoding.Unicode, 2 => EncodingDetector.Windows1252, _ => new UTF8Encoding(false) };
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Text(random, columns, rows, separator))];

        TableReadResult read = ReadText.Read(bytes);
        string what = $"file {number}: {string.Join("; ", read.Report.Dialect!.Findings.Select(f => $"{f.Aspect} {f.Value}"))}; {string.Join("; ", read.Report.Problems)}";
        Assert.True(separator == read.Report.Dialect.Separator, what);
        Assert.True(read.Report.Dialect.HasHeader, what);
        Assert.True(rows == read.Table.RowCount, what);
        Assert.True(read.Report.Problems.All(p => p.Severity != Severity.Error), what);
        foreach (Known known in columns)
            Same(known, read.Table[known.Name], what);
    }

    public static IEnumerable<TheoryDataRow<int>> Cases => Enumerable.Range(0, 80).Select(i => new TheoryDataRow<int>(i));

    private static void Same(Known known, Column column, string what)
    {
        Assert.True(known.Kind == column.Schema.Kind, $"{known.Name} is {column.Schema.Kind}, not {known.Kind} ({known.Format}). {what}");
        for (int row = 0; row < known.Cells.Length; row++)
        {
            bool same = known.Cells[row] is null ? column.IsMissing(row)
                : known.Values is not null ? ((NumericColumn)column)[row] == known.Values[row]
                : column.Format(row) == known.Cells[row];
            Assert.True(same, $"{known.Name} row {row} is '{column.Format(row)}', not '{known.Cells[row]}'. {what}");
        }

        if (known.Levels is not null)
            Assert.Equal(known.Levels.Order(StringComparer.Ordinal), column.Schema.Categories.Order(StringComparer.Ordinal));
    }

    private static Known Column(RandomStream random, string name, int rows, bool decimalComma) => random.NextInt(6) switch
    {
        0 => Continuous(random, name, rows, decimalComma ? ',' : '.', 1 + random.NextInt(4)),
        1 => Numeric(random, name, rows, ColumnKind.Integer, "0", '.', () => (random.NextInt(400) * (1 + random.NextInt(3))) - 50),
        2 => Dates(random, name, rows),
        3 => Levels(random, name, rows, ColumnKind.Boolean, random.NextBool() ? ["no", "yes"] : ["0", "1"]),
        4 => Levels(random, name, rows, ColumnKind.Ordinal, [.. Enumerable.Range(2, 2 + random.NextInt(8)).Select(i => $"{i}")]),
        _ => Levels(random, name, rows, ColumnKind.Categorical, [.. Enumerable.Range(0, 3 + random.NextInt(20)).Select(i => Label(random, i))]),
    };

    private static string Label(RandomStream random, int i) => random.NextInt(6) switch
    {
        0 => $"level {i}, or so",
        1 => $"\"{i}\" said she",
        2 => $"größer als {i}",
        3 => $"line {i}\nline b",
        4 => $"a;b|c {i}",
        _ => $"L{i}",
    };

    private static Known Continuous(RandomStream random, string name, int rows, char mark, int decimals) =>
        Numeric(random, name, rows, ColumnKind.Continuous, "F" + decimals, mark, () => Math.Round(random.NextGaussian() * 40, decimals));

    private static Known Numeric(RandomStream random, string name, int rows, ColumnKind kind, string format, char mark, Func<double> draw)
    {
        double[] values = new double[rows];
        string?[] cells = new string?[rows];
        for (int i = 0; i < rows; i++)
        {
            values[i] = draw() + 0.0;
            cells[i] = random.NextBool(0.1) ? null : values[i].ToString(format, CultureInfo.InvariantCulture).Replace('.', mark);
        }

        return new Known(name, kind, format, cells, values, null);
    }

    private static Known Dates(RandomStream random, string name, int rows)
    {
        string format = new[] { "yyyy-MM-dd", "dd.MM.yyyy", "dd/MM/yyyy HH:mm", "yyyy-MM-ddTHH:mm:ss", "MM/dd/yyyy" }[random.NextInt(5)];
        double[] days = new double[rows];
        string?[] cells = new string?[rows];
        for (int i = 0; i < rows; i++)
        {
            DateTime time = DateTime.UnixEpoch.AddDays(random.NextInt(20_000)).AddMinutes(format.Contains('H') ? random.NextInt(1440) : 0);
            days[i] = (time - DateTime.UnixEpoch).TotalDays;
            cells[i] = random.NextBool(0.1) ? null : time.ToString(format, CultureInfo.InvariantCulture);
        }

        return new Known(name, ColumnKind.DateTime, format, cells, days, null);
    }

    private static Known Levels(RandomStream random, string name, int rows, ColumnKind kind, string[] levels)
    {
        string?[] cells = new string?[rows];
        for (int i = 0; i < rows; i++)
            cells[i] = i < levels.Length ? levels[i] : random.NextBool(0.1) ? null : levels[random.NextInt(levels.Length)];
        return new Known(name, kind, "", cells, null, levels);
    }

    private static string Text(RandomStream random, Known[] columns, int rows, char separator)
    {
        string end = random.NextBool() ? "\n" : "\r\n";
        StringBuilder text = new();
        text.AppendJoin(separator, columns.Select(c => c.Name)).Append(end);
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                string cell = columns[i].Cells[row] ?? Tokens[random.NextInt(Tokens.Length)];
                bool quote = cell.AsSpan().ContainsAny("\"\r\n") || cell.Contains(separator) || random.NextBool(0.02);
                text.Append(i == 0 ? "" : separator.ToString()).Append(quote ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell);
            }

            text.Append(row + 1 < rows || random.NextBool() ? end : "");
        }

        return text.ToString();
    }
}
