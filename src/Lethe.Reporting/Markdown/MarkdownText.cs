using System.Text;

namespace Lethe.Reporting.Markdown;

/// <summary>Writes text so that Markdown shows it as it is.</summary>
internal static class MarkdownText
{
    /// <summary>One line of text with every character that Markdown or HTML would act on escaped.</summary>
    public static string Inline(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            switch (c)
            {
                case '\r':
                    break;
                case '\n' or '\t':
                    result.Append(' ');
                    break;
                case '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '#' or '~':
                    result.Append('\\').Append(c);
                    break;
                case '<':
                    result.Append("&lt;");
                    break;
                case '>':
                    result.Append("&gt;");
                    break;
                case '&':
                    result.Append("&amp;");
                    break;
                default:
                    result.Append(c);
                    break;
            }
        }

        return result.ToString();
    }

    /// <summary>A block of code; the fence is longer than any run of backticks inside.</summary>
    public static string Code(string text, string language)
    {
        int longest = 0, run = 0;
        foreach (char c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        string fence = new('`', Math.Max(3, longest + 1));
        return $"{fence}{language}\n{text.TrimEnd()}\n{fence}\n";
    }
}
