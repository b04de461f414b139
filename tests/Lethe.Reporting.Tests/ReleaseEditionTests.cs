using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Lethe.Reporting.Editions;
using Lethe.Reporting.Html;
using Lethe.Reporting.Markdown;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

public sealed class ReleaseEditionTests
{
    [Fact]
    public void NoRowsAndNoDistancesRemain()
    {
        RunDocument release = ReleaseEdition.Reduce(SampleDocument.Full());
        Assert.Equal(ReportEdition.Release, release.Edition);
        Assert.Null(release.Fidelity!.Projection);
        Assert.Null(release.Fidelity.Neighbourhoods);
        Assert.Equal(["fidelity.identical-share"], release.Fidelity.Novelty.Select(m => m.Id));
        Assert.Empty(release.Privacy!.Distances);
        Assert.Empty(release.Privacy.DistanceCurves);
        IHtmlDocument page = Pages.Page("full release");
        Assert.Null(page.GetElementById("projection"));
        Assert.Null(page.GetElementById("distance-curves"));
        Assert.NotNull(Pages.Page("full").GetElementById("projection"));
        Assert.NotNull(Pages.Page("full").GetElementById("distance-curves"));
    }

    [Fact]
    public void ExtremesAreGone()
    {
        RunDocument full = SampleDocument.Full(), release = ReleaseEdition.Reduce(full);
        Assert.Contains(full.Fidelity!.Columns[0].Measures, m => m.Id == "column.range.max");
        Assert.DoesNotContain(release.Fidelity!.Columns.SelectMany(c => c.Measures), m => m.Id.Contains("max", StringComparison.Ordinal));
        Assert.All(release.Fidelity.Columns, c => Assert.Null(c.Distribution.Edges));
        // The ends of each numeric column's bins: the smallest and largest patient.
        IHtmlDocument shown = Pages.Page("full release"), whole = Pages.Page("full");
        for (int i = 0; i < full.Fidelity.Columns.Count; i++)
        {
            Distribution d = full.Fidelity.Columns[i].Distribution;
            if (d.Edges is null)
                continue;
            string lowest = d.Labels[0].Split('–')[0], highest = d.Labels[11].Split('–')[1];
            Assert.Contains(d.Labels[11], whole.GetElementById($"column-{i}")!.TextContent, StringComparison.Ordinal);
            string figure = shown.GetElementById($"column-{i}")!.TextContent;
            Assert.DoesNotMatch($@"(?<![\d.]){Regex.Escape(highest)}(?![\d.])", figure);
            Assert.DoesNotMatch($@"below {Regex.Escape(lowest)}(?![\d.])", figure);
        }
    }

