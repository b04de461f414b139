using System.Text;
using Lethe.Reporting.Annex;
using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Html;

/// <summary>The style sheets of the report and of its charts.</summary>
public static class ReportStyles
{
    /// <summary>Colours and shapes of the charts with their tokens for light, dark and print; the studio uses the same.</summary>
    public static string Charts { get; } = EmbeddedFile.Text("Charts.charts.css");

    private static string Page { get; } = EmbeddedFile.Text("Html.report.css");

    /// <summary>Everything, with the edition and title for the margins of printed pages.</summary>
    internal static string Css(string title, ReportEdition edition) => $$"""
        {{Charts}}
        {{Page}}
        @page { @bottom-left { content: "{{Quoted(Phrases.EditionName(edition))}}"; } @bottom-center { content: "{{Quoted(title)}}"; } }
        body::after { content: "{{Quoted(Phrases.EditionName(edition))}}"; }
        """;

    // A CSS string inside a style element: every character that CSS or HTML could act on becomes a CSS escape.
    private static string Quoted(string text)
    {
        var result = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '.' or ',' or '(' or ')')
                result.Append(rune.ToString());
            else
                result.Append('\\').Append(rune.Value.ToString("x6", System.Globalization.CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }
}
