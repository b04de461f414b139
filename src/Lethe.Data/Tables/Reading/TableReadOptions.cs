using System.Text;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Reading;

/// <summary>What happens to a row that does not fit.</summary>
public enum BadRows
{
    /// <summary>Reading fails after the whole file was looked at, with all problems.</summary>
    Fail,

    /// <summary>The row is left out, and counted with its reason in the report.</summary>
    Reject,
}

/// <summary>What happens to a level that the schema does not list.</summary>
public enum UnknownLevels
{
    /// <summary>The row is a bad row.</summary>
    Fail,

    /// <summary>The level is added behind the schema's levels, with a warning: for judging synthetic files, whose impossible levels should show.</summary>
    Extend,

    /// <summary>The cell becomes missing, with a warning.</summary>
    Missing,
}

/// <summary>How to read a table. What is left out is detected, and the report says what was found and why.</summary>
public sealed record TableReadOptions
{
    /// <summary>The defaults: detect and infer everything, accept no bad row.</summary>
    public static TableReadOptions Default { get; } = new();

    /// <summary>Read strictly under this schema; null: infer one.</summary>
    public Schema? Schema { get; init; }

    /// <summary>Separator between fields; null: detected among comma, semicolon, tab and bar.</summary>
    public char? Separator { get; init; }

    /// <summary>Quote character; null: detected (double quote unless fields are wrapped in single ones).</summary>
    public char? Quote { get; init; }

    /// <summary>Whether the first row holds names; null: detected.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Names of the columns of a file without a header; null: the schema's, else c1 … cn with a warning.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>How numbers are written; null: detected.</summary>
    public NumberFormat? Numbers { get; init; }

    /// <summary>Encoding of the text; null: detected among UTF-8, UTF-16, UTF-32 and Windows-1252.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Texts that mean "missing" in every column, besides those known everywhere (<c>?</c>, <c>NA</c>, <c>NULL</c> …). Used by inference only: a schema has its own.</summary>
    public IReadOnlyList<string> MissingTokens { get; init; } = [];

    /// <summary>Column that becomes the target, over what inference or the schema says; null: as they say.</summary>
    public string? Target { get; init; }

    /// <summary>Column that ties rows of one patient together, over what inference or the schema says; null: as they say.</summary>
    public string? PatientKey { get; init; }

    /// <summary>Rows that do not fit.</summary>
    public BadRows BadRows { get; init; } = BadRows.Fail;

    /// <summary>Levels that the schema does not list.</summary>
    public UnknownLevels UnknownLevels { get; init; } = UnknownLevels.Fail;

    /// <summary>True to leave out, with a warning, columns that the schema does not name; false: an error.</summary>
    public bool IgnoreExtraColumns { get; init; }

    /// <summary>Name of the dataset; null: the file's name without extension.</summary>
    public string? Name { get; init; }
}
