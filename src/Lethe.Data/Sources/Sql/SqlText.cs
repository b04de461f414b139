using System.Data.Common;
using System.Globalization;
using System.Text;
using Lethe.Data.Problems;

namespace Lethe.Data.Sources.Sql;

/// <summary>
/// Values of a query's result as the text that readers of files would see: invariant numbers, <c>false</c>/<c>true</c>,
/// ISO 8601 dates, null as the empty text. So a table has one schema whether it comes from a file or a database.
/// </summary>
internal sealed class SqlText(DbDataReader reader, string source, ProblemLog log)
{
    private byte[] _buffer = new byte[256];

    /// <summary>The cell as UTF-8; valid until the next call.</summary>
    public ReadOnlySpan<byte> Cell(int column, long row)
    {
        if (reader.IsDBNull(column))
            return default;
        object value;
        try
        {
            value = reader.GetValue(column);
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException or ArgumentOutOfRangeException or FormatException)
        {
            throw SqlErrors.UnreadableValue(source, reader.GetName(column), row, reader.GetDataTypeName(column), e);
        }

        string text = Format(value, column, row);
        int length = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (length > _buffer.Length)
            _buffer = new byte[length];
        return _buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, _buffer));
    }

    private string Format(object value, int column, long row) => value switch
    {
        string s => Padded(column) ? s.TrimEnd(' ') : s,
        bool b => b ? "true" : "false",
        double d => double.IsFinite(d) ? d.ToString("R", CultureInfo.InvariantCulture) : Missing("a value that is no finite number", column, row),
        float f => float.IsFinite(f) ? f.ToString("R", CultureInfo.InvariantCulture) : Missing("a value that is no finite number", column, row),
        DateTime t when t == DateTime.MaxValue || t == DateTime.MinValue => Missing("an infinite date", column, row),
        DateOnly d when d == DateOnly.MaxValue || d == DateOnly.MinValue => Missing("an infinite date", column, row),
        DateTime t => t.ToString(IsDate(column) ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset t => Format(t.UtcDateTime, column, row),
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly t => t.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan t => t.ToString("c", CultureInfo.InvariantCulture),
        Guid g => g.ToString("D"),
        byte[] or Array => throw SqlErrors.UnsupportedType(source, reader.GetName(column), reader.GetDataTypeName(column)),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => throw SqlErrors.UnsupportedType(source, reader.GetName(column), reader.GetDataTypeName(column)),
    };

    /// <summary>SQL's CHAR(n) is filled up with blanks that are no part of the value.</summary>
    private bool Padded(int column) => reader.GetDataTypeName(column) is { } type && (type.StartsWith("character(", StringComparison.Ordinal) || type is "character" or "bpchar");

    /// <summary>A date without a time of day; a timestamp keeps its midnight, so that one column has one form.</summary>
    private bool IsDate(int column) => reader.GetDataTypeName(column) == "date";

    private string Missing(string what, int column, long row)
    {
        log.Add(SqlErrors.NotANumber(reader.GetName(column), row, what));
        return "";
    }
}
