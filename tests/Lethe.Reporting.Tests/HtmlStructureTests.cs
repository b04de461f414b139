using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Lethe.Reporting.Html;
using Lethe.Reporting.Sections;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

public sealed class HtmlStructureTests
{
    public static TheoryData<string> Names => Pages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void EverySectionIsPresentInTheFixedOrder(string name)
    {
        string[] expected =
        [
            "Decision page", "Context", "Source data", "Method", "Formal privacy", "Empirical privacy", "Fidelity", "Utility",
            "Fairness and representativeness", "Limitations", "Reproduction", "Regulatory annex", "Glossary",
        ];
        IHtmlDocument page = Pages.Page(name);
        Assert.Equal(expected, page.QuerySelectorAll("main > section h2").Select(h => h.TextContent.Trim()));
        Assert.Equal(Enumerable.Range(0, 13).Select(i => i.ToString(CultureInfo.InvariantCulture)), page.QuerySelectorAll("main > section > header .number").Select(n => n.TextContent));
        Assert.Equal(expected, page.QuerySelectorAll("nav li a").Select(a => a.TextContent[a.QuerySelector(".n")!.TextContent.Length..]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingIsLoadedAndNothingRuns(string name)
    {
        IHtmlDocument page = Pages.Page(name);
        Assert.Empty(page.QuerySelectorAll("script, iframe, object, embed, form, img, video, audio, base, svg use, svg image, svg foreignObject"));
        foreach (IElement element in page.All)
        {
            Assert.DoesNotContain(element.Attributes, a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
            foreach (string attribute in (string[])["href", "src", "srcset", "xlink:href", "action", "poster"])
            {
                if (element.GetAttribute(attribute) is { } target)
                    Assert.Matches("^(#[a-z0-9-]+|data:,)$", target);
            }
        }

        string css = string.Concat(page.QuerySelectorAll("style").Select(s => s.TextContent));
        Assert.DoesNotContain("url(", css, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", css, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@font-face", css, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", page.QuerySelector("meta[http-equiv]")!.GetAttribute("content"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryReferenceInsideThePageResolves(string name)
    {
        IHtmlDocument page = Pages.Page(name);
        string[] ids = [.. page.All.Select(e => e.Id).OfType<string>().Where(id => id.Length > 0)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        foreach (IElement element in page.All)
        {
            if (element.GetAttribute("href") is ['#', .. var anchor])
                Assert.Contains(anchor, ids);
            foreach (string attribute in (string[])["aria-labelledby", "aria-details"])
            {
                foreach (string id in (element.GetAttribute(attribute) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    Assert.Contains(id, ids);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void HeadingsStepDownOneLevelAtATime(string name)
    {
        int[] levels = [.. Pages.Page(name).QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(h => h.LocalName[1] - '0')];
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, 1);
        for (int i = 1; i < levels.Length; i++)
            Assert.True(levels[i] <= levels[i - 1] + 1, $"heading {i} jumps from level {levels[i - 1]} to {levels[i]}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryTableIsNamedAndRectangular(string name)
    {
        foreach (IElement table in Pages.Page(name).QuerySelectorAll("table"))
        {
            string caption = table.QuerySelector("caption")!.TextContent.Trim();
            Assert.NotEqual("", caption);
            int columns = table.QuerySelectorAll("thead th").Length;
            Assert.All(table.QuerySelectorAll("tbody tr"), row => Assert.Equal(columns, row.ChildElementCount));
            Assert.All(table.QuerySelectorAll("tbody tr"), row => Assert.Equal("row", row.FirstElementChild!.GetAttribute("scope")));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheEditionStandsOnEverySectionAndEveryPrintedPage(string name)
    {
        IHtmlDocument page = Pages.Page(name);
        string edition = Pages.Edition(name) == ReportEdition.Release ? "Release edition" : "Internal edition";
        Assert.All(page.QuerySelectorAll("main > section > header .edition"), e => Assert.Equal(edition, e.TextContent));
        Assert.Contains($"@bottom-left {{ content: \"{edition}\"; }}", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(edition, page.Title!, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingSectionSaysWhyAndShowsNoFigure()
    {
        IHtmlDocument page = Pages.Page("bare");
        foreach (string id in (string[])["formal-privacy", "empirical-privacy", "fidelity", "utility", "fairness"])
        {
            IElement section = page.GetElementById(id)!;
            Assert.StartsWith("Not computed, because ", section.QuerySelector(".not-computed")!.TextContent, StringComparison.Ordinal);
            Assert.Empty(section.QuerySelectorAll("svg"));
        }
    }

    [Fact]
    public void AMeasureWithoutAValueSaysWhyAndIsNeverZero()
    {
        IElement fidelity = Pages.Page("full").GetElementById("fidelity")!;
        IElement row = fidelity.QuerySelectorAll("tbody tr").Single(r => r.FirstElementChild!.TextContent == "Hellinger distance of copulas");
        Assert.Equal("not computed", row.Children[1].TextContent);
        Assert.Contains("Hellinger distance of copulas: not computed, because one category has a single level in the holdout.", fidelity.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDecisionPageAnswersThreeQuestionsAndLeavesTheDecisionToAPerson()
    {
        IElement decision = Pages.Page("full").GetElementById("decision")!;
        IHtmlCollection<IElement> cards = decision.QuerySelectorAll("article.answer");
        Assert.Equal(3, cards.Length);
        Assert.Equal(["Gate met", "Close to the gate", "Not decided"], cards.Select(c => c.QuerySelector(".status")!.TextContent.Trim()[2..]));
        Assert.Equal(["●", "▲", "○"], cards.Select(c => c.QuerySelector(".status-mark")!.TextContent));
        Assert.Contains("0.842", cards[1].QuerySelector(".key-value")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("[0.781, 0.893]", cards[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("0.889 [0.836, 0.928]", cards[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(3, decision.QuerySelectorAll(".caveats li").Length);
        Assert.Contains("No formal privacy claim", decision.QuerySelector(".claim")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, decision.QuerySelectorAll(".boxes li").Length);
        Assert.Contains("Signature", decision.QuerySelector(".signature")!.TextContent, StringComparison.Ordinal);
        foreach (string question in (string[])["What may leave", "To whom", "Remaining risk", "Not tested"])
            Assert.Contains(decision.QuerySelectorAll("dt"), dt => dt.TextContent == question);
    }

    [Theory]
    [InlineData("claim", true)]
    [InlineData("claim release", true)]
    [InlineData("full", false)]
    public void SimulatedSourceDataAreNamedOnTheCoverAndTheDecisionPage(string name, bool simulated)
    {
        IHtmlDocument page = Pages.Page(name);
        Assert.Equal(simulated, page.GetElementById("decision")!.TextContent.Contains("Simulated source data", StringComparison.Ordinal));
        Assert.Equal(simulated, page.QuerySelector(".cover")!.TextContent.Contains("no real patient is behind this run", StringComparison.Ordinal));
    }

    [Fact]
    public void AttacksStandBesideBlindGuessing()
    {
        IElement section = Pages.Page("full").GetElementById("empirical-privacy")!;
        IElement table = section.QuerySelectorAll("table").First(t => t.QuerySelector("caption")!.TextContent.StartsWith("Attacks beside blind guessing", StringComparison.Ordinal));
        Assert.Equal(["Blind guessing", "", "0.5", "0.1", "0.01", ""], table.QuerySelector("tbody tr")!.Children.Select(c => c.TextContent));
        Assert.Contains("not detected by this attack at this power", section.TextContent, StringComparison.Ordinal);
        Assert.Contains("diagnosis only", section.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void RenderingIsRepeatable() => Assert.Equal(HtmlReport.Render(SampleDocument.Full(), ReportEdition.Internal), HtmlReport.Render(SampleDocument.Full(), ReportEdition.Internal));

    [Fact]
    public void ADocumentReadBackFromJsonGivesTheSameReport()
    {
        RunDocument document = SampleDocument.SimulatedWithClaim();
        Assert.Equal(HtmlReport.Render(document, ReportEdition.Internal), HtmlReport.Render(RunDocument.FromJson(document.ToJson()), ReportEdition.Internal));
    }

    [Fact]
    public void TheNumberOfSectionsIsThirteen() => Assert.Equal(Enumerable.Range(0, 13), ReportSections.All.Select(s => s.Number));
}
