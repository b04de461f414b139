namespace Lethe.Data.Tables.Reading;

/// <summary>One thing that was found out about a file.</summary>
/// <param name="Aspect">What was asked, e.g. <c>separator</c>.</param>
/// <param name="Value">The answer.</param>
/// <param name="Why">What speaks for it.</param>
/// <param name="Positions">Up to three places to look at, e.g. <c>line 3, field 2</c>; never a value.</param>
public sealed record DialectFinding(string Aspect, string Value, string Why, IReadOnlyList<string> Positions);

/// <summary>How a text file is written: given by the caller or detected.</summary>
public sealed record Dialect
{
    /// <summary>Between fields.</summary>
    public required char Separator { get; init; }

    /// <summary>Around fields that hold a separator, a quote or a line break.</summary>
    public required char Quote { get; init; }

    /// <summary>True when quotes inside quoted fields are written <c>\"</c> rather than doubled.</summary>
    public required bool BackslashEscapes { get; init; }

    /// <summary>True when the first row holds the names.</summary>
    public required bool HasHeader { get; init; }

    /// <summary>How numbers are written.</summary>
    public required NumberFormat Numbers { get; init; }

    /// <summary>Name of the encoding, e.g. <c>utf-8</c>.</summary>
    public required string Encoding { get; init; }

    /// <summary>What was found and why, one entry an aspect.</summary>
    public required IReadOnlyList<DialectFinding> Findings { get; init; }
}
