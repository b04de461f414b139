namespace Lethe.Reporting.Annex;

/// <summary>Terms and figures in two lines each; a data file.</summary>
public sealed record Glossary
{
    /// <summary>Entries in alphabetical order.</summary>
    public required IReadOnlyList<GlossaryEntry> Entries { get; init; }

    /// <summary>The glossary that this build carries.</summary>
    public static Glossary Current { get; } = EmbeddedFile.Json<Glossary>("Annex.glossary.json");
}

/// <summary>One term.</summary>
/// <param name="Id">Anchor.</param>
/// <param name="Term">The term.</param>
/// <param name="Range">Range and direction, or the kind of term.</param>
/// <param name="Reading">How to read it.</param>
public sealed record GlossaryEntry(string Id, string Term, string Range, string Reading);
