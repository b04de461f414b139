using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Lethe.Reporting.Annex;
using Lethe.Reporting.Cards;
using Lethe.Reporting.Markdown;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

/// <summary>What may not be said of a file, whoever would like to.</summary>
public sealed partial class WordingTests
{
    public static TheoryData<string> Names => Pages.Names;

    [GeneratedRegex(@"\banonymous\b|\banonymi[sz]ed\b|\bis safe\b|\bare safe\b|\bsafe\b|\bguarante|\bcompliant\b|privacy[- ]preserving|\bfully private\b|\bis private\b|\bare private\b|no privacy risk|\bno risk\b|\bpassed\b|\bcertified\b", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();

    [Theory]
    [MemberData(nameof(Names))]
    public void TheReportNeverCallsAFileByAPromise(string name)
    {
        IHtmlDocument page = Pages.Page(name);
        // Names and citations of instruments are theirs, not ours.
        foreach (IElement element in page.QuerySelectorAll(".instrument > h3, .instrument > .source, .instrument > p").ToArray())
            element.Remove();
        string text = page.Body!.TextContent;
        Match match = Forbidden().Match(text);
        Assert.False(match.Success, match.Success ? text[Math.Max(0, match.Index - 60)..Math.Min(text.Length, match.Index + 60)] : "");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NoRowOfTheRegulatoryMapPrintsWhatItMayNeverPrint(string name)
    {
        string text = Pages.Page(name).Body!.TextContent;
        foreach (string never in RegulatoryMap.Current.Rows.SelectMany(r => r.NeverPrint))
            Assert.DoesNotContain(never, text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void CardsAndMarkdownKeepTheSameRules(string name)
    {
        RunDocument document = Pages.Document(name);
        foreach (Card card in CardDeck.For(document))
            Assert.DoesNotMatch(Forbidden(), card.ToMarkdown());
        string text = MarkdownReport.Render(document, Pages.Edition(name));
        int annex = text.IndexOf("## 11 ", StringComparison.Ordinal), glossary = text.IndexOf("## 12 ", StringComparison.Ordinal);
        Assert.DoesNotMatch(Forbidden(), text[..annex] + text[glossary..]);
    }

    [Fact]
    public void TheStatementOfNoClaimIsOnTheDecisionPage()
    {
        Assert.Contains("No formal claim limits what else can be learnt", Pages.Page("full").GetElementById("decision")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("No formal claim limits", Pages.Page("claim").GetElementById("decision")!.TextContent, StringComparison.Ordinal);
    }
}
