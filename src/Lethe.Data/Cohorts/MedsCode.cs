namespace Lethe.Data.Cohorts;

/// <summary>
/// Codes of a MEDS stream as Lethe writes and reads them: parts joined by <c>//</c>. A double slash within a part and a
/// slash at its end are written <c>%2F</c>, a per cent sign <c>%25</c>, so that every part reads back as it was.
/// </summary>
internal static class MedsCode
{
    public const string Separator = "//", Channel = "CHANNEL", Static = "STATIC", Outcome = "OUTCOME", Admission = "ICU_ADMISSION", Death = "MEDS_DEATH";

    /// <summary>A code of these parts.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        string[] escaped = new string[parts.Length];
        for (int i = 0; i < parts.Length; i++)
            escaped[i] = Escape(parts[i]);
        return string.Join(Separator, escaped);
    }

    /// <summary>The n-th part of a code, as it stands; empty when it has fewer.</summary>
    public static string Part(string code, int n)
    {
        int start = 0;
        for (; n > 0; n--)
        {
            int next = code.IndexOf(Separator, start, StringComparison.Ordinal);
            if (next < 0)
                return "";
            start = next + Separator.Length;
        }

        int end = code.IndexOf(Separator, start, StringComparison.Ordinal);
        return end < 0 ? code[start..] : code[start..end];
    }

    /// <summary>The parts of a code that <see cref="Of"/> made.</summary>
    public static string[] Parts(string code) => [.. code.Split(Separator).Select(Uri.UnescapeDataString)];

    private static string Escape(string part)
    {
        string text = part.Replace("%", "%25", StringComparison.Ordinal).Replace(Separator, "%2F%2F", StringComparison.Ordinal);
        if (text.StartsWith('/') || text.EndsWith('/'))
            text = text.Replace("/", "%2F", StringComparison.Ordinal);
        return text;
    }
}
