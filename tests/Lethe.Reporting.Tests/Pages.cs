using System.Collections.Concurrent;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Lethe.Reporting.Html;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

/// <summary>The rendered samples by name.</summary>
internal static class Pages
{
    public static TheoryData<string> Names => ["full", "full release", "bare", "bare release", "claim", "claim release"];

    public static RunDocument Document(string name) => name.Split(' ')[0] switch
    {
        "full" => SampleDocument.Full(),
        "claim" => SampleDocument.SimulatedWithClaim(),
        _ => SampleDocument.Bare(),
    };

    public static ReportEdition Edition(string name) => name.EndsWith("release", StringComparison.Ordinal) ? ReportEdition.Release : ReportEdition.Internal;

    private static readonly ConcurrentDictionary<string, string> Rendered = new();

    public static string Html(string name) => Rendered.GetOrAdd(name, n => HtmlReport.Render(Document(n), Edition(n)));

    /// <summary>Parses strictly: anything that is not well-formed HTML throws.</summary>
    public static IHtmlDocument Parse(string html) => new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(html);

    public static IHtmlDocument Page(string name) => Parse(Html(name));
}
