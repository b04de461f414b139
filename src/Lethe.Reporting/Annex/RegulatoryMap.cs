using System.Text.Json;

namespace Lethe.Reporting.Annex;

/// <summary>
/// Which part of the report answers which question of which instrument. A data file with its own version and date, because
/// the texts change more often than the code.
/// </summary>
public sealed record RegulatoryMap
{
    /// <summary>Version of the map.</summary>
    public required string Version { get; init; }

    /// <summary>Date of the map, ISO 8601.</summary>
    public required string Date { get; init; }

    /// <summary>One row an instrument.</summary>
    public required IReadOnlyList<RegulatoryRow> Rows { get; init; }

    /// <summary>The map that this build carries.</summary>
    public static RegulatoryMap Current { get; } = EmbeddedFile.Json<RegulatoryMap>("Annex.regulatory-map.json");
}

/// <summary>One instrument.</summary>
public sealed record RegulatoryRow
{
    /// <summary>Short name.</summary>
    public required string Instrument { get; init; }

    /// <summary>Where it is found.</summary>
    public required string Citation { get; init; }

    /// <summary>What its reader asks.</summary>
    public required string Asks { get; init; }

    /// <summary>Keys of <see cref="Annex.Evidence"/> that answer.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>What a person must add.</summary>
    public required IReadOnlyList<string> PersonAdds { get; init; }

    /// <summary>Words that the row may never print.</summary>
    public required IReadOnlyList<string> NeverPrint { get; init; }
}

/// <summary>Files compiled into the assembly.</summary>
internal static class EmbeddedFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    public static string Text(string name)
    {
        using Stream stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream("Lethe.Reporting." + name)
            ?? throw new InvalidOperationException($"The file '{name}' is not part of this build of Lethe.Reporting.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    public static T Json<T>(string name) => JsonSerializer.Deserialize<T>(Text(name), Options)
        ?? throw new InvalidOperationException($"The file '{name}' is empty.");
}
