using System.Globalization;

namespace Lethe.Data.Tables;

/// <summary>Dates as ISO 8601 text.</summary>
internal static class DateFormatting
{
    private const double MillisecondsPerDay = 86_400_000;

    /// <summary>
    /// Days since 1970-01-01T00:00 as <c>yyyy-MM-dd</c>, with the time of day when the column's format has one (fractions of
    /// seconds only where there are any). Without a format the value decides.
    /// </summary>
    /// <param name="days">The date, rounded to milliseconds: a day is stored to about a microsecond.</param>
    /// <param name="format">The format or formats the column was recorded in, or null.</param>
    public static string Iso(double days, string? format)
    {
        DateTime time = DateTime.UnixEpoch.AddMilliseconds(Math.Round(days * MillisecondsPerDay));
        bool hasTime = format is null || !format.Contains('y', StringComparison.Ordinal) ? time.TimeOfDay != TimeSpan.Zero : format.AsSpan().ContainsAny('H', 'h');
        return time.ToString(hasTime ? "yyyy-MM-ddTHH:mm:ss.FFF" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
