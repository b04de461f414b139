using Lethe.Data.Schemas;

namespace Lethe.Data.Catalogue;

/// <summary>Short forms for the columns of the catalogue. Ranges and levels come from code books and physiology, so they are public.</summary>
internal static class Describe
{
    public static ColumnSchema Number(string name, ColumnKind kind, string? unit, double lower, double upper, string description, int decimals = 0) => new()
    {
        Name = name,
        Kind = kind,
        Unit = unit,
        Bounds = new Bounds(lower, upper, Origin.Public),
        Decimals = decimals,
        Description = description,
        MissingTokens = ["?"],
    };

    public static ColumnSchema Levels(string name, ColumnKind kind, string description, string[] levels) => new()
    {
        Name = name,
        Kind = kind,
        Categories = levels,
        CategoriesOrigin = Origin.Public,
        Description = description,
        MissingTokens = ["?"],
    };

    /// <summary>Levels from a list too long or too loose to fix: read off the data.</summary>
    public static ColumnSchema Open(string name, string description, string? codeSystem = null) => new()
    {
        Name = name,
        Kind = ColumnKind.Categorical,
        Description = description,
        CodeSystem = codeSystem,
        MissingTokens = ["?"],
    };
}
