using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lethe.Results;

/// <summary>
/// All that a run found, as data: <c>results.json</c>. The HTML report, Markdown, console table and studio draw this and
/// nothing else.
/// </summary>
public sealed record RunDocument
{
    /// <summary>Version of the document format that this build writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the document format.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>How much the document shows; a document as computed is internal.</summary>
    public ReportEdition Edition { get; init; } = ReportEdition.Internal;

    /// <summary>Title of the run.</summary>
    public required string Title { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>The decision page.</summary>
    public required DecisionSection Decision { get; init; }

    /// <summary>Purpose, recipient and controls as the user stated them; null when nothing was stated.</summary>
    public ContextSection? Context { get; init; }

    /// <summary>The source data.</summary>
    public required DataSection Data { get; init; }

    /// <summary>The source as a cohort of stays with their course over time; null for plain tables.</summary>
    public CohortSummary? Cohort { get; init; }

    /// <summary>How the synthetic data were made.</summary>
    public required MethodSection Method { get; init; }

    /// <summary>What the formal claim rests on; null without a claim.</summary>
    public PrivacyCard? FormalPrivacy { get; init; }

    /// <summary>Fidelity; null when not asked for.</summary>
    public FidelitySection? Fidelity { get; init; }

    /// <summary>Fidelity of courses over time; null for plain tables.</summary>
    public SeriesSection? Series { get; init; }

    /// <summary>Utility; null without a target.</summary>
    public UtilitySection? Utility { get; init; }

    /// <summary>Fairness and representativeness; null when not asked for.</summary>
    public FairnessSection? Fairness { get; init; }

    /// <summary>Empirical privacy; null when not asked for.</summary>
    public PrivacySection? Privacy { get; init; }

    /// <summary>Known weaknesses and what was not tested.</summary>
    public IReadOnlyList<string> Limitations { get; init; } = [];

    /// <summary>The resolved configuration as YAML.</summary>
    public string? Configuration { get; init; }

    /// <summary>Settings of the JSON form: camel case, enums as words, no nulls, NaN refused.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The JSON text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonOptions);

    /// <summary>Reads a document back.</summary>
    /// <exception cref="JsonException">The text is not a document, or of a newer format than this build knows.</exception>
    public static RunDocument FromJson(string json)
    {
        RunDocument document = JsonSerializer.Deserialize<RunDocument>(json, JsonOptions) ?? throw new JsonException("The result document is empty.");
        return document.Format <= CurrentFormat
            ? document
            : throw new JsonException($"The result document has format {document.Format}; this build reads up to {CurrentFormat}. Use a newer Lethe.");
    }
}
