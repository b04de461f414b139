using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Reading;

/// <summary>
/// Finds out how a file is written from its first 256 KiB: encoding, separator, quotes, header, numbers. A separator is
/// good when rows have the same number of fields and no field looks as if it held several (the consistency and type
/// scores of van den Burg, Nazábal and Sutton, 2019, "Wrangling messy CSV files", reduced to the cases of this field).
/// </summary>
internal sealed class DialectDetector(TextSource source, TableReadOptions options, ProblemLog log)
{
    private const int SampleBytes = 256 << 10;
    private static readonly char[] Separators = [',', ';', '\t', '|'];
    private readonly List<DialectFinding> _findings = [];

    /// <summary>Everything the reader needs to know; <paramref name="encoding"/> overrules detection (a second try).</summary>
    /// <exception cref="DataException">The file is empty or no text.</exception>
    public (Dialect Dialect, CsvLayout Layout, Encoding Encoding, IReadOnlyList<SampleRow> Rows) Detect(Encoding? encoding, string? whyEncoding = null)
    {
        (byte[] bytes, bool whole) = source.Sample(SampleBytes);
        if (bytes.Length == 0)
            throw ReadThrow.Empty(source.Name);
        (Encoding found, string why) = (encoding ?? options.Encoding) is Encoding given
            ? (given, whyEncoding ?? "given by the caller")
            : EncodingDetector.Detect(bytes, whole) ?? throw ReadThrow.NotText(source.Name, "a binary file");
        encoding = found;
        Found("encoding", encoding.WebName, why);
        if (encoding.CodePage == 1252 && options.Encoding is null)
        {
            log.Add(new DataProblem
            {
                Code = ProblemCodes.EncodingGuessed,
                Severity = Severity.Warning,
                Message = "the text is not valid UTF-8 and was read as Windows-1252",
                Remedy = "If letters with accents or the degree sign look wrong, name the encoding",
            });
        }

        byte[] utf8 = WholeLines(Encoding.UTF8.GetBytes(encoding.GetString(bytes).TrimStart('\uFEFF')), whole);
        CsvLayout layout = Layout(utf8);
        List<SampleRow> rows = Rows(utf8, layout, whole);
        if (rows.Count == 0)
            throw ReadThrow.Empty(source.Name);
        bool hasHeader = Header(rows);
        NumberFormat numbers = Numbers(rows, hasHeader, layout.Separator);
        Dialect dialect = new()
        {
            Separator = layout.Separator,
            Quote = layout.Quote,
            BackslashEscapes = layout.BackslashEscapes,
            HasHeader = hasHeader,
            Numbers = numbers,
            Encoding = encoding.WebName,
            Findings = _findings,
        };
        return (dialect, layout, encoding, rows);
    }

    private CsvLayout Layout(byte[] utf8)
    {
        CsvLayout layout = new(options.Separator ?? ',', options.Quote ?? '"');
        if (options.Separator is null && utf8.AsSpan().StartsWith("sep="u8) && utf8.Length > 5 && utf8[5] is (byte)'\r' or (byte)'\n')
        {
            layout = layout with { Separator = (char)utf8[4], SkipFirstLine = true };
            Found("separator", Name(layout.Separator), "the first line says so (sep=)", "line 1");
        }
        else if (options.Separator is null)
        {
            layout = layout with { Separator = BestSeparator(utf8, layout) };
        }
        else
        {
            Found("separator", Name(layout.Separator), "given by the caller");
        }

        if (options.Quote is null && SingleQuoted(utf8, layout) is string where)
        {
            layout = layout with { Quote = '\'' };
            Found("quote", "'", "fields are wrapped in single quotes and none in double quotes", where);
        }

        if (utf8.AsSpan().IndexOf([(byte)'\\', (byte)layout.Quote]) >= 0)
        {
            CsvLayout escaped = layout with { BackslashEscapes = true };
            if (Faults(utf8, escaped) < Faults(utf8, layout))
            {
                layout = escaped;
                Found("quotes inside fields", "\\" + layout.Quote, "rows fit together when a backslash escapes the quote and not otherwise");
            }
        }

        return layout;
    }

