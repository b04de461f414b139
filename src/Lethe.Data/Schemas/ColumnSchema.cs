namespace Lethe.Data.Schemas;

/// <summary>One column: what it holds, in which unit and range, and what it is for. Immutable.</summary>
public sealed record ColumnSchema
{
    /// <summary>Name as in the file's header; unique within a schema (compared ordinally).</summary>
    public required string Name { get; init; }

    /// <summary>What the values are.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>What the column is for.</summary>
    public ColumnRole Role { get; init; } = ColumnRole.Feature;

    /// <summary>Unit of measurement in UCUM spelling where there is one (e.g. <c>mm[Hg]</c>), or null.</summary>
    public string? Unit { get; init; }

    /// <summary>One sentence for people, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Code system of the levels (LOINC, ICD-10, ATC …), or null.</summary>
    public string? CodeSystem { get; init; }

    /// <summary>Range of a numeric or date column; null when unknown or not numeric.</summary>
    public Bounds? Bounds { get; init; }

    /// <summary>Levels of an ordinal, categorical or boolean column, in code order (ordinal: ascending); else empty.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Whether <see cref="Categories"/> is public knowledge or was read off the data.</summary>
    public Origin CategoriesOrigin { get; init; } = Origin.Learnt;

    /// <summary>Decimals the values were recorded with (0–15); values are written and generated with as many.</summary>
    public int Decimals { get; init; }

    /// <summary>Recording step when all values are multiples of one above 10^−<see cref="Decimals"/> (e.g. 2 mm Hg), or null.</summary>
    public double? Step { get; init; }

    /// <summary>Texts that mean "missing" in this column, besides the empty cell (e.g. <c>?</c>, <c>NA</c>, <c>-99</c>).</summary>
    public IReadOnlyList<string> MissingTokens { get; init; } = [];

    /// <summary>.NET date format of a date column as recorded, e.g. <c>yyyy-MM-dd</c>; null: ISO 8601.</summary>
    public string? DateFormat { get; init; }

    /// <summary>True for continuous, integer and date columns: stored as <see cref="double"/> with NaN for missing.</summary>
    public bool IsNumeric => Kind is ColumnKind.Continuous or ColumnKind.Integer or ColumnKind.DateTime;

    /// <summary>True for ordinal, categorical and boolean columns: stored as codes with −1 for missing.</summary>
    public bool IsDiscrete => Kind is ColumnKind.Ordinal or ColumnKind.Categorical or ColumnKind.Boolean;

    /// <summary>True when generators model the column: not text and neither identifier nor patient key.</summary>
    public bool IsModelled => Kind != ColumnKind.Text && Role is not (ColumnRole.Identifier or ColumnRole.PatientKey);
}
