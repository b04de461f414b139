using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Lethe.Reporting.Html;
using Lethe.Reporting.Markdown;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

/// <summary>Column names, levels and titles come from files that anybody may have written.</summary>
public sealed class HostileTextTests
{
    private const string Script = "<script>alert(1)</script>";
    private const string Style = "\"; } </style><img src=x onerror=alert(1)> @import 'x'; \\";

    private static RunDocument Hostile()
    {
        RunDocument d = SampleDocument.Full();
        return d with
        {
            Title = Style,
            Data = d.Data with { Name = Script, Columns = [.. d.Data.Columns.Select(c => c with { Name = Script + c.Name, Unit = "\" onmouseover=\"alert(1)" })] },
            Fidelity = d.Fidelity! with
            {
                Columns = [.. d.Fidelity.Columns.Select(c => c with { Column = Script + c.Column, Distribution = c.Distribution with { Labels = [.. c.Distribution.Labels.Select(l => l + "'><svg onload=alert(1)>")] } })],
                Associations = d.Fidelity.Associations! with { Labels = [.. d.Fidelity.Associations.Labels.Select(l => l + "</title></svg>" + Script)] },
            },
            Privacy = d.Privacy! with { Attacks = [.. d.Privacy.Attacks.Select(a => a with { Finding = a.Finding + Script, Attack = a.Attack with { Title = "a|b`c" + Script } })] },
            Configuration = "```\n</code></pre>" + Script,
        };
    }

    [Theory]
    [InlineData(ReportEdition.Internal)]
    [InlineData(ReportEdition.Release)]
    public void NoTextBecomesMarkup(ReportEdition edition)
    {
        IHtmlDocument page = Pages.Parse(HtmlReport.Render(Hostile(), edition));
        Assert.Empty(page.QuerySelectorAll("script, img, [onload], [onerror], [onmouseover]"));
        Assert.Equal(13, page.QuerySelectorAll("main > section").Length);
        Assert.Single(page.QuerySelectorAll("style"));
        Assert.Equal(Style, page.QuerySelector("h1")!.TextContent);
        Assert.Contains(page.QuerySelectorAll("figure .chart-title"), t => t.TextContent == Script + "age");
    }

    [Fact]
    public void TheTitleCannotLeaveItsPlaceInTheStyleSheet()
    {
        string css = Pages.Parse(HtmlReport.Render(Hostile(), ReportEdition.Internal)).QuerySelector("style")!.TextContent;
        string line = css.Split('\n').Single(l => l.Contains("@bottom-center", StringComparison.Ordinal));
        // Two strings, each opened and closed: four quotation marks and no other.
        Assert.Equal(4, line.Count(c => c == '"'));
        Assert.DoesNotContain("@import", css, StringComparison.Ordinal);
        Assert.DoesNotContain("onerror=", css, StringComparison.Ordinal);
    }

    [Fact]
    public void MarkdownShowsTheTextAsItIs()
    {
        string text = MarkdownReport.Render(Hostile());
        Assert.DoesNotContain("<script", text.Replace("```\n</code></pre>" + Script, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("a\\|b\\`c&lt;script&gt;", text, StringComparison.Ordinal);
        // The configuration holds a fence of three: its own is longer.
        Assert.Contains("````yaml\n```\n", text, StringComparison.Ordinal);
    }
}
