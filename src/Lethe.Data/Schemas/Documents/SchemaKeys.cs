namespace Lethe.Data.Schemas.Documents;

/// <summary>Keys and words of schema files.</summary>
internal static class SchemaKeys
{
    public const string Version = "lethe_schema";
    public const string Name = "name";
    public const string Source = "source";
    public const string Licence = "licence";
    public const string Columns = "columns";
    public const string Kind = "kind";
    public const string Role = "role";
    public const string Unit = "unit";
    public const string Description = "description";
    public const string CodeSystem = "code_system";
    public const string Bounds = "bounds";
    public const string Lower = "lower";
    public const string Upper = "upper";
    public const string Origin = "origin";
    public const string Categories = "categories";
    public const string CategoriesOrigin = "categories_origin";
    public const string Decimals = "decimals";
    public const string Step = "step";
    public const string MissingTokens = "missing_tokens";
    public const string DateFormat = "date_format";

    public static readonly string[] OfTable = [Version, Name, Source, Licence, Columns];
    public static readonly string[] OfColumn = [Name, Kind, Role, Unit, Description, CodeSystem, Bounds, Categories, CategoriesOrigin, Decimals, Step, MissingTokens, DateFormat];
    public static readonly string[] OfBounds = [Lower, Upper, Origin];

    public static readonly IReadOnlyList<(string Word, ColumnKind Value)> Kinds =
    [
        ("continuous", ColumnKind.Continuous), ("integer", ColumnKind.Integer), ("ordinal", ColumnKind.Ordinal), ("categorical", ColumnKind.Categorical),
        ("boolean", ColumnKind.Boolean), ("datetime", ColumnKind.DateTime), ("text", ColumnKind.Text),
    ];

    public static readonly IReadOnlyList<(string Word, ColumnRole Value)> Roles =
    [
        ("feature", ColumnRole.Feature), ("target", ColumnRole.Target), ("identifier", ColumnRole.Identifier), ("patient_key", ColumnRole.PatientKey),
        ("quasi_identifier", ColumnRole.QuasiIdentifier), ("sensitive", ColumnRole.Sensitive),
    ];

    public static readonly IReadOnlyList<(string Word, Origin Value)> Origins = [("learnt", Schemas.Origin.Learnt), ("public", Schemas.Origin.Public)];

    /// <summary>The word for a value.</summary>
    public static string Word<T>(IReadOnlyList<(string Word, T Value)> words, T value)
        where T : struct, Enum => words.First(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Word;
}
