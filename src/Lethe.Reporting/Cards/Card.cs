using System.Text;
using System.Text.Json;
using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Cards;

/// <summary>A one-page summary that travels with a model or a file.</summary>
/// <param name="Name">File name without extension, e.g. <c>model-card</c>.</param>
/// <param name="Title">Heading.</param>
/// <param name="Parts">Headed lists in order.</param>
public sealed record Card(string Name, string Title, IReadOnlyList<CardPart> Parts)
{
    /// <summary>The card as Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append("# ").Append(Markdown.MarkdownText.Inline(Title)).Append('\n');
        foreach (CardPart part in Parts)
        {
            text.Append("\n## ").Append(Markdown.MarkdownText.Inline(part.Heading)).Append("\n\n");
            foreach (string line in part.Lines.DefaultIfEmpty(Fact.NotStated))
                text.Append("- ").Append(Markdown.MarkdownText.Inline(line)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The card as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RunDocument.JsonOptions);
}

/// <summary>One part of a card.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Lines">One sentence or fact each; empty reads "not stated".</param>
public sealed record CardPart(string Heading, IReadOnlyList<string> Lines);
