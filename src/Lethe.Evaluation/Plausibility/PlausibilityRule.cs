using Lethe.Data.Tables;

namespace Lethe.Evaluation.Plausibility;

/// <summary>A rule that plausible rows keep, e.g. "systolic above diastolic". Real data violate rules too; their own rate is the reference.</summary>
/// <param name="Name">Short text for the report, without any value of a patient.</param>
/// <param name="Columns">Columns it reads; the rule is skipped where one is absent.</param>
/// <param name="Check">
/// True when a row keeps the rule, false when it violates it, null when it does not apply (a cell is missing).
/// </param>
public sealed record PlausibilityRule(string Name, IReadOnlyList<string> Columns, Func<Table, int, bool?> Check)
{
    /// <summary>Numbers of <paramref name="column"/> lie in [<paramref name="lower"/>, <paramref name="upper"/>].</summary>
    public static PlausibilityRule Range(string column, double lower, double upper) => new(
        System.FormattableString.Invariant($"{column} between {lower} and {upper}"),
        [column],
        (table, row) => Number(table, column, row) is { } v ? v >= lower && v <= upper : null);

    /// <summary><paramref name="larger"/> is above <paramref name="smaller"/>, or equal to it when <paramref name="orEqual"/> is set.</summary>
    public static PlausibilityRule Above(string larger, string smaller, bool orEqual = false) => new(
        orEqual ? $"{larger} not below {smaller}" : $"{larger} above {smaller}",
        [larger, smaller],
        (table, row) => Number(table, larger, row) is { } a && Number(table, smaller, row) is { } b ? (orEqual ? a >= b : a > b) : null);

    /// <summary>Where <paramref name="column"/> is <paramref name="level"/>, <paramref name="condition"/> is one of <paramref name="allowed"/>.</summary>
    public static PlausibilityRule Only(string column, string level, string condition, params string[] allowed) => new(
        $"{column} = {level} only where {condition} is {string.Join(" or ", allowed)}",
        [column, condition],
        (table, row) => table[column].Format(row) is { } v && v == level
            ? table[condition].Format(row) is { } c ? allowed.Contains(c, StringComparer.Ordinal) : null
            : null);

    /// <summary><paramref name="index"/> is within <paramref name="tolerance"/> of weight/(height in m)² for heights in centimetres.</summary>
    public static PlausibilityRule BodyMassIndex(string index, string weightKilograms, string heightCentimetres, double tolerance = 1) => new(
        System.FormattableString.Invariant($"{index} within {tolerance} of {weightKilograms} and {heightCentimetres}"),
        [index, weightKilograms, heightCentimetres],
        (table, row) => Number(table, index, row) is { } bmi && Number(table, weightKilograms, row) is { } w && Number(table, heightCentimetres, row) is { } h && h > 0
            ? Math.Abs(bmi - (w / (h * h / 10_000))) <= tolerance
            : null);

    private static double? Number(Table table, string column, int row) =>
        table[column] is NumericColumn n && !double.IsNaN(n[row]) ? n[row] : null;
}
