using Lethe.Reporting.Annex;

namespace Lethe.Reporting.Tests;

public sealed class AnnexTests
{
    public static TheoryData<string> Names => Pages.Names;

    [Fact]
    public void TheMapNamesItsVersionDateAndEveryInstrument()
    {
        RegulatoryMap map = RegulatoryMap.Current;
        Assert.Matches(@"^\d+\.\d+$", map.Version);
        Assert.True(DateOnly.TryParse(map.Date, out _));
        foreach (string instrument in (string[])["recital 26", "WP216", "164.514(b)(1)", "164.514(b)(2)", "Policy 0070", "2025/327", "27559:2022", "20889:2018", "800-226", "Five Safes", "register"])
            Assert.Contains(map.Rows, r => $"{r.Instrument} {r.Citation}".Contains(instrument, StringComparison.OrdinalIgnoreCase));
        Assert.All(map.Rows, r => Assert.NotEmpty(r.PersonAdds));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryPieceOfEvidenceIsASentenceOfThisRun(string name)
    {
        foreach (string key in RegulatoryMap.Current.Rows.SelectMany(r => r.Evidence).Distinct())
        {
            EvidenceLine line = Evidence.Line(key, Pages.Document(name));
            Assert.EndsWith(".", line.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("..", line.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void UnknownEvidenceIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Evidence.Line("palm-reading", SampleDocument.Bare()));

    [Fact]
    public void AMembershipFigureIsNeverComparedWithTheReidentificationThreshold()
    {
        RegulatoryRow row = RegulatoryMap.Current.Rows.Single(r => r.Instrument.Contains("0070", StringComparison.Ordinal));
        Assert.DoesNotContain("membership", row.Evidence);
        Assert.Contains("another quantity", Evidence.Line("identity-disclosure", SampleDocument.Full()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void TheGlossaryIsOrderedUniqueAndShort()
    {
        IReadOnlyList<GlossaryEntry> entries = Glossary.Current.Entries;
        Assert.True(entries.Count >= 70);
        Assert.Equal(entries.Count, entries.Select(e => e.Id).Distinct().Count());
        Assert.Equal(entries.Select(e => e.Id).Order(StringComparer.Ordinal), entries.Select(e => e.Id));
        // Two lines: one for range and direction, one for the reading.
        Assert.All(entries, e => Assert.InRange(e.Reading.Length, 20, 210));
        Assert.All(entries, e => Assert.InRange(e.Range.Length, 4, 60));
        string[] names = [.. entries.SelectMany(e => e.Names)];
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData("AUROC, trained on synthetic minus trained on real", "auroc")]
    [InlineData("AUC", "area-under-the-roc-curve-of-an-attack")]
    [InlineData("Accuracy at Youden's threshold of the training table", "youden-s-threshold")]
    [InlineData("Accuracy", "accuracy")]
    [InlineData("Members found at 1 % false alarms", "members-found-at-few-false-alarms")]
    [InlineData("Coverage of training rows", "coverage")]
    public void AFigureIsExplainedByTheLongestBeginningOfItsName(string figure, string entry) => Assert.Equal(entry, Glossary.Current.Explain(figure)!.Id);

    [Fact]
    public void AnUnknownFigureHasNoEntry() => Assert.Null(Glossary.Current.Explain("Luck"));

    [Theory]
    [MemberData(nameof(Names))]
    public void NamesOfFiguresLeadIntoTheGlossary(string name)
    {
        using AngleSharp.Html.Dom.IHtmlDocument page = Pages.Page(name);
        foreach (AngleSharp.Dom.IElement link in page.QuerySelectorAll("a.term"))
            Assert.Equal("dt", page.GetElementById(link.GetAttribute("href")![1..])!.FirstElementChild!.LocalName);
        Assert.Equal(name.StartsWith("bare", StringComparison.Ordinal), page.QuerySelector("a.term") is null);
    }
}
