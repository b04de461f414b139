using System.Globalization;

namespace Lethe.Data.Concepts;

/// <summary>
/// Units as hospitals spell them, and how each becomes a concept's unit. Both tables are CSV files beside this class:
/// <c>unit-spellings.csv</c> (spelling → UCUM unit; case and blanks do not count) and <c>unit-conversions.csv</c>
/// (concept, unit → reading·factor + offset). Nothing is converted that the tables do not name.
/// </summary>
public static class ConceptUnits
{
    private static readonly Dictionary<string, string> BySpelling = EmbeddedCsv.Rows("unit-spellings.csv").ToDictionary(r => r["spelling"], r => r["unit"], StringComparer.Ordinal);

    private static readonly Dictionary<(string Concept, string Unit), UnitConversion> Conversions = EmbeddedCsv.Rows("unit-conversions.csv").ToDictionary(
        r => (r["concept"], r["from"]),
        r => new UnitConversion(double.Parse(r["factor"], CultureInfo.InvariantCulture), double.Parse(r["offset"], CultureInfo.InvariantCulture)));

    /// <summary>The unit that a spelling means, or null when it is not known.</summary>
    public static string? Find(string spelling) => BySpelling.GetValueOrDefault(string.Concat(spelling.Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant());

    /// <summary>How readings of a concept in <paramref name="unit"/> become readings in its own unit; null when the tables do not say.</summary>
    /// <param name="concept">Concept name.</param>
    /// <param name="unit">Unit as <see cref="Find"/> gives it; empty: that of the concept.</param>
    /// <exception cref="KeyNotFoundException">No such concept.</exception>
    public static UnitConversion? To(string concept, string unit) => unit.Length == 0 || unit == ConceptTable.Get(concept).Unit
        ? UnitConversion.None
        : Conversions.TryGetValue((concept, unit), out UnitConversion? found) ? found : null;
}

/// <summary>reading·factor + offset.</summary>
/// <param name="Factor">Multiplies the reading.</param>
/// <param name="Offset">Is added afterwards.</param>
public sealed record UnitConversion(double Factor, double Offset)
{
    /// <summary>No change.</summary>
    public static UnitConversion None { get; } = new(1, 0);

    /// <summary>True when readings change.</summary>
    public bool Changes => Factor != 1 || Offset != 0;

    /// <summary>The converted reading.</summary>
    public double Apply(double reading) => (reading * Factor) + Offset;
}
