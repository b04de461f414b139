using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Evaluation.Fairness;

/// <summary>A way of dividing patients into groups.</summary>
/// <param name="Attribute">The grouping column.</param>
/// <param name="Groups">Labels, in order.</param>
/// <param name="Of">Group of a row, −1 where missing.</param>
public sealed record Grouping(string Attribute, IReadOnlyList<string> Groups, Func<Table, int, int> Of)
{
    private const int MostGroups = 12;
    private static readonly string[] Usual = ["sex", "gender", "race", "ethnicity", "site", "hospital", "insurance"];
    private static readonly double[] AgeEdges = [18, 40, 55, 70];

    /// <summary>Groups by the levels of a column, or by bands of age (below 18, 18–39, 40–54, 55–69, 70 and over) where it is numeric.</summary>
    /// <exception cref="ArgumentException">The column is numeric and not an age.</exception>
    public static Grouping By(Table real, string attribute)
    {
        ArgumentNullException.ThrowIfNull(real);
        if (real[attribute] is DiscreteColumn discrete)
            return new Grouping(attribute, discrete.Levels, (table, row) => ((DiscreteColumn)table[attribute])[row]);
        if (!IsAge(real[attribute].Schema))
            throw new ArgumentException($"Column '{attribute}' is numeric; groups are made of levels, or of bands of a column named age. Name a column with levels.");
        return new Grouping(
            attribute, ["below 18", "18 to 39", "40 to 54", "55 to 69", "70 and over"],
            (table, row) => ((NumericColumn)table[attribute])[row] is var age && double.IsNaN(age) ? -1 : AgeEdges.Count(e => e <= age));
    }

    /// <summary>
    /// The usual groupings of a table: columns named sex, gender, race, ethnicity, site, hospital or insurance, quasi-identifiers with few levels, and age
    /// in bands.
    /// </summary>
    public static IReadOnlyList<Grouping> Usually(Table real)
    {
        ArgumentNullException.ThrowIfNull(real);
        return [.. real.Columns.Where(c => IsAge(c.Schema) || c is DiscreteColumn d && d.Levels.Count is > 1 and <= MostGroups && c.Schema.Role != ColumnRole.Target
            && (c.Schema.Role == ColumnRole.QuasiIdentifier || Usual.Contains(c.Name, StringComparer.OrdinalIgnoreCase))).Select(c => By(real, c.Name))];
    }

    private static bool IsAge(ColumnSchema column) =>
        column.Kind is ColumnKind.Continuous or ColumnKind.Integer && string.Equals(column.Name, "age", StringComparison.OrdinalIgnoreCase);
}
