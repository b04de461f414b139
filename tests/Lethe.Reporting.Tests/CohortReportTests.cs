using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Lethe.Reporting.Editions;
using Lethe.Reporting.Html;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

public sealed class CohortReportTests
{
    [Theory]
    [InlineData(ReportEdition.Internal)]
    [InlineData(ReportEdition.Release)]
    public void ACohortStandsAloneAsAPageOfItsOwn(ReportEdition edition)
    {
        IHtmlDocument page = Pages.Parse(HtmlReport.Render(SampleDocument.Ward(), edition));
        Assert.Empty(page.QuerySelectorAll("script, img, iframe"));
        Assert.Equal("invented ward", page.QuerySelector("h1")!.TextContent);
        Assert.NotNull(page.GetElementById("cohort-observed"));
        Assert.NotNull(page.GetElementById("cohort-autocorrelation"));
        Assert.Equal(3, page.QuerySelectorAll("figure[id^=cohort-course]").Length);
        Assert.All(page.QuerySelectorAll("svg"), svg => Assert.NotEmpty(page.GetElementById(svg.GetAttribute("aria-details")!)!.QuerySelectorAll("tbody tr")));
        Assert.Contains(edition == ReportEdition.Release ? "Release edition" : "Internal edition", page.QuerySelector(".edition-chip")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunShowsItsCohortInTheSectionOnSourceData()
    {
        IElement section = Pages.Page("claim").GetElementById("source-data")!;
        Assert.NotNull(section.QuerySelector("#cohort-observed"));
        Assert.Contains(section.QuerySelectorAll("caption"), c => c.TextContent.StartsWith("Table 1", StringComparison.Ordinal));
    }

    [Fact]
    public void TheLineBreaksWhereTooFewWereMeasured()
    {
        CohortSummary ward = SampleDocument.Ward();
        ChannelSummary gap = ward.Channels[0] with { MedianByHour = [.. ward.Channels[0].MedianByHour.Select((m, t) => t is 10 or 11 ? null : m)] };
        IElement figure = Pages.Parse(HtmlReport.Render(ward with { Channels = [gap] }, ReportEdition.Internal)).GetElementById("cohort-course-0")!;
        Assert.Equal(2, figure.QuerySelectorAll("path.line.real").Length);
        Assert.Equal(2, figure.QuerySelectorAll("path.band").Length);
    }

    [Fact]
    public void SmallCellsOfTableOneDoNotFollowFromTotals()
    {
        CohortSummary release = CohortReduction.Reduce(SampleDocument.Ward());
        IReadOnlyList<string> Cells(string label) => release.TableOne.Single(r => r.Label == label).Cells;
        // Nothing small: shown whole.
        Assert.Equal(["181 (43.1 %)", "158 (43.8 %)", "23 (39.0 %)"], Cells("sex = female"));
        // Small in one group: the groups are withheld, all stays are shown.
        Assert.Equal(["14 (3.3 %)", "withheld", "<10"], Cells("unit = burns"));
        Assert.Equal(["102 (24.3 %)", "withheld", "withheld"], Cells("unit = surgical"));
        // Small among all stays, and alone: a second level goes with it.
        Assert.Equal(["<10", "<10", "<10"], Cells("device = pump"));
        Assert.Equal(["withheld", "withheld", "withheld"], Cells("device = mask"));
        Assert.Equal("300 (71.4 %)", Cells("device = none")[0]);
        Assert.Equal(SuppressedCount.UnderTen, release.TableOne.Single(r => r.Label == "unit = burns").Missing);
        Assert.Equal(SuppressedCount.UnderTen, release.LeftOut.Single(l => l.Key == "time before admission").Value);
    }

    [Fact]
    public void OuterQuantilesOfFewReadingsGo()
    {
        CohortSummary ward = SampleDocument.Ward();
        CohortSummary few = ward with { Channels = [ward.Channels[0] with { Readings = 150 }, ward.Channels[1]] };
        CohortSummary release = CohortReduction.Reduce(few);
        Assert.Empty(release.Channels[0].Quantiles);
        Assert.Equal(5, release.Channels[1].Quantiles.Count);
    }
}
