using System.Text;
using System.Text.Unicode;

namespace Lethe.Data.Tables.Reading;

/// <summary>Tells encodings by their byte order mark, by zero bytes, and by what cannot be UTF-8.</summary>
internal static class EncodingDetector
{
    /// <summary>Windows-1252, the encoding of Western European exports from before UTF-8.</summary>
    public static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The encoding of a text that starts with <paramref name="sample"/>.</summary>
    /// <returns>The encoding, and why; or null when the bytes are no text.</returns>
    public static (Encoding Encoding, string Why)? Detect(ReadOnlySpan<byte> sample, bool whole)
    {
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return (new UTF8Encoding(true), "it starts with a UTF-8 byte order mark");
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
            return (Encoding.UTF32, "it starts with a UTF-32 byte order mark");
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (Encoding.Unicode, "it starts with a UTF-16 (little-endian) byte order mark");
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (Encoding.BigEndianUnicode, "it starts with a UTF-16 (big-endian) byte order mark");

        int even = 0, odd = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            if (sample[i] == 0)
                _ = (i & 1) == 0 ? even++ : odd++;
        }

        // Latin letters and digits in UTF-16 have one zero byte in two; text in other encodings has none.
        if (odd > sample.Length / 4 && even < odd / 8)
            return (Encoding.Unicode, "every other byte is zero");
        if (even > sample.Length / 4 && odd < even / 8)
            return (Encoding.BigEndianUnicode, "every other byte is zero");
        if (even + odd > 0)
            return null;
        if (Utf8.IsValid(whole ? sample : WithoutCutCharacter(sample)))
            return (new UTF8Encoding(false), sample.ContainsAnyExceptInRange((byte)0, (byte)127) ? "its characters beyond ASCII are valid UTF-8" : "it holds ASCII characters only so far");
        return (Windows1252, "it is not valid UTF-8");
    }

    /// <summary>Without the character that the end of the sample cuts in two (at most three bytes).</summary>
    private static ReadOnlySpan<byte> WithoutCutCharacter(ReadOnlySpan<byte> sample)
    {
        for (int back = 1; back <= Math.Min(4, sample.Length); back++)
        {
            byte b = sample[^back];
            if ((b & 0xC0) == 0x80)
                continue;
            int length = b < 0x80 ? 1 : b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
            return length > back ? sample[..^back] : sample;
        }

        return sample;
    }
}