    [Fact]
    public void NoCountUnderTenIsLeftInFiguresOrSentences()
    {
        RunDocument release = ReleaseEdition.Reduce(SampleDocument.Full());
        Assert.Contains("fewer than 10 patients", release.Decision.Caveats[2], StringComparison.Ordinal);
        Assert.Contains("fewer than 10 rows without an outcome", release.Data.Exclusions[1], StringComparison.Ordinal);
        Assert.Equal(SuppressedCount.UnderTen, release.Data.Columns.Single(c => c.Name == "st_depression").MissingShare);
        Assert.Equal(SuppressedCount.UnderTen, release.Fairness!.Groups.Single(g => g.Group == "under 40").Holdout);
        Assert.Empty(release.Fairness.Groups.Single(g => g.Group == "under 40").Measures);
        Assert.All(release.Data.Counts.Values, n => Assert.True(n >= 10));
        Assert.Contains("<10", Pages.Parse(HtmlReport.Render(release, ReportEdition.Release)).GetElementById("fairness")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3 synthetic rows repeat a training record exactly and 2 nearly", "fewer than 10 synthetic rows repeat a training record exactly and fewer than 10 nearly")]
    [InlineData("it singles out 4 of 92 training patients", "it singles out fewer than 10 of 92 training patients")]
    [InlineData("7 rows hit training, 5 hit holdout records", "fewer than 10 rows hit training, fewer than 10 hit holdout records")]
    [InlineData("area 0.53124 (0.486–0.577), p = 0.00123, Lethe 0.1.0", "area 0.53 (0.49–0.58), p = 0.001, Lethe 0.1.0")]
    [InlineData("184 patients, 12 rows and 1.5 rows", "184 patients, 12 rows and 1.5 rows")]
    [InlineData("AUC 0.5 with 3 learners at T4; 5 % of rows", "AUC 0.5 with 3 learners at T4; 5 % of rows")]
    public void SmallCountsInSentencesAreWithheld(string sentence, string expected) => Assert.Equal(expected, ReleaseEdition.Sentence(sentence));

    [Fact]
    public void NotesThatHoldASmallNumberGo()
    {
        Measure measure = new() { Id = "x", Name = "x", Value = 0.1, Note = "rests on 4 training records" };
        Assert.Null(ReleaseEdition.Measure(measure).Note);
        Assert.Equal("Gaussian kernel, 0.5 wide, 5 % trimmed.", ReleaseEdition.Measure(measure with { Note = "Gaussian kernel, 0.5 wide, 5 % trimmed." }).Note);
    }

    [Fact]
    public void RatesAreRounded()
    {
        RunDocument release = ReleaseEdition.Reduce(SampleDocument.Full());
        IEnumerable<Measure> measures = release.Fidelity!.Overall.Concat(release.Privacy!.Attacks.SelectMany(a => a.Measures)).Concat(release.Utility!.Learners.SelectMany(l => l.Measures));
        foreach (double value in measures.SelectMany(m => (double?[])[m.Value, m.Reference, m.Interval?.Lower, m.Interval?.Upper]).OfType<double>())
            Assert.True(Math.Round(value, 2) == value || Math.Abs(value) < 0.01, value.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0.004, ReleaseEdition.Rate(0.0042));
        Assert.Equal(226.4, ReleaseEdition.Rate(226.4));
        Assert.Equal(0.91, ReleaseEdition.Rate(0.914));
    }

    [Fact]
    public void CurvesHaveNoStepOfASinglePatient()
    {
        RunDocument full = SampleDocument.Full(), release = ReleaseEdition.Reduce(full);
        Assert.True(full.Privacy!.Attacks[0].Roc[0].X.Count > 300);
        foreach (Series curve in release.Privacy!.Attacks.SelectMany(a => a.Roc).Concat(release.Utility!.Learners.SelectMany(l => l.Roc)))
        {
            Assert.Equal(12, curve.X.Count);
            Assert.All(curve.Y, y => Assert.Equal(Math.Round(y, 2), y));
            Assert.True(curve.Y.Zip(curve.Y.Skip(1)).All(p => p.First <= p.Second));
        }
    }

    [Fact]
    public void TheHashOfTheInputStaysInside()
    {
        string hash = SampleDocument.Full().Provenance.Files.Single(f => f.Role == "input").Sha256;
        Assert.Contains(hash, Pages.Html("full"), StringComparison.Ordinal);
        Assert.DoesNotContain(hash, Pages.Html("full release"), StringComparison.Ordinal);
    }

    [Fact]
    public void ReducingTwiceChangesNothingAndInternalIsRefused()
    {
        RunDocument release = ReleaseEdition.Reduce(SampleDocument.Full());
        Assert.Same(release, ReleaseEdition.Reduce(release));
        Assert.Throws<ArgumentException>(() => HtmlReport.Render(release, ReportEdition.Internal));
        Assert.Throws<ArgumentException>(() => MarkdownReport.Render(release, ReportEdition.Internal));
    }

    [Fact]
    public void TheReleaseDocumentSurvivesItsJson()
    {
        RunDocument release = ReleaseEdition.Reduce(SampleDocument.Full());
        RunDocument back = RunDocument.FromJson(release.ToJson());
        Assert.Equal(ReportEdition.Release, back.Edition);
        Assert.Equal(HtmlReport.Render(release, ReportEdition.Release), HtmlReport.Render(back, ReportEdition.Release));
    }

    [Fact]
    public void CalibrationBinsOfASmallHoldoutAreWithheld()
    {
        RunDocument full = SampleDocument.Full();
        RunDocument small = full with { Data = full.Data with { Counts = new Dictionary<string, int>(full.Data.Counts) { ["holdout"] = 99 } } };
        Assert.NotEmpty(ReleaseEdition.Reduce(full).Utility!.Learners[0].Calibration);
        Assert.Empty(ReleaseEdition.Reduce(small).Utility!.Learners[0].Calibration);
    }
}
