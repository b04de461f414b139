using System.Globalization;
using System.Text;

namespace Lethe.Data.Tables.Reading;

/// <summary>Dates and times as text, in the formats of a column's schema; always days since 1970-01-01T00:00 as number.</summary>
internal sealed class DateText
{
    /// <summary>Value of <see cref="Schemas.ColumnSchema.DateFormat"/> for days since 1899-12-30, as spreadsheets store dates.</summary>
    public const string ExcelSerial = "excel";

    /// <summary>Between the formats of a column that mixes several.</summary>
    public const char FormatSeparator = '|';

    private static readonly string[] IsoFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mmK",
    ];

    private static readonly int EpochDay = new DateOnly(1970, 1, 1).DayNumber;

    private readonly string[] _formats;
    private readonly bool _excel;

    /// <summary>A parser of one or several formats (<c>"dd/MM/yyyy | yyyy.MM.dd"</c>); ISO 8601 is understood besides. Null: ISO 8601 only.</summary>
    public DateText(string? format)
    {
        _excel = string.Equals(format, ExcelSerial, StringComparison.OrdinalIgnoreCase);
        _formats = format is null || _excel ? IsoFormats : [.. format.Split(FormatSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), .. IsoFormats];
    }

    /// <summary>Parses; a time with an offset is turned into UTC.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out double days)
    {
        if (TryIsoDay(text, out days))
            return true;
        if (text.Length is 0 or > 40)
            return false;
        Span<char> chars = stackalloc char[40];
        if (!Encoding.UTF8.TryGetChars(text, chars, out int length))
            return false;
        if (DateTime.TryParseExact(chars[..length], _formats, CultureInfo.InvariantCulture, Styles, out DateTime time))
        {
            days = Days(time);
            return true;
        }

        if (_excel && NumberFormat.Invariant.TryParse(text, out double serial, out _) && serial is >= 1 and < 2_958_466)
        {
            days = serial + Days(new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Utc));
            return true;
        }

        return false;
    }

    /// <summary>yyyy-MM-dd, which no other format can mean.</summary>
    private static bool TryIsoDay(ReadOnlySpan<byte> text, out double days)
    {
        days = 0;
        if (text.Length != 10 || text[4] != (byte)'-' || text[7] != (byte)'-' || text.ContainsAnyExceptInRange((byte)'-', (byte)'9') || text.ContainsAny((byte)'.', (byte)'/') || text.Count((byte)'-') != 2)
            return false;
        int year = (1000 * (text[0] - '0')) + (100 * (text[1] - '0')) + (10 * (text[2] - '0')) + text[3] - '0';
        int month = (10 * (text[5] - '0')) + text[6] - '0', day = (10 * (text[8] - '0')) + text[9] - '0';
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        days = new DateOnly(year, month, day).DayNumber - EpochDay;
        return true;
    }

    /// <summary>Parses by one format only.</summary>
    public static bool TryParseExact(ReadOnlySpan<char> text, string format, out DateTime time) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, Styles, out time);

    /// <summary>Days since 1970-01-01T00:00.</summary>
    public static double Days(DateTime time) => (time - DateTime.UnixEpoch).TotalDays;

    private const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
}
