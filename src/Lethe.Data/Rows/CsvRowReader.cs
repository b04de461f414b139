using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CsvHelper;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Rows;

/// <summary>Rows of a CSV file, plain or gzipped, UTF-8 with or without byte order mark, with a header line (RFC 4180 quoting).</summary>
public sealed class CsvRowReader : RowReader
{
    // Large reads keep gzip decompression and parsing in long runs.
    private const int BufferBytes = 1 << 18;

    /// <summary>A record longer than this is a quote that was never closed, not a row.</summary>
    private const int MaxRecordBytes = 16 << 20;

    private readonly CsvReader _reader;
    private readonly int[] _positions;
    private readonly int _width;

    /// <summary>Opens a file and finds the columns.</summary>
    /// <param name="path">The file; <c>.gz</c> is decompressed.</param>
    /// <param name="columns">Columns wanted, compared without case.</param>
    /// <exception cref="Problems.DataException">The file has no header or lacks columns.</exception>
    public CsvRowReader(string path, params string[] columns)
    {
        Name = path;
        FileStream Open() => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        Stream file = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new BufferedStream(new WholeGzipStream(Open), BufferBytes) : Open();
        _reader = CsvReader.Create(file, new CsvReaderOptions
        {
            HasHeader = false,
            SkipEmptyLines = true,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            MaxRecordSize = MaxRecordBytes,
        });
        if (!Advance())
        {
            Dispose();
            throw RowProblems.Empty(path);
        }

        Header = [.. Enumerable.Range(0, _reader.FieldCount).Select(i => Encoding.UTF8.GetString(_reader.GetSpan(i)).Trim().TrimStart('\uFEFF'))];
        _width = Header.Count;
        Dictionary<string, int> index = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < _width; i++)
            index.TryAdd(Header[i], i);
        string[] missing = [.. columns.Where(c => !index.ContainsKey(c))];
        if (missing.Length > 0)
        {
            Dispose();
            throw RowProblems.MissingColumns(path, missing, Header);
        }

        _positions = [.. columns.Select(c => index[c])];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override long Line => _reader.LineNumber;

    /// <summary>All column names of the file.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <inheritdoc/>
    public override bool Read()
    {
        if (!Advance())
            return false;
        if (_reader.FieldCount == _width)
            return true;
        throw RowProblems.Ragged(Name, Line, _reader.FieldCount, _width);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Utf8(int column) => _reader.GetSpan(_positions[column]);

    /// <inheritdoc/>
    public override string? Text(int column)
    {
        ReadOnlySpan<byte> cell = Utf8(column);
        return cell.IsEmpty ? null : Encoding.UTF8.GetString(cell);
    }

    /// <inheritdoc/>
    public override bool TryNumber(int column, out double value)
    {
        ReadOnlySpan<byte> cell = Utf8(column);
        value = double.NaN;
        return cell.IsEmpty
            || (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value));
    }

    /// <inheritdoc/>
    public override bool TryInteger(int column, out long value)
    {
        ReadOnlySpan<byte> cell = Utf8(column);
        return Utf8Parser.TryParse(cell, out value, out int used) && used == cell.Length && !cell.IsEmpty;
    }

    /// <inheritdoc/>
    public override bool TryTime(int column, out DateTime value)
    {
        ReadOnlySpan<byte> cell = Utf8(column);
        if (IsoTime.TryParse(cell, out value))
            return true;
        return base.TryTime(column, out value);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _reader.Dispose();
    }

    private bool Advance()
    {
        try
        {
            return _reader.Read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or CsvFormatException)
        {
            throw RowProblems.Damaged(Name, _reader.LineNumber, e);
        }
    }
}
