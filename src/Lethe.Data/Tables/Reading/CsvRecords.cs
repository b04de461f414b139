using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Lethe.Data.Problems;

namespace Lethe.Data.Tables.Reading;

/// <summary>How records are laid out: what the parser must know.</summary>
/// <param name="Separator">Between fields.</param>
/// <param name="Quote">Around fields that hold a separator, a quote or a line break.</param>
/// <param name="BackslashEscapes">True when quotes inside quoted fields are written <c>\"</c> rather than doubled.</param>
/// <param name="SkipFirstLine">True when the first line is a note to spreadsheets (<c>sep=;</c>).</param>
internal sealed record CsvLayout(char Separator, char Quote = '"', bool BackslashEscapes = false, bool SkipFirstLine = false);

/// <summary>The records of a text one after the other, as UTF-8 fields that live until the next call. Not thread-safe.</summary>
internal sealed class CsvRecords : IDisposable
{
    /// <summary>A record longer than this is a quote that was never closed, not a patient.</summary>
    private const int MaxRecordBytes = 16 << 20;

    private readonly CsvReader _reader;
    private readonly bool _checkUtf8;
    private readonly string _name;

    /// <summary>Opens <paramref name="source"/>; quoting mistakes go to <paramref name="log"/> when there is one. Without an encoding a byte order mark decides, else UTF-8.</summary>
    public CsvRecords(TextSource source, CsvLayout layout, Encoding? encoding, ProblemLog? log)
        : this(Reader(source.Open(), layout, encoding, log), source.Name, checkUtf8: encoding is null or UTF8Encoding)
    {
        if (layout.SkipFirstLine)
            Read();
    }

    private CsvRecords(CsvReader reader, string name, bool checkUtf8)
    {
        _reader = reader;
        _name = name;
        _checkUtf8 = checkUtf8;
    }

    /// <summary>Opens UTF-8 bytes in memory.</summary>
    public static CsvRecords FromBytes(byte[] utf8, CsvLayout layout, ProblemLog? log = null)
    {
        CsvRecords records = new(Reader(new MemoryStream(utf8), layout, null, log), "sample", checkUtf8: false);
        if (layout.SkipFirstLine)
            records.Read();
        return records;
    }

    /// <summary>Line on which the record starts, from 1.</summary>
    public long Line => _reader.LineNumber;

    /// <summary>Fields in the record.</summary>
    public int FieldCount => _reader.FieldCount;

    /// <summary>True when the record is a line without anything on it.</summary>
    public bool IsBlank => _reader.FieldCount == 1 && NumberFormat.Trim(_reader.RawRecord).IsEmpty;

    /// <summary>A field, unquoted and (outside quotes) without surrounding blanks.</summary>
    public ReadOnlySpan<byte> this[int field] => _reader.GetSpan(field);

    /// <summary>A field as it stands in the file.</summary>
    public ReadOnlySpan<byte> Raw(int field) => _reader.GetRawSpan(field);

    /// <summary>The next record, blank lines included; false at the end.</summary>
    /// <exception cref="NotUtf8Exception">The text is not UTF-8 although nothing else was asked for.</exception>
    /// <exception cref="DataException">The compressed file is damaged, or a record is longer than any row.</exception>
    public bool Read()
    {
        bool more;
        try
        {
            more = _reader.Read();
        }
        catch (InvalidDataException e)
        {
            throw ReadThrow.DamagedGzip(_name, e);
        }
        catch (CsvFormatException e)
        {
            throw ReadThrow.RecordTooLong(_name, e.LineNumber, MaxRecordBytes >> 20);
        }

        if (more && _checkUtf8 && !Utf8.IsValid(_reader.RawRecord))
            throw new NotUtf8Exception(_reader.LineNumber);
        return more;
    }

    public void Dispose() => _reader.Dispose();

    private static CsvReader Reader(Stream stream, CsvLayout layout, Encoding? encoding, ProblemLog? log)
    {
        if (layout.BackslashEscapes)
        {
            // Escapes are taken apart as bytes of UTF-8, so other encodings are turned into it before.
            Stream utf8 = encoding is null or UTF8Encoding ? stream : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
            (stream, encoding) = (new BackslashQuoteStream(utf8, (byte)layout.Quote), null);
        }

        return CsvReader.Create(stream, new CsvReaderOptions
        {
            Separator = layout.Separator,
            Quote = layout.Quote,
            HasHeader = false,
            DetectSeparatorHint = false,
            SkipEmptyLines = false,
            TrimWhitespace = true,
            WhitespaceCharacters = layout.Separator == '\t' ? " " : " \t",
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            MaxRecordSize = MaxRecordBytes,
            Encoding = encoding,
            OnMalformedRecord = log is null ? null : record => LogMalformed(log, record),
        });
    }

    private static void LogMalformed(ProblemLog log, CsvMalformedRecord record)
    {
        if (record.Reason == CsvMalformedReason.UnterminatedQuote)
        {
            log.Add(new DataProblem
            {
                Code = ProblemCodes.UnclosedQuote,
                Line = record.LineNumber,
                Message = "a quoted field that starts in this row is never closed, so the rest of the file reads as one field",
                Remedy = "Close the quote, or double quotes that are part of the text",
            });
        }
        else
        {
            log.Add(ProblemCodes.StrayQuote, Severity.Warning, record.LineNumber, null, () => new DataProblem
            {
                Code = ProblemCodes.StrayQuote,
                Message = "a quote stands inside a field that is not quoted, or text follows a closing quote; it was kept as text",
                Remedy = "Check the row; quotes that are part of the text should be doubled in a quoted field",
            });
        }
    }
}

/// <summary>The text turned out not to be UTF-8: reading starts over with another encoding.</summary>
internal sealed class NotUtf8Exception(long line) : Exception("The text is not UTF-8.")
{
    /// <summary>Line of the first record with invalid bytes.</summary>
    public long Line { get; } = line;
}
