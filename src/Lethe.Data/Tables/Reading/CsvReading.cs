using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Schemas.Inference;

namespace Lethe.Data.Tables.Reading;

/// <summary>One reading of one text.</summary>
internal sealed class CsvReading(TextSource source, TableReadOptions options)
{
    private readonly ProblemLog _log = new(source.Name) { RowErrorsAreWarnings = options.BadRows == BadRows.Reject };
    private readonly Dictionary<string, long> _rejected = [];
    private CsvLayout _layout = new(',');
    private Encoding _encoding = Encoding.UTF8;
    private string[] _names = [];
    private Dialect _dialect = null!;
    private long _firstLine, _rows, _blankLines;

    public TableReadResult Read(Encoding? encoding, string? whyEncoding)
    {
        (_dialect, _layout, _encoding, IReadOnlyList<SampleRow> sample) = new DialectDetector(source, options, _log).Detect(encoding, whyEncoding);
        IReadOnlyList<string>? given = options.ColumnNames ?? options.Schema?.Columns.Select(c => c.Name).ToArray();
        _firstLine = sample[0].Line;
        _names = HeaderNames.Make(sample, _dialect.HasHeader, given, _log);
        _log.ThrowIfErrors();

        IReadOnlyList<ColumnSummary> summaries = [];
        Schema schema;
        if (options.Schema is null)
        {
            InferredSchema inferred = Infer();
            summaries = inferred.Columns;
            schema = inferred.Schema;
            _log.AddRange(inferred.Notes);
        }
        else
        {
            schema = options.Schema;
        }

        schema = SchemaRoles.Override(schema, options.Target, options.PatientKey, source.Name);
        Table table = Build(schema);
        if (_rows == 0)
        {
            _log.Add(new DataProblem
            {
                Code = ProblemCodes.NoRows,
                Message = "the file has a header but no rows",
                Remedy = "Check that the export finished",
            });
        }

        _log.ThrowIfErrors();
        TableChecks.Check(table, _log);
        return new TableReadResult(table, new ReadReport
        {
            File = source.Name,
            Dialect = _dialect,
            RowsRead = _rows,
            RejectedByCode = _rejected,
            BlankLines = _blankLines,
            Columns = summaries,
            Problems = _log.ToList(),
        });
    }

    private InferredSchema Infer()
    {
        SchemaInference inference = new(_names, _dialect.Numbers, options.MissingTokens);
        using CsvRecords records = Open(null);
        while (records.Read())
        {
            // What is wrong with rows is told by the strict reading that follows.
            if (IsHeader(records) || records.IsBlank || Width(records) != _names.Length)
                continue;
            long line = records.Line;
            for (int i = 0; i < _names.Length; i++)
                inference.Add(i, records[i], line);
        }

        return inference.Finish(options.Name ?? DefaultName());
    }

    private Table Build(Schema schema)
    {
        int[] fields = FieldMap.Make(schema, _names, options.IgnoreExtraColumns, _log);
        TableBuilder builder = new(schema, _log, _dialect.Numbers, options.UnknownLevels, options.BadRows);
        using CsvRecords records = Open(_log);
        while (records.Read())
        {
            if (records.IsBlank)
                _blankLines++;
            if (records.IsBlank || IsHeader(records))
                continue;
            _rows++;
            int width = Width(records);
            if (width < records.FieldCount)
                _log.Add(ProblemCodes.TrailingSeparators, Severity.Note, records.Line, null, () => Row(ProblemCodes.TrailingSeparators, "the row ends in separators with nothing between them; they were ignored", "Nothing needs doing"));
            if (width != _names.Length)
            {
                Ragged(records.Line, width, _names.Length);
                continue;
            }

            AddRow(builder, records, fields);
        }

        return builder.Finish();
    }

    private void AddRow(TableBuilder builder, CsvRecords records, int[] fields)
    {
        long line = records.Line;
        bool empty = true;
        foreach (int field in fields)
        {
            ReadOnlySpan<byte> cell = field < 0 ? default : records[field];
            empty &= cell.IsEmpty;
            builder.Add(cell, line);
        }

        if (!builder.EndRow() && options.BadRows == BadRows.Reject)
            Reject(builder.MisfitCode!);
        if (empty)
            _log.Add(ProblemCodes.EmptyRow, Severity.Warning, line, null, () => Row(ProblemCodes.EmptyRow, "every cell of the row is empty; it was kept", "Remove the row if it stands for nobody"));
    }

    private void Ragged(long line, int width, int expected)
    {
        _log.Add(ProblemCodes.RaggedRow, Severity.Error, line, null, () => Row(ProblemCodes.RaggedRow, $"the row has {width} fields, {expected} were expected", "Look for a missing or extra separator, or a separator in a field without quotes"));
        if (options.BadRows == BadRows.Reject)
            Reject(ProblemCodes.RaggedRow);
    }

    /// <summary>Fields of the record; empty ones beyond the header's width are trailing separators and do not count.</summary>
    private int Width(CsvRecords records)
    {
        int width = records.FieldCount;
        while (width > _names.Length && records[width - 1].IsEmpty)
            width--;
        return width;
    }

    private bool IsHeader(CsvRecords records) => _dialect.HasHeader && records.Line == _firstLine;

    private void Reject(string code) => _rejected[code] = _rejected.GetValueOrDefault(code) + 1;

    private CsvRecords Open(ProblemLog? log) => new(source, _layout, _encoding is UTF8Encoding ? null : _encoding, log);

    private string DefaultName()
    {
        string name = Path.GetFileName(source.Name);
        foreach (string extension in (string[])[".gz", ".csv", ".tsv", ".txt", ".data"])
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                name = name[..^extension.Length];
        }

        return name.Length == 0 ? "table" : name;
    }

    private static DataProblem Row(string code, string message, string remedy) => new() { Code = code, Message = message, Remedy = remedy };
}