    private char BestSeparator(byte[] utf8, CsvLayout layout)
    {
        IReadOnlyList<string>? expected = options.Schema?.Columns.Select(c => c.Name).ToArray() ?? options.ColumnNames;
        foreach (char separator in Separators)
        {
            if (expected is { Count: > 1 } && Rows(utf8, layout with { Separator = separator }, whole: true) is [var first, ..] && expected.All(n => first.Cells.Contains(n)))
            {
                Found("separator", Name(separator), "it divides the header into the expected names", $"line {first.Line}");
                return separator;
            }
        }

        (char Separator, double Score, int Width, IReadOnlyList<long> Lines)[] tried = [.. Separators.Select(s => Score(utf8, layout with { Separator = s }))];
        var ranked = tried.Where(t => t.Width > 1).OrderByDescending(t => Math.Round(t.Score, 3)).ThenByDescending(t => t.Width).ToArray();
        if (ranked.Length == 0)
        {
            Found("separator", "none", "no comma, semicolon, tab or bar divides the rows: one column");
            return ',';
        }

        Found("separator", Name(ranked[0].Separator), $"it gives {ranked[0].Width} fields in nearly every row", [.. ranked[0].Lines.Select(l => $"line {l}")]);
        if (ranked[0].Score < 0.75)
        {
            log.Add(new DataProblem
            {
                Code = ProblemCodes.SeparatorDoubtful,
                Severity = Severity.Warning,
                Message = $"the separator was taken to be {Name(ranked[0].Separator)}, but the rows do not fit together well",
                Remedy = "Name the separator if this is wrong",
            });
        }

        return ranked[0].Separator;
    }

    /// <summary>Share of rows with the most common width, times the share of cells that hold one thing only.</summary>
    private static (char Separator, double Score, int Width, IReadOnlyList<long> Lines) Score(byte[] utf8, CsvLayout layout)
    {
        List<SampleRow> rows = Rows(utf8, layout, whole: true);
        if (rows.Count == 0)
            return (layout.Separator, 0, 0, []);
        IGrouping<int, SampleRow> common = rows.GroupBy(r => r.Cells.Length).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First();
        long clean = 0, cells = 0;
        foreach (SampleRow row in common)
        {
            foreach (string cell in row.Cells)
            {
                cells++;
                if (!HoldsSeveral(cell))
                    clean++;
            }
        }

        // Header or not, the first row has as many fields as the others; only separators within cells make it differ.
        double consistent = (double)common.Count() / rows.Count * (Math.Abs(rows[0].Cells.Length - common.Key) <= 1 ? 1 : 0.5);
        return (layout.Separator, consistent * clean / cells, common.Key, [.. common.Take(3).Select(r => r.Line)]);
    }

    /// <summary>True when another separator stands in the cell as separators do: not followed by a blank, as in a sentence.</summary>
    private static bool HoldsSeveral(ReadOnlySpan<char> cell)
    {
        int at = cell.IndexOfAny(";\t|");
        return at >= 0 && (at + 1 == cell.Length || cell[at + 1] != ' ');
    }

    /// <summary>Where fields are wrapped in single quotes, if many are, none in double ones, and every such quote closes.</summary>
    private static string? SingleQuoted(byte[] utf8, CsvLayout layout)
    {
        if (utf8.AsSpan().Contains((byte)'"') || !utf8.AsSpan().Contains((byte)'\''))
            return null;
        CsvLayout single = layout with { Quote = '\'' };
        ProblemLog faults = new();
        int wrapped = 0, cells = 0;
        long first = 0;
        using CsvRecords records = CsvRecords.FromBytes(utf8, single, faults);
        while (records.Read())
        {
            for (int i = 0; i < records.FieldCount; i++)
            {
                ReadOnlySpan<byte> raw = NumberFormat.Trim(records.Raw(i));
                cells++;
                if (raw.Length < 2 || raw[0] != '\'' || raw[^1] != '\'')
                    continue;
                first = wrapped++ == 0 ? records.Line : first;
            }
        }

        bool closed = !faults.HasErrors && faults.CountOf(ProblemCodes.StrayQuote, null) == 0;
        return closed && wrapped >= 3 && wrapped * 20 >= cells ? $"line {first}" : null;
    }

