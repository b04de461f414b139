namespace Lethe.Reporting.Annex;

/// <summary>Terms and figures in two lines each; a data file.</summary>
public sealed record Glossary
{
    /// <summary>Entries in alphabetical order of their anchors.</summary>
    public required IReadOnlyList<GlossaryEntry> Entries { get; init; }

    /// <summary>The glossary that this build carries.</summary>
    public static Glossary Current { get; } = EmbeddedFile.Json<Glossary>("Annex.glossary.json");

    /// <summary>The entry that explains a figure: the one with the longest beginning of its name; null when there is none.</summary>
    public GlossaryEntry? Explain(string figure) => Entries
        .SelectMany(e => e.Names.Where(n => figure.StartsWith(n, StringComparison.OrdinalIgnoreCase)).Select(n => (Entry: e, n.Length)))
        .OrderByDescending(p => p.Length)
        .Select(p => p.Entry)
        .FirstOrDefault();
}

/// <summary>One term.</summary>
public sealed record GlossaryEntry
{
    /// <summary>Anchor.</summary>
    public required string Id { get; init; }

    /// <summary>The term.</summary>
    public required string Term { get; init; }

    /// <summary>Range and direction, or the kind of term.</summary>
    public required string Range { get; init; }

    /// <summary>How to read it.</summary>
    public required string Reading { get; init; }

    /// <summary>Beginnings of the names of figures that the entry explains.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}
