namespace Lethe.Data.Rows;

/// <summary>The one time format of the large tables, <c>yyyy-MM-dd[ T]HH:mm:ss</c> or <c>yyyy-MM-dd</c>, read from bytes without allocation.</summary>
internal static class IsoTime
{
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        if (text.Length != 10 && text.Length != 19)
            return false;
        int year = (Two(text, 0) * 100) + Two(text, 2), month = Two(text, 5), day = Two(text, 8);
        if (text[4] != '-' || text[7] != '-' || year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        int hour = 0, minute = 0, second = 0;
        if (text.Length == 19)
        {
            hour = Two(text, 11);
            minute = Two(text, 14);
            second = Two(text, 17);
            if (text[10] is not ((byte)' ' or (byte)'T') || text[13] != ':' || text[16] != ':' || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
                return false;
        }

        time = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        return true;
    }

    // Two digits as a number; far below zero when one is not a digit, so that every range check fails.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        int tens = text[at] - '0', ones = text[at + 1] - '0';
        return tens is >= 0 and <= 9 && ones is >= 0 and <= 9 ? (tens * 10) + ones : -1000;
    }
}
