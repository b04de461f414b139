using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Lethe.Data.Codecs;
using Lethe.Data.Simulation.Icu;
using Lethe.Evaluation.TimeSeries;
using Lethe.Evaluation.TimeSeries.Networks;
using Lethe.Evaluation.TimeSeries.Protocols;
using Lethe.Evaluation.TimeSeries.Utility;
using Lethe.Numerics.Randomness;
using Lethe.Reporting.Annex;
using Lethe.Reporting.Editions;
using Lethe.Reporting.Html;
using Lethe.Reporting.Markdown;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

/// <summary>What the evaluation of courses fills in, drawn in both editions, on simulated stays.</summary>
public sealed class SeriesReportTests
{
    private static readonly Lazy<RunDocument> Run = new(Fill);

    [Fact]
    public void EveryFigureOfCoursesIsExplainedInTheGlossary() =>
        Assert.DoesNotContain(Figures(Run.Value).Select(m => m.Name).Distinct(), n => Glossary.Current.Explain(n) is null);

    [Theory]
    [InlineData(ReportEdition.Internal)]
    [InlineData(ReportEdition.Release)]
    public void CoursesAreDrawnInTheSectionOnFidelity(ReportEdition edition)
    {
        string html = HtmlReport.Render(Run.Value, edition);
        Assert.InRange(html.Length, 100_000, 2_000_000);
        using IHtmlDocument page = Pages.Parse(html);
        IElement section = page.GetElementById("fidelity")!;
        Assert.NotNull(section.QuerySelector("#series"));
        foreach (string figure in new[] { "series-observed-real", "series-observed-difference", "series-correlation-difference", "series-lagged-real", "series-course-0", "series-acf-0", "series-values-0", "series-example-synthetic-0" })
            Assert.NotNull(section.QuerySelector("#" + figure));
        Assert.All(page.QuerySelectorAll("svg *"), e => Assert.DoesNotMatch("NaN|Infinity", e.GetAttribute("d") ?? ""));
        string[] ids = [.. page.QuerySelectorAll("[id]").Select(e => e.Id!)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Contains("Missingness error", MarkdownReport.Render(Run.Value, edition), StringComparison.Ordinal);
    }

    [Fact]
    public void TheReleaseEditionShowsNoRealStay()
    {
        SeriesSection s = ReleaseEdition.Reduce(Run.Value).Series!;
        Assert.Null(s.Projection);
        Assert.Null(s.Neighbourhoods);
        Assert.All(s.Examples, e => Assert.Empty(e.Real));
        Assert.All(s.Channels, c => Assert.Null(c.Distribution?.Edges));
        Assert.All(Figures(Run.Value with { Series = s }), m => Assert.True(m.N is null or < 0 or >= 10, m.Id));

        // A share of stays that is shown has ten stays behind it, or all of them.
        foreach (ChannelFidelity c in s.Channels.Where(c => c.Distribution is { Labels.Count: > 1 }))
            Assert.All(c.Distribution!.Real, share => Assert.True((share + 0.006) * c.StaysReal >= 9.5, c.Channel));
        string html = HtmlReport.Render(Run.Value, ReportEdition.Release);
        Assert.DoesNotContain("series-example-real", html, StringComparison.Ordinal);
        Assert.DoesNotContain("series-projection", html, StringComparison.Ordinal);
    }

    private static IEnumerable<Measure> Figures(RunDocument run)
    {
        SeriesSection s = run.Series!;
        return [.. s.Values, .. s.Observation, .. s.Plausibility, .. s.Detection, .. s.Channels.SelectMany(c => c.Measures), .. run.Utility!.Headline, .. run.Utility.Learners.SelectMany(l => l.Measures)];
    }

    private static RunDocument Fill()
    {
        IcuSimulator icu = new(new IcuSimulatorOptions { Hours = 24, Channels = 12 });
        SeriesEvaluationInput input = new()
        {
            Train = icu.Simulate(200, new Seed(1)).Cohort,
            Holdout = icu.Simulate(120, new Seed(2)).Cohort,
            Synthetic = icu.Simulate(200, new Seed(3)).Cohort,
            Grid = new GridOptions { Steps = 24 },
        };
        SeriesEvaluationOutcome outcome = SeriesEvaluator.Evaluate(
            input,
            new SeriesEvaluationOptions
            {
                Repeats = 2,
                MostPoints = 60,
                Discriminative = new DiscriminativeOptions { Hidden = 4, Iterations = 30, BatchPerSide = 16 },
                ContextFid = new Ts2VecOptions { Hidden = 8, Outputs = 12, Depth = 2, Iterations = 10 },
                UtilityOptions = new SeriesUtilityOptions { Resamples = 20, Network = false },
            },
            new Seed(9));
        return SampleDocument.Full() with { Series = outcome.Series, Utility = outcome.Utility };
    }
}