    private static int Faults(byte[] utf8, CsvLayout layout)
    {
        ProblemLog faults = new();
        List<SampleRow> rows = Rows(utf8, layout, whole: true, faults);
        int common = rows.Count == 0 ? 0 : rows.GroupBy(r => r.Cells.Length).Max(g => g.Count());
        return rows.Count - common + (int)faults.CountOf(ProblemCodes.StrayQuote, null) + (int)faults.CountOf(ProblemCodes.UnclosedQuote, null);
    }

    private bool Header(List<SampleRow> rows)
    {
        if (options.HasHeader is bool given)
        {
            Found("header", given ? "yes" : "no", "given by the caller");
            return given;
        }

        (bool yes, string why, bool doubtful) = HeaderDetector.Detect(rows, options.Schema?.Columns.Select(c => c.Name).ToArray() ?? options.ColumnNames);
        Found("header", yes ? "yes" : "no", why, $"line {rows[0].Line}");
        if (doubtful)
        {
            log.Add(new DataProblem
            {
                Code = ProblemCodes.HeaderDoubtful,
                Severity = Severity.Warning,
                Line = rows[0].Line,
                Message = $"the first row was taken to be {(yes ? "the header" : "data")}: {why}",
                Remedy = "Say whether there is a header if this is wrong",
            });
        }

        return yes;
    }

    private NumberFormat Numbers(List<SampleRow> rows, bool hasHeader, char separator)
    {
        if (options.Numbers is NumberFormat given)
        {
            Found("numbers", Describe(given), "given by the caller");
            return given;
        }

        (NumberFormat format, string why, IReadOnlyList<string> positions, bool doubtful) = NumberFormatDetector.Detect(hasHeader ? rows[1..] : rows, separator, IsNumeric);
        Found("numbers", Describe(format), why, [.. positions]);
        if (doubtful)
        {
            log.Add(new DataProblem
            {
                Code = ProblemCodes.NumberFormatDoubtful,
                Severity = Severity.Warning,
                Message = $"numbers were read with {Describe(format)}, which is doubtful: {why} ({string.Join("; ", positions)})",
                Remedy = "Name the decimal mark and the thousands mark if this is wrong",
            });
        }

        return format;

        // Under a schema only its numeric columns have a say: levels such as "0,5" may stand beside numbers such as 0.5.
        bool IsNumeric(int field)
        {
            if (options.Schema is not Schema schema)
                return true;
            if (!hasHeader)
                return field >= schema.Columns.Count || schema.Columns[field].Kind is ColumnKind.Continuous or ColumnKind.Integer;
            return field < rows[0].Cells.Length && schema.TryGet(rows[0].Cells[field], out ColumnSchema? column) && column.Kind is ColumnKind.Continuous or ColumnKind.Integer;
        }
    }

    private static string Describe(NumberFormat f) => $"decimal {Name(f.DecimalMark)}, " + (f.ThousandsMark is char t ? $"thousands {Name(t)}" : "no thousands mark");

    private static List<SampleRow> Rows(byte[] utf8, CsvLayout layout, bool whole, ProblemLog? faults = null)
    {
        List<SampleRow> rows = [];
        using CsvRecords records = CsvRecords.FromBytes(utf8, layout, faults);
        while (records.Read())
        {
            if (records.IsBlank)
                continue;
            string[] cells = new string[records.FieldCount];
            for (int i = 0; i < cells.Length; i++)
                cells[i] = Encoding.UTF8.GetString(records[i]);
            rows.Add(new SampleRow(records.Line, cells));
        }

        // The last row of a cut sample may be cut within a quoted line break.
        if (!whole && rows.Count > 1)
            rows.RemoveAt(rows.Count - 1);
        return rows;
    }

    private static byte[] WholeLines(byte[] utf8, bool whole)
    {
        int end = whole ? -1 : utf8.AsSpan().LastIndexOf((byte)'\n');
        return end < 0 ? utf8 : utf8[..(end + 1)];
    }

    private static string Name(char mark) => mark switch
    {
        ',' => "comma",
        ';' => "semicolon",
        '\t' => "tab",
        '|' => "bar",
        '.' => "point",
        ' ' => "blank",
        '\'' => "apostrophe",
        _ => $"'{mark}'",
    };

    private void Found(string aspect, string value, string why, params string[] positions) => _findings.Add(new DialectFinding(aspect, value, why, positions));
}
