namespace Lethe.Data.Schemas;

/// <summary>What the values of a column are. Decides storage: codes into a level list, numbers, or text.</summary>
public enum ColumnKind
{
    /// <summary>Real numbers, stored as <see cref="double"/>.</summary>
    Continuous,

    /// <summary>Whole numbers, stored as <see cref="double"/>.</summary>
    Integer,

    /// <summary>Levels with a meaningful order, stored as codes into <see cref="ColumnSchema.Categories"/> in that order.</summary>
    Ordinal,

    /// <summary>Levels without order, stored as codes into <see cref="ColumnSchema.Categories"/>.</summary>
    Categorical,

    /// <summary>Two levels, the second of which means "yes" or 1, stored as codes.</summary>
    Boolean,

    /// <summary>A point in time, stored as days since 1970-01-01T00:00 (fractions are the time of day).</summary>
    DateTime,

    /// <summary>Free text or identifiers: kept as text, never modelled.</summary>
    Text,
}
