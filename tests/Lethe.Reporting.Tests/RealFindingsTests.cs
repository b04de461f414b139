using AngleSharp.Html.Dom;
using Lethe.Audit;
using Lethe.Data.Simulation.HeartClinic;
using Lethe.Data.Tables;
using Lethe.Evaluation;
using Lethe.Evaluation.Utility;
using Lethe.Numerics.Randomness;
using Lethe.Reporting.Annex;
using Lethe.Reporting.Editions;
using Lethe.Reporting.Html;
using Lethe.Reporting.Markdown;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

/// <summary>What evaluation and audit really fill in, on simulated patients with fresh ones as release.</summary>
public sealed class RealFindingsTests
{
    private static readonly Lazy<RunDocument> Run = new(Fill);

    [Fact]
    public void EveryFigureIsExplainedInTheGlossary()
    {
        string[] unexplained = [.. Measures(Run.Value).Select(m => m.Name).Distinct().Where(n => Glossary.Current.Explain(n) is null)];
        Assert.Empty(unexplained);
    }

    [Theory]
    [InlineData(ReportEdition.Internal)]
    [InlineData(ReportEdition.Release)]
    public void TheReportIsWellFormedAndSmall(ReportEdition edition)
    {
        string html = HtmlReport.Render(Run.Value, edition);
        Assert.InRange(html.Length, 100_000, 1_000_000);
        using IHtmlDocument page = Pages.Parse(html);
        Assert.Equal(13, page.QuerySelectorAll("main > section").Length);
        Assert.True(page.QuerySelectorAll("svg").Length > 20);
        Assert.All(page.QuerySelectorAll("svg *"), e => Assert.DoesNotMatch("NaN|Infinity", e.GetAttribute("d") ?? ""));
        Assert.NotEmpty(MarkdownReport.Render(Run.Value, edition));
    }

    [Fact]
    public void TheReleaseEditionOfRealFindingsHoldsNoDistancesRowsOrSmallCells()
    {
        RunDocument release = ReleaseEdition.Reduce(Run.Value);
        Assert.Null(release.Fidelity!.Projection);
        Assert.Null(release.Fidelity.Neighbourhoods);
        Assert.Empty(release.Privacy!.DistanceCurves);
        Assert.DoesNotContain(Measures(release), m => m.Id.Contains("dcr", StringComparison.Ordinal) || m.Id.Contains("nndr", StringComparison.Ordinal) || m.Id.Contains("nnaa", StringComparison.Ordinal));
        Assert.All(release.Utility!.Learners, l => Assert.All(l.Tstr!.Confusion.SelectMany(r => r), n => Assert.True(n is < 0 or >= 10)));
        Assert.All(Measures(release), m => Assert.True(m.N is null or < 0 or >= 10, m.Id));
        Assert.All(release.Fidelity.Columns, c => Assert.Null(c.Distribution.Edges));
    }

    private static IEnumerable<Measure> Measures(RunDocument run) =>
    [
        .. run.Fidelity!.Overall, .. run.Fidelity.Columns.SelectMany(c => c.Measures), .. run.Fidelity.WorstPairs, .. run.Fidelity.Detection, .. run.Fidelity.Plausibility,
        .. run.Fidelity.Novelty, .. run.Utility!.Headline, .. run.Utility.Agreement, .. run.Utility.Learners.SelectMany(l => l.Measures),
        .. run.Privacy!.Attacks.SelectMany(a => a.Measures), .. run.Privacy.Copies, .. run.Privacy.Distances, .. run.Privacy.Exposed, .. run.Privacy.Controls.Select(c => c.Figure),
    ];

    private static RunDocument Fill()
    {
        Table population = HeartClinicSimulator.Simulate(600, new Seed(3));
        Table Part(int start, int count) => population.Take([.. Enumerable.Range(start, count)]);
        Table train = Part(0, 200), holdout = Part(200, 140), synthetic = Part(340, 160), reference = Part(500, 100);
        EvaluationOutcome evaluation = Evaluator.Evaluate(new EvaluationInput
        {
            Train = train,
            Holdout = holdout,
            Synthetic = synthetic,
            Seed = new Seed(3),
            UtilityOptions = new UtilityOptions { Learners = [Learner.All[0]], Resamples = 200 },
        });
        return SampleDocument.Full() with
        {
            Fidelity = evaluation.Fidelity,
            Utility = evaluation.Utility,
            Privacy = Auditor.Audit(new AuditData(train, synthetic, holdout, reference), new AuditOptions { Seed = new Seed(3) }).Section,
            Data = SampleDocument.Full().Data with { Counts = new Dictionary<string, int> { ["train"] = 200, ["holdout"] = 140, ["reference"] = 100, ["synthetic"] = 160 } },
        };
    }
}
