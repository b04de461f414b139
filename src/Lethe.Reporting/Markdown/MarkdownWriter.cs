using System.Text;
using Lethe.Reporting.Sections;
using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Markdown;

/// <summary>Writes headings, lists and pipe tables with a blank line between blocks.</summary>
internal sealed class MarkdownWriter
{
    private readonly StringBuilder _text = new();

    public void Line(string markdown) => _text.Append(markdown).Append('\n');

    public void Paragraph(string markdown) => _text.Append('\n').Append(markdown).Append('\n');

    public void Section(int number) => _text.Append($"\n## {number} {ReportSections.All[number].Title}\n\n");

    public void Heading(string text) => _text.Append("\n### ").Append(MarkdownText.Inline(text)).Append("\n\n");

    public void Block(string markdown) => _text.Append('\n').Append(markdown);

    public void NotComputed(string because) => Paragraph(MarkdownText.Inline(Phrases.Sentence(Phrases.NotComputed(because))));

    public void Facts(IReadOnlyList<Fact> facts)
    {
        _text.Append('\n');
        foreach (Fact fact in facts)
            Line($"- **{MarkdownText.Inline(fact.Name)}:** {MarkdownText.Inline(fact.Text)}");
    }

    public void List(IReadOnlyList<string> items, string empty)
    {
        if (items.Count == 0)
        {
            if (empty.Length > 0)
                Paragraph(empty);
            return;
        }

        _text.Append('\n');
        foreach (string item in items)
            Line("- " + MarkdownText.Inline(item));
    }

    public void Measures(string caption, IReadOnlyList<Measure> measures, string because = "it was not part of this run")
    {
        if (measures.Count == 0)
        {
            NotComputed(because);
            return;
        }

        Table(MeasureTables.Of(caption, measures));
        List(MeasureTables.Notes(measures), "");
    }

    public void Table(TextTable table)
    {
        Paragraph($"*{MarkdownText.Inline(table.Caption)}*");
        _text.Append('\n');
        Line("| " + string.Join(" | ", table.Columns.Select(c => MarkdownText.Inline(c.Title))) + " |");
        Line("|" + string.Join("|", table.Columns.Select(c => c.Numeric ? "---:" : "---")) + "|");
        foreach (IReadOnlyList<string> row in table.Rows)
            Line("| " + string.Join(" | ", row.Select(MarkdownText.Inline)) + " |");
    }

    public override string ToString() => _text.ToString();
}
