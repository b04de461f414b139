using System.Globalization;

namespace Lethe.Reporting.Text;

/// <summary>How numbers are written for people: three significant digits, a true minus sign, intervals in brackets.</summary>
public static class Figures
{
    /// <summary>What stands in a cell without a figure.</summary>
    public const string None = "–";

    private const char Minus = '\u2212';
    private const string ThinSpace = "\u202f";
    private const string NoBreakSpace = "\u00a0";

    /// <summary>A figure with three significant digits, e.g. <c>0.0531</c>, <c>12.4</c>, <c>1 240</c>; integers from 100 keep all digits.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? None : value > 0 ? "∞" : "−∞";
        double size = Math.Abs(value);
        if (size == 0)
            return "0";
        if (size >= 1e9 || size < 1e-4)
            return Scientific(value);
        int digits = Math.Max(0, 2 - (int)Math.Floor(Math.Log10(size)));
        // 0.9996 rounds up to 1.000: one digit too many once the leading digit has moved.
        if (digits is > 0 and <= 15 && Math.Floor(Math.Log10(Math.Round(size, Math.Min(15, digits)))) > Math.Floor(Math.Log10(size)))
            digits--;
        // A value that was rounded before (rates of the release edition) shows no digits that it does not have.
        while (digits is > 2 and <= 15 && Math.Round(value, digits - 1) == value)
            digits--;
        return Grouped(Math.Round(value, Math.Min(15, digits)), digits);
    }

    /// <summary>A figure or the mark of a missing one.</summary>
    public static string Number(double? value) => value is { } v ? Number(v) : None;

    /// <summary>A constant such as an ideal or the end of a range: no trailing zeros.</summary>
    public static string Constant(double value)
    {
        string text = Number(value);
        return text.Contains('×', StringComparison.Ordinal) ? text : Trimmed(text);
    }

    /// <summary>A constant or the mark of a missing one.</summary>
    public static string Constant(double? value) => value is { } v ? Constant(v) : None;

    /// <summary>A count with thin spaces between thousands.</summary>
    public static string Count(long value) => Grouped(value, 0);

    /// <summary>A cell of a table of counts; the sentinels of the release edition are written out.</summary>
    public static string Cell(int count) => count switch
    {
        Results.SuppressedCount.UnderTen => "<10",
        Results.SuppressedCount.Withheld => "withheld",
        _ => Count(count),
    };

    /// <summary>A share as a percentage, e.g. <c>12.5 %</c>, no trailing zeros.</summary>
    public static string Percent(double share)
    {
        int decimals = Decimals(Math.Abs(share));
        return Trimmed(Grouped(Math.Round(share * 100, decimals), decimals)) + NoBreakSpace + "%";
    }

    /// <summary>A share as a percentage or the mark of a withheld one.</summary>
    public static string Percent(double? share) => share is { } s ? Percent(s) : None;

    /// <summary>A range in brackets, e.g. <c>[0.482, 0.571]</c>.</summary>
    public static string Range(double lower, double upper) => $"[{Number(lower)}, {Number(upper)}]";

    /// <summary>An interval in brackets or the mark of a missing one.</summary>
    public static string Range(Results.Interval? interval) => interval is { } i ? Range(i.Lower, i.Upper) : None;

    /// <summary>A moment in ISO 8601 as people write it, e.g. <c>15 January 2026, 09:42 UTC</c>; other texts stay as they are.</summary>
    public static string Moment(string iso) =>
        DateTimeOffset.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset moment)
            ? moment.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : iso;

    /// <summary>Seconds as people say them, e.g. <c>45 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Duration(double seconds)
    {
        if (seconds < 1)
            return Number(seconds) + " s";
        long whole = (long)Math.Round(seconds);
        return whole switch
        {
            < 60 => $"{whole} s",
            < 3600 => $"{whole / 60} min {whole % 60} s",
            _ => $"{whole / 3600} h {whole % 3600 / 60} min",
        };
    }

    /// <summary>A file size.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => Number(bytes / 1024.0) + " KiB",
        _ => Number(bytes / (1024.0 * 1024.0)) + " MiB",
    };

    /// <summary>A coordinate in a drawing: at most two decimals, invariant, plain minus.</summary>
    internal static string Coordinate(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Trimmed(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;

    // Two decimals next to 100 %: a certainty of 99.97 % is not one of 100 %.
    private static int Decimals(double share) => share < 0.01 ? 3 : share is < 0.1 or (> 0.995 and < 1) ? 2 : 1;

    private static string Grouped(double value, int decimals)
    {
        string text = Math.Abs(value).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        text = text.Replace(",", ThinSpace, StringComparison.Ordinal);
        return value < 0 ? Minus + text : text;
    }

    private static string Scientific(double value)
    {
        string[] parts = value.ToString("E2", CultureInfo.InvariantCulture).Split('E');
        int exponent = int.Parse(parts[1], CultureInfo.InvariantCulture);
        string power = new([.. exponent.ToString(CultureInfo.InvariantCulture).Select(Superscript)]);
        return $"{parts[0].Replace('-', Minus)} × 10{power}";
    }

    private static char Superscript(char c) => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0'];
}
