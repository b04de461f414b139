using System.Globalization;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Catalogue;

/// <summary>
/// Makes a yes/no target out of a column: the rows whose value satisfies a condition are positive. The column is replaced
/// by a boolean one of the same name with the levels <c>0</c> and <c>1</c>; missing stays missing. Immutable.
/// </summary>
/// <remarks>
/// Conditions: <c>&gt;0</c>, <c>&gt;=1</c>, <c>&lt;30</c>, <c>&lt;=2</c>, <c>=1</c>, <c>!=0</c>; or levels, separated by
/// <c>|</c>: <c>dead</c>, <c>=dead|transplanted</c>, <c>!=no</c>. Numbers compare as numbers, also where the levels of the
/// column are numbers; the levels of an ordinal column compare by their order (<c>&gt;=III</c>). A condition that would
/// read as a comparison but is a level of the column, such as <c>&lt;30</c>, means that level.
/// </remarks>
public sealed record TargetRule
{
    /// <summary>Makes a rule.</summary>
    /// <param name="column">The column that becomes the target.</param>
    /// <param name="positive">The condition of a positive row.</param>
    /// <exception cref="ArgumentException">The column or the condition is empty.</exception>
    public TargetRule(string column, string positive)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        ArgumentException.ThrowIfNullOrWhiteSpace(positive);
        Column = column;
        Positive = positive.Trim();
    }

    /// <summary>The column that becomes the target.</summary>
    public string Column { get; }

    /// <summary>The condition of a positive row.</summary>
    public string Positive { get; }

    /// <summary>The table with the derived target in place of the column.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such column.</exception>
    /// <exception cref="DataException">LD411: the condition does not fit the column. LD412: no row, or every row, is positive.</exception>
    public Table Apply(Table table)
    {
        Column source = table[Column];
        bool[] isPositive = source switch
        {
            NumericColumn numbers => OfNumbers(numbers),
            DiscreteColumn levels => OfLevels(levels),
            _ => throw CatalogueErrors.RuleOnText(this),
        };

        ColumnSchema schema = new()
        {
            Name = Column,
            Kind = ColumnKind.Boolean,
            Role = ColumnRole.Target,
            Description = $"{source.Schema.Description ?? Column} ({Positive})",
            Categories = ["0", "1"],
            CategoriesOrigin = Origin.Public,
            MissingTokens = source.Schema.MissingTokens,
        };
        int[] codes = new int[source.Count];
        for (int row = 0; row < codes.Length; row++)
            codes[row] = source.IsMissing(row) ? DiscreteColumn.Missing : isPositive[row] ? 1 : 0;
        if (source.Count > 0 && (!codes.Contains(0) || !codes.Contains(1)))
            throw CatalogueErrors.OneClass(this, codes.Contains(1));

        DiscreteColumn target = new(schema, codes);
        Schema roles = table.Schema.WithTarget(Column);
        return new Table(
            table.Schema.WithColumns(roles.Columns.Select(c => c.Name == Column ? schema : c)),
            table.Columns.Select((c, i) => c.Name == Column ? target : c.WithSchema(roles.Columns[i])));
    }

    private bool[] OfNumbers(NumericColumn column)
    {
        (Comparison comparison, string operand) = Parse(Positive);
        if (!TryNumber(operand, out double bound))
            throw CatalogueErrors.RuleNeedsNumber(this);
        bool[] result = new bool[column.Count];
        for (int row = 0; row < result.Length; row++)
            result[row] = Holds(comparison, column[row].CompareTo(bound));
        return result;
    }

    private bool[] OfLevels(DiscreteColumn column)
    {
        bool[] ofLevel = [.. LevelsThatHold([.. column.Levels], column.Schema.Kind == ColumnKind.Ordinal)];
        bool[] result = new bool[column.Count];
        for (int row = 0; row < result.Length; row++)
            result[row] = !column.IsMissing(row) && ofLevel[column[row]];
        return result;
    }

    private IEnumerable<bool> LevelsThatHold(string[] levels, bool ordered)
    {
        if (levels.Contains(Positive))
            return levels.Select(l => l == Positive);

        (Comparison comparison, string operand) = Parse(Positive);
        bool numeric = levels.All(l => TryNumber(l, out _));
        if (comparison is Comparison.Equal or Comparison.NotEqual)
        {
            string[] named = [.. operand.Split('|', StringSplitOptions.TrimEntries).Select(o => Array.Find(levels, l => SameLevel(l, o, numeric)) ?? throw CatalogueErrors.UnknownLevel(this, o, levels))];
            return levels.Select(l => named.Contains(l) == (comparison == Comparison.Equal));
        }

        if (numeric && TryNumber(operand, out double bound))
            return levels.Select(l => TryNumber(l, out double value) && Holds(comparison, value.CompareTo(bound)));
        int position = Array.IndexOf(levels, operand);
        if (!ordered || position < 0)
            throw ordered ? CatalogueErrors.UnknownLevel(this, operand, levels) : CatalogueErrors.RuleNeedsOrder(this, levels);
        return levels.Select((_, i) => Holds(comparison, i.CompareTo(position)));
    }

    private static bool SameLevel(string level, string operand, bool numeric) =>
        level == operand || (numeric && TryNumber(level, out double a) && TryNumber(operand, out double b) && a == b);

    private static (Comparison Comparison, string Operand) Parse(string condition)
    {
        ReadOnlySpan<(string Sign, Comparison Comparison)> signs =
        [
            (">=", Comparison.AtLeast), ("<=", Comparison.AtMost), ("!=", Comparison.NotEqual), ("<>", Comparison.NotEqual),
            ("==", Comparison.Equal), (">", Comparison.Above), ("<", Comparison.Below), ("=", Comparison.Equal),
        ];
        foreach ((string sign, Comparison comparison) in signs)
        {
            if (condition.StartsWith(sign, StringComparison.Ordinal))
                return (comparison, condition[sign.Length..].Trim());
        }

        return (Comparison.Equal, condition);
    }

    private static bool Holds(Comparison comparison, int order) => comparison switch
    {
        Comparison.Above => order > 0,
        Comparison.AtLeast => order >= 0,
        Comparison.Below => order < 0,
        Comparison.AtMost => order <= 0,
        Comparison.NotEqual => order != 0,
        _ => order == 0,
    };

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private enum Comparison
    {
        Equal,
        NotEqual,
        Above,
        AtLeast,
        Below,
        AtMost,
    }
}
