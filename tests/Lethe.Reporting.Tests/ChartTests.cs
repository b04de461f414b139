using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Lethe.Reporting.Html;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

public sealed partial class ChartTests
{
    public static TheoryData<string> Names => ["full", "full release", "claim", "claim release"];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryDrawingHasATitleAndItsNumbersAsATable(string name)
    {
        IHtmlDocument page = Pages.Page(name);
        IHtmlCollection<IElement> drawings = page.QuerySelectorAll("svg");
        Assert.True(drawings.Length >= 25, $"only {drawings.Length} drawings");
        foreach (IElement svg in drawings)
        {
            Assert.Equal("img", svg.GetAttribute("role"));
            Assert.Equal("title", svg.FirstElementChild!.LocalName);
            Assert.NotEqual("", svg.FirstElementChild.TextContent.Trim());
            Assert.StartsWith(svg.FirstElementChild.Id!, svg.GetAttribute("aria-labelledby"), StringComparison.Ordinal);
            IElement numbers = page.GetElementById(svg.GetAttribute("aria-details")!)!;
            Assert.NotEmpty(numbers.QuerySelectorAll("table tbody tr"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryFigureHasASentenceOfReading(string name)
    {
        foreach (IElement figure in Pages.Page(name).QuerySelectorAll("figure"))
        {
            string reading = figure.QuerySelector(".reading")!.TextContent;
            Assert.EndsWith(".", reading, StringComparison.Ordinal);
            Assert.NotEmpty(figure.QuerySelectorAll("svg desc"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryMarkLiesInsideItsDrawing(string name)
    {
        foreach (IElement svg in Pages.Page(name).QuerySelectorAll("svg"))
        {
            double[] box = [.. svg.GetAttribute("viewBox")!.Split(' ').Select(Parse)];
            foreach (IElement mark in svg.QuerySelectorAll("*"))
            {
                foreach ((string attribute, double limit) in ((string, double)[])[("x", box[2]), ("x1", box[2]), ("x2", box[2]), ("y", box[3]), ("y1", box[3]), ("y2", box[3])])
                {
                    if (mark.GetAttribute(attribute) is { } value)
                        Assert.InRange(Parse(value), -0.01, limit + 0.01);
                }

                foreach (Match move in AbsoluteMove().Matches(mark.GetAttribute("d") ?? ""))
                {
                    Assert.InRange(Parse(move.Groups[1].Value), -0.01, box[2] + 0.01);
                    Assert.InRange(Parse(move.Groups[2].Value), -0.01, box[3] + 0.01);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NoCoordinateIsBroken(string name)
    {
        foreach (IElement mark in Pages.Page(name).QuerySelectorAll("svg *"))
        {
            foreach (IAttr attribute in mark.Attributes.Where(a => a.Name is "d" or "x" or "y" or "x1" or "x2" or "y1" or "y2" or "width" or "height" or "fill-opacity"))
                Assert.DoesNotMatch("NaN|∞|Infinity|E|e", attribute.Value);
        }
    }

    [Fact]
    public void TonesDifferInMoreThanColour()
    {
        // Real bars are filled boxes, synthetic and holdout are step lines with different dashes.
        IElement histogram = Pages.Page("full").GetElementById("column-0")!;
        Assert.NotNull(histogram.QuerySelector("path.area.real"));
        Assert.NotNull(histogram.QuerySelector("path.line.synthetic"));
        Assert.NotNull(histogram.QuerySelector("path.line.holdout"));
        string css = ReportStyles.Charts;
        string[] dashes = [.. Dashes().Matches(css).Select(m => m.Groups[1].Value)];
        Assert.Equal(4, dashes.Distinct().Count());
    }

    [Fact]
    public void LowFalseAlarmsAreDrawnForTheAttackThatFindsMostThere()
    {
        IElement figure = Pages.Page("full").GetElementById("low-membership")!;
        Assert.Matches(@"^While 1\u00a0% of the non-members are accused, .+% of the members are found; blind guessing finds 1\u00a0%\.$", figure.QuerySelector(".reading")!.TextContent);
        Assert.Equal(["100\u00a0%", "10\u00a0%", "1\u00a0%", "0.1\u00a0%"], figure.QuerySelectorAll("svg .tick").Where(t => t.GetAttribute("text-anchor") == "end").Select(t => t.TextContent));
        // Curves of the release edition are read at fixed rates and have no low end.
        Assert.Null(Pages.Page("full release").GetElementById("low-membership"));
    }

    [Fact]
    public void MissingValuesOfANumericColumnHaveABarOfTheirOwn()
    {
        IElement histogram = Pages.Page("full").GetElementById("column-5")!;
        Assert.Contains(histogram.QuerySelectorAll("svg text"), t => t.TextContent == "missing");
        Assert.Contains(histogram.QuerySelectorAll("tbody th"), t => t.TextContent == "missing");
    }

    [Fact]
    public void BarsOfAHistogramAreAsHighAsTheirShares()
    {
        Distribution shares = new() { Labels = ["a", "b", "c"], Edges = [0, 1, 2, 3], Real = [0.1, 0.4, 0.5], Synthetic = [0.2, 0.3, 0.5] };
        RunDocument document = SampleDocument.Full();
        document = document with { Fidelity = document.Fidelity! with { Columns = [new ColumnFidelity("x", "continuous", [], shares)] } };
        IElement figure = Pages.Parse(HtmlReport.Render(document, ReportEdition.Internal)).GetElementById("column-0")!;
        double[] heights = [.. BoxHeight().Matches(figure.QuerySelector("path.area.real")!.GetAttribute("d")!).Select(m => Parse(m.Groups[1].Value))];
        Assert.Equal(3, heights.Length);
        Assert.Equal(4, heights[1] / heights[0], 2);
        Assert.Equal(5, heights[2] / heights[0], 2);
    }

    [Fact]
    public void DegenerateDataAreDrawnWithoutFailing()
    {
        RunDocument document = SampleDocument.Full();
        Distribution point = new() { Labels = ["all"], Edges = [3, 3], Real = [1], Synthetic = [1] };
        Distribution nothing = new() { Labels = [], Real = [], Synthetic = [] };
        document = document with
        {
            Fidelity = document.Fidelity! with
            {
                Columns = [new ColumnFidelity("constant", "continuous", [], point), new ColumnFidelity("empty", "categorical", [], nothing)],
                Associations = new AssociationMatrices(["one", "two"], "Pearson", [[1, null], [null, 1]], [[1, null], [null, 1]]),
                Projection = new Projection("PCA", new Series("real", [1], [1]), new Series("synthetic", [1], [1])),
            },
            Method = document.Method with { Training = [new Series("flat", [0, 1, 2], [5, 5, 5]), new Series("single", [0], [1])] },
            Privacy = document.Privacy! with { DistanceCurves = [new Series("none", [], [])] },
        };
        IHtmlDocument page = Pages.Parse(HtmlReport.Render(document, ReportEdition.Internal));
        Assert.All(page.QuerySelectorAll("svg path"), p => Assert.DoesNotMatch("NaN|∞", p.GetAttribute("d") ?? ""));
        Assert.NotNull(page.GetElementById("training"));
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[ML](-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex AbsoluteMove();

    [GeneratedRegex(@"h[\d.]+v([\d.]+)h")]
    private static partial Regex BoxHeight();

    [GeneratedRegex(@"svg \.line\.(?:synthetic|holdout|fourth|fifth) \{ stroke-dasharray: ([^;]+);")]
    private static partial Regex Dashes();
}
