using System.Globalization;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Synthesis.Conditions;

/// <summary>Turns the right-hand sides of comparisons into a condition on one column, by its kind.</summary>
internal sealed class ConditionValues(ColumnSchema column)
{
    public Condition Compare(string comparison, Token value) =>
        column.IsNumeric ? Range(comparison, value) : Levels(comparison, value);

    public Condition Between(Token low, Token high)
    {
        if (column.IsNumeric)
            return new Condition { Column = column.Name, Lower = Number(low), Upper = Number(high) };
        int first = Ordered(low, "between"), last = Ordered(high, "between");
        return WithCodes(code => code >= first && code <= last);
    }

    public Condition In(List<Token> values, bool negated)
    {
        if (column.IsDiscrete)
        {
            HashSet<int> codes = [.. values.Select(Code)];
            return WithCodes(code => codes.Contains(code) != negated);
        }

        if (negated || values.Count != 1)
            throw Wrong(values[0], "'in' lists levels, but the column holds numbers: give one range, e.g. with 'between'");
        return Range("=", values[0]);
    }

    private Condition Range(string comparison, Token value)
    {
        double x = Number(value);
        Condition all = new() { Column = column.Name };
        return comparison switch
        {
            "=" or "==" => all with { Lower = x, Upper = x },
            ">=" => all with { Lower = x },
            "<=" => all with { Upper = x },
            ">" => all with { Lower = Math.BitIncrement(x) },
            "<" => all with { Upper = Math.BitDecrement(x) },
            _ => throw Wrong(value, $"'{comparison}' cannot be used on numbers: give one range"),
        };
    }

    private Condition Levels(string comparison, Token value)
    {
        if (comparison is "=" or "==" or "!=" or "<>")
        {
            int code = Code(value);
            return WithCodes(c => c == code == (comparison is "=" or "=="));
        }

        int limit = Ordered(value, comparison);
        return WithCodes(c => comparison switch
        {
            ">=" => c >= limit,
            "<=" => c <= limit,
            ">" => c > limit,
            _ => c < limit,
        });
    }

    private Condition WithCodes(Func<int, bool> accept) => new()
    {
        Column = column.Name,
        Codes = [.. Enumerable.Range(0, column.Categories.Count).Where(accept)],
    };

    /// <summary>A level of a column whose levels have an order.</summary>
    private int Ordered(Token value, string comparison) => column.Kind == ColumnKind.Ordinal
        ? Code(value)
        : throw Wrong(value, $"'{comparison}' needs an order, and the levels of this column have none: use =, != or in");

    private int Code(Token value)
    {
        IReadOnlyList<string> levels = column.Categories;
        int exact = IndexOf(levels, level => level == value.Text);
        if (exact >= 0)
            return exact;
        int[] loose = [.. Enumerable.Range(0, levels.Count).Where(i => Alike(levels[i], value.Text))];
        return loose.Length == 1
            ? loose[0]
            : throw Wrong(value, $"it is not one of the levels.{Spelling.DidYouMean(value.Text, levels)} The levels are: {string.Join(", ", levels)}");
    }

    /// <summary>The same but for case, or the same number written otherwise (1 and 1.0).</summary>
    private static bool Alike(string level, string text) =>
        string.Equals(level, text, StringComparison.OrdinalIgnoreCase)
        || (TryNumber(level, out double a) && TryNumber(text, out double b) && a == b);

    private static int IndexOf(IReadOnlyList<string> levels, Func<string, bool> matches)
    {
        for (int i = 0; i < levels.Count; i++)
        {
            if (matches(levels[i]))
                return i;
        }

        return -1;
    }

    private double Number(Token value)
    {
        if (column.Kind == ColumnKind.DateTime)
        {
            return TryDate(value.Text, out DateTime date)
                ? (date - DateTime.UnixEpoch).TotalDays
                : throw Wrong(value, $"expected a date as {column.DateFormat ?? "yyyy-MM-dd"} or in ISO 8601 (in quotes when it holds blanks)");
        }

        return TryNumber(value.Text, out double number) ? number : throw Wrong(value, "expected a number with a decimal point");
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private bool TryDate(string text, out DateTime date)
    {
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
        return (column.DateFormat is { } own && DateTime.TryParseExact(text, own, CultureInfo.InvariantCulture, Style, out date))
            || DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, Style, out date);
    }

    private ConditionException Wrong(Token value, string what) =>
        new($"The condition on '{column.Name}' has '{value.Text}' at position {value.Position}: {what}.");
}
