using System.Buffers.Text;
using System.Globalization;

namespace Lethe.Data.Tables.Reading;

/// <summary>How numbers are written in a file.</summary>
/// <param name="DecimalMark">Point or comma.</param>
/// <param name="ThousandsMark">Mark between groups of three digits (comma, point, apostrophe or space), or null when there is none.</param>
public sealed record NumberFormat(char DecimalMark = '.', char? ThousandsMark = null)
{
    /// <summary>Point, no grouping: what Lethe writes.</summary>
    public static NumberFormat Invariant { get; } = new();

    /// <summary>Whole numbers with so many digits, and powers of ten up to it, are exact as doubles.</summary>
    private const int MaxExactDigits = 15;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Longest text that is looked at as a number.</summary>
    private const int MaxLength = 64;

    /// <summary>
    /// Parses a number with optional sign and exponent. "NaN", "Infinity", hexadecimal and stray characters are refused;
    /// so are numbers beyond the range of <see cref="double"/> and wrong grouping ("1,23").
    /// </summary>
    /// <param name="text">UTF-8 text; surrounding blanks are ignored.</param>
    /// <param name="value">The nearest double.</param>
    /// <param name="decimals">Decimals that carry information: trailing zeros are not counted, an exponent is.</param>
    public bool TryParse(ReadOnlySpan<byte> text, out double value, out int decimals)
    {
        value = 0;
        decimals = 0;
        text = Trim(text);
        if (text.IsEmpty || text.Length > MaxLength)
            return false;
        if (ThousandsMark is null && TryShort(text, out value, out decimals))
            return true;
        Span<byte> plain = stackalloc byte[MaxLength];
        if (!Normalise(text, plain, out int length, out decimals))
            return false;
        return double.TryParse(plain[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    /// <summary>Without surrounding ASCII blanks.</summary>
    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && text[0] is (byte)' ' or (byte)'\t')
            text = text[1..];
        while (!text.IsEmpty && text[^1] is (byte)' ' or (byte)'\t')
            text = text[..^1];
        return text;
    }

    /// <summary>True for whole numbers with a leading zero ("007"): codes rather than quantities.</summary>
    internal static bool HasLeadingZero(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] is (byte)'+' or (byte)'-')
            text = text[1..];
        return text.Length > 1 && text[0] == (byte)'0' && text[1] is >= (byte)'0' and <= (byte)'9';
    }

    /// <summary>
    /// The usual case: at most 15 digits and no exponent. The digits and the power of ten are then both exact as doubles, so
    /// their quotient is the correctly rounded value (Clinger 1990). False leaves the text to the full parser.
    /// </summary>
    private bool TryShort(ReadOnlySpan<byte> text, out double value, out int decimals)
    {
        value = 0;
        decimals = 0;
        int i = text[0] == (byte)'-' ? 1 : 0;
        if (text.Length - i > MaxExactDigits)
            return false;
        long digits = 0;
        int count = 0, fraction = -1;
        for (; i < text.Length; i++)
        {
            int digit = text[i] - '0';
            if (digit is >= 0 and <= 9)
            {
                digits = (10 * digits) + digit;
                count++;
                if (fraction >= 0)
                {
                    fraction++;
                    decimals = digit == 0 ? decimals : fraction;
                }
            }
            else if (text[i] == DecimalMark && fraction < 0)
            {
                fraction = 0;
            }
            else
            {
                return false;
            }
        }

        value = digits / PowersOfTen[Math.Max(0, fraction)];
        if (text[0] == (byte)'-')
            value = -value;
        return count > 0;
    }

    /// <summary>Rewrites to [-]digits[.digits][e…] and counts decimals; false when the text is no number.</summary>
    private bool Normalise(ReadOnlySpan<byte> text, Span<byte> plain, out int length, out int decimals)
    {
        length = 0;
        decimals = 0;
        int i = 0;
        if (text[0] is (byte)'+' or (byte)'-')
        {
            if (text[0] == (byte)'-')
                plain[length++] = (byte)'-';
            i = 1;
        }
        else if (text.StartsWith("\u2212"u8)) // the typographic minus
        {
            plain[length++] = (byte)'-';
            i = 3;
        }

        int whole = 0, sinceMark = 0;
        bool grouped = false;
        for (; i < text.Length; i++)
        {
            if (IsDigit(text[i]))
            {
                plain[length++] = text[i];
                whole++;
                sinceMark++;
            }
            else if (ThousandsMark is not null && GroupMarkLength(text[i..]) is > 0 and int skip)
            {
                if (grouped ? sinceMark != 3 : whole is < 1 or > 3)
                    return false;
                grouped = true;
                sinceMark = 0;
                i += skip - 1;
            }
            else
            {
                break;
            }
        }

        if (grouped && sinceMark != 3)
            return false;
        int fraction = 0, significant = 0;
        if (i < text.Length && text[i] == DecimalMark)
        {
            plain[length++] = (byte)'.';
            for (i++; i < text.Length && IsDigit(text[i]); i++)
            {
                plain[length++] = text[i];
                fraction++;
                if (text[i] != (byte)'0')
                    significant = fraction;
            }
        }

        if (whole + fraction == 0)
            return false;
        int exponent = 0;
        if (i < text.Length && text[i] is (byte)'e' or (byte)'E')
        {
            if (!Utf8Parser.TryParse(text[(i + 1)..], out exponent, out int used) || i + 1 + used != text.Length || Math.Abs(exponent) > 400)
                return false;
            text[i..].CopyTo(plain[length..]);
            length += text.Length - i;
            i = text.Length;
        }

        decimals = Math.Max(0, significant - exponent);
        return i == text.Length;
    }

    private int GroupMarkLength(ReadOnlySpan<byte> text) => ThousandsMark switch
    {
        // A file that groups with blanks uses the plain, the no-break and the narrow no-break one as it pleases.
        ' ' => text[0] == (byte)' ' ? 1 : text.StartsWith("\u00A0"u8) ? 2 : text.StartsWith("\u202F"u8) || text.StartsWith("\u2009"u8) ? 3 : 0,
        '\'' => text[0] == (byte)'\'' ? 1 : text.StartsWith("\u2019"u8) ? 3 : 0,
        char c => text[0] == c ? 1 : 0,
        null => 0,
    };

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';
}
