using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Synthesis.Conditions;

/// <summary>What a sampled row must satisfy in one column: one of some levels, or a closed numeric range. A missing cell never does. Immutable.</summary>
public sealed record Condition
{
    /// <summary>Column name.</summary>
    public required string Column { get; init; }

    /// <summary>Accepted codes of a discrete column; null for a numeric one.</summary>
    public IReadOnlyList<int>? Codes { get; init; }

    /// <summary>Smallest accepted value of a numeric column (−∞ when open); dates as days since 1970-01-01.</summary>
    public double Lower { get; init; } = double.NegativeInfinity;

    /// <summary>Largest accepted value of a numeric column (+∞ when open); dates as days since 1970-01-01.</summary>
    public double Upper { get; init; } = double.PositiveInfinity;

    /// <summary>True when <paramref name="code"/> is accepted (a missing cell never is).</summary>
    public bool Accepts(int code) => code >= 0 && Codes is not null && Codes.Contains(code);

    /// <summary>True when <paramref name="value"/> is accepted (NaN never is).</summary>
    public bool Accepts(double value) => value >= Lower && value <= Upper;

    /// <summary>Checks conditions against the schema they are meant for.</summary>
    /// <exception cref="ConditionException">An unknown column, two conditions on one column, a code that is no level, an empty or reversed range, or codes for numbers.</exception>
    public static void Validate(IReadOnlyList<Condition> conditions, Schema schema)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(schema);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (Condition condition in conditions)
        {
            ColumnSchema column = Find(condition.Column, schema);
            if (!seen.Add(column.Name))
                throw new ConditionException($"There are two conditions on '{column.Name}'; join them into one.");
            if (Fault(condition, column) is { } fault)
                throw new ConditionException($"The condition on '{column.Name}' {fault}.");
        }
    }

    internal static ColumnSchema Find(string name, Schema schema)
    {
        string[] modelled = [.. schema.Columns.Where(c => c.IsModelled).Select(c => c.Name)];
        if (!schema.TryGet(name, out ColumnSchema? column))
            throw new ConditionException($"There is no column '{name}'.{Spelling.DidYouMean(name, modelled)} The columns are: {string.Join(", ", modelled)}.");
        return column.IsModelled
            ? column
            : throw new ConditionException($"Column '{name}' is {column.Kind} with role {column.Role}: it is never modelled, so no condition on it can be met.");
    }

    private static string? Fault(Condition condition, ColumnSchema column) => condition switch
    {
        { Codes: null } when column.IsDiscrete => "gives a range, but the column holds levels: name the accepted levels",
        { Codes: not null } when column.IsNumeric => "names levels, but the column holds numbers: give a range",
        { Codes: { } codes } when codes.Count == 0 => "accepts no level",
        { Codes: { } codes } when codes.Any(c => c < 0 || c >= column.Categories.Count) => $"has a code outside 0 … {column.Categories.Count - 1}",
        _ when column.IsNumeric && !(condition.Lower <= condition.Upper) => "accepts nothing: its lower end lies above its upper end",
        _ when column.Bounds is { } b && (condition.Lower > b.Upper || condition.Upper < b.Lower) => "lies outside the range of the column, so that no row can meet it",
        _ => null,
    };
}
