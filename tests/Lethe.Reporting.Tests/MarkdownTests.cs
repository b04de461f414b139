using System.Text.RegularExpressions;
using Lethe.Reporting.Cards;
using Lethe.Reporting.Markdown;
using Lethe.Reporting.Sections;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

public sealed partial class MarkdownTests
{
    public static TheoryData<string> Names => Pages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void SectionsStandInTheFixedOrder(string name)
    {
        string[] headings = [.. MarkdownReport.Render(Pages.Document(name), Pages.Edition(name)).Split('\n').Where(l => l.StartsWith("## ", StringComparison.Ordinal))];
        Assert.Equal(ReportSections.All.Select(s => $"## {s.Number} {s.Title}"), headings);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryTableIsRectangular(string name)
    {
        string[] lines = MarkdownReport.Render(Pages.Document(name), Pages.Edition(name)).Split('\n');
        int width = 0, tables = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('|'))
            {
                width = 0;
                continue;
            }

            int cells = Bars().Count(lines[i]);
            if (width == 0)
            {
                tables++;
                Assert.Matches(@"^(\|-+:?)+\|$", lines[i + 1]);
                width = cells;
            }

            Assert.Equal(width, cells);
        }

        Assert.True(tables >= 2);
    }

    [Fact]
    public void TheSameFiguresAsTheHtmlReport()
    {
        string text = MarkdownReport.Render(SampleDocument.Full());
        foreach (string figure in (string[])["0.842", "[0.781, 0.893]", "0.889", "Is it useful?", "Close to the gate", "not detected by this attack at this power", "20260101"])
            Assert.Contains(figure, text.Replace("\\[", "[", StringComparison.Ordinal).Replace("\\]", "]", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void TheReleaseEditionLeavesTheSamePartsOut()
    {
        string release = MarkdownReport.Render(SampleDocument.Full(), ReportEdition.Release);
        Assert.Contains("Release edition", release, StringComparison.Ordinal);
        Assert.DoesNotContain("Median distance", release, StringComparison.Ordinal);
        Assert.DoesNotContain("PCA", release, StringComparison.Ordinal);
        Assert.Contains("Median distance", MarkdownReport.Render(SampleDocument.Full()), StringComparison.Ordinal);
    }

    [Fact]
    public void CardsHoldWhatTheirReadersExpect()
    {
        IReadOnlyList<Card> cards = CardDeck.For(SampleDocument.SimulatedWithClaim());
        Assert.Equal(["model-card", "data-card", "privacy-card"], cards.Select(c => c.Name));
        Assert.Equal(
            ["Method", "Training data", "Intended use", "Excluded uses", "Performance", "Privacy claim", "Ethical notes", "Licence", "Contact", "How to cite"],
            cards[0].Parts.Select(p => p.Heading));
        string data = cards[1].ToMarkdown(), privacy = cards[2].ToMarkdown();
        Assert.Contains("Synthetic: not for clinical decisions.", data, StringComparison.Ordinal);
        Assert.Contains("9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0", data, StringComparison.Ordinal);
        foreach (string term in (string[])["Unit of privacy", "Neighbouring relation", "Clipping norm", "Noise multiplier", "Poisson", "Random source", "outside the claim", "95.3"])
            Assert.Contains(term, privacy, StringComparison.Ordinal);
        Assert.Contains("\"title\"", cards[2].ToJson(), StringComparison.Ordinal);
        Assert.Contains("no formal claim", CardDeck.For(SampleDocument.Full())[2].ToMarkdown(), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bars();
}
