using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Import;
using Lethe.Data.Concepts;

namespace Lethe.Data.Tests.Cohorts;

public sealed class ConceptPageTests
{
    private static string Page(string name) => File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", name));

    [Fact]
    public void The_page_lists_every_concept_with_unit_and_range()
    {
        string page = Page("concepts.md");
        foreach (Channel c in ConceptTable.All)
            Assert.Contains(FormattableString.Invariant($"| `{c.Name}` | {c.Title} | {c.Kind.ToString().ToLowerInvariant()} | {c.Unit ?? "–"} | {c.PlausibleRange!.Lower}–{c.PlausibleRange.Upper} | {c.Loinc ?? "–"} |"), page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_lists_every_mimic_item()
    {
        string page = Page("concepts.md");
        foreach (ConceptSource s in ((string[])["mimic-iii", "mimic-iv"]).SelectMany(m => ConceptMap.Load(m).Sources))
            Assert.Contains(s.Source, page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_guide_names_every_source_and_every_definition()
    {
        string page = Page("cohorts.md");
        Assert.All(CohortFormats.All, f => Assert.Contains($"lethe data import {f.Id} ", page, StringComparison.Ordinal));
        Assert.All(CohortYaml.Names, n => Assert.Contains($"`{n}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_definition_in_the_guide_reads()
    {
        string page = Page("cohorts.md");
        int start = page.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        CohortDefinition definition = CohortYaml.Parse(page[start..page.IndexOf("```", start, StringComparison.Ordinal)]);
        Assert.Equal(["heart_rate", "map", "creatinine"], definition.Channels);
    }
}
