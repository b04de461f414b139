using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lethe.Data.Schemas;

/// <summary>
/// A schema as JSON, exactly: for model files and anything a program reads back. People edit the YAML form. The same
/// schema always gives the same text.
/// </summary>
public static class SchemaJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        IgnoreReadOnlyProperties = true,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>The schema as indented UTF-8 text with line feeds.</summary>
    public static byte[] Write(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return JsonSerializer.SerializeToUtf8Bytes(new Document
        {
            LetheSchema = Schema.FormatVersion,
            Name = schema.Name,
            Source = schema.Source,
            Licence = schema.Licence,
            Columns = schema.Columns,
        }, Format);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, validating everything.</summary>
    /// <exception cref="InvalidDataException">Not JSON, an unknown or missing key, another format version, or a column that contradicts itself.</exception>
    public static Schema Read(ReadOnlySpan<byte> utf8)
    {
        Document document;
        try
        {
            document = JsonSerializer.Deserialize<Document>(utf8, Format) ?? throw Invalid("it is null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The schema does not validate at '{e.Path}' (line {e.LineNumber + 1}).", e);
        }

        if (document.LetheSchema != Schema.FormatVersion)
            throw Invalid($"its format version is {document.LetheSchema}, this build reads version {Schema.FormatVersion}; use a Lethe of the version that wrote it");
        foreach (ColumnSchema column in document.Columns)
        {
            if (Fault(column) is { } fault)
                throw Invalid($"column '{column.Name}' {fault}");
        }

        try
        {
            return new Schema(document.Columns, document.Name, document.Source, document.Licence);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The schema does not validate: {e.Message}", e);
        }
    }

    private static string? Fault(ColumnSchema c) => c switch
    {
        { Name.Length: 0 } => "has no name",
        { Decimals: < 0 or > 15 } => "has decimals outside 0–15",
        { Step: { } step } when !(step > 0 && double.IsFinite(step)) => "has a step that is not positive",
        { Bounds: { } b } when !(b.Lower <= b.Upper) => "has bounds in the wrong order",
        { Bounds: not null } when !c.IsNumeric => "has bounds but holds no numbers",
        { Categories.Count: > 0 } when !c.IsDiscrete => "has levels but is not discrete",
        _ when c.Categories.Distinct(StringComparer.Ordinal).Count() != c.Categories.Count => "names a level twice",
        _ => null,
    };

    private static InvalidDataException Invalid(string what) => new($"The schema does not validate: {what}.");

    private sealed record Document
    {
        public required int LetheSchema { get; init; }

        public required string Name { get; init; }

        public string? Source { get; init; }

        public string? Licence { get; init; }

        public required IReadOnlyList<ColumnSchema> Columns { get; init; }
    }
}
