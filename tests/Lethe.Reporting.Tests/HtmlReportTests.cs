using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Lethe.Reporting.Html;
using Lethe.Reporting.Sections;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

public sealed class HtmlReportTests
{
    public static TheoryData<string> Samples => ["full", "full release", "bare", "claim", "claim release"];

    internal static string Html(string sample) => sample switch
    {
        "full" => HtmlReport.Render(SampleDocument.Full(), ReportEdition.Internal),
        "full release" => HtmlReport.Render(SampleDocument.Full(), ReportEdition.Release),
        "bare" => HtmlReport.Render(SampleDocument.Bare(), ReportEdition.Internal),
        "claim" => HtmlReport.Render(SampleDocument.SimulatedWithClaim(), ReportEdition.Internal),
        _ => HtmlReport.Render(SampleDocument.SimulatedWithClaim(), ReportEdition.Release),
    };

    internal static IHtmlDocument Parse(string html) => new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(html);

    [Theory]
    [MemberData(nameof(Samples))]
    public void EverySectionIsPresentInOrder(string sample)
    {
        IHtmlDocument page = Parse(Html(sample));
        string[] headings = [.. page.QuerySelectorAll("main > section > header h2").Select(h => h.TextContent.Trim())];
        Assert.Equal(ReportSections.All.Select(s => s.Title), headings);
        Assert.Equal(ReportSections.All.Select(s => "#" + s.Id), page.QuerySelectorAll("nav a").Select(a => a.GetAttribute("href")));
    }
}
