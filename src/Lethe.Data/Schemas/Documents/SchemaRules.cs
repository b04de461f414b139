using System.Globalization;
using Lethe.Data.Problems;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Schemas.Documents;

/// <summary>What a column's schema must not say at the same time.</summary>
internal static class SchemaRules
{
    /// <summary>Every contradiction in a column, as message and remedy.</summary>
    public static IEnumerable<(string Message, string Remedy)> Check(ColumnSchema c)
    {
        string kind = SchemaKeys.Word(SchemaKeys.Kinds, c.Kind);
        if (c.Bounds is not null && !c.IsNumeric)
            yield return ($"a {kind} column has no bounds", "Remove bounds, or correct the kind");
        if (c.Bounds is { } b && !(b.Lower <= b.Upper && double.IsFinite(b.Width)))
            yield return ("the lower bound is above the upper one, or one of them is no number", "Give lower ≤ upper");
        if (c.Categories.Count > 0 && !c.IsDiscrete)
            yield return ($"a {kind} column has no categories", "Remove categories, or correct the kind");
        if (c.IsDiscrete && c.Categories.Count == 0)
            yield return ($"a {kind} column needs its categories", "List its categories");
        if (c.Kind == ColumnKind.Boolean && c.Categories.Count is not (0 or 2))
            yield return ($"a boolean column has two categories, no before yes; there are {c.Categories.Count}", "List two, or set the kind to categorical");
        if (c.Categories.Distinct().Count() != c.Categories.Count)
            yield return ("a category is listed twice", "List each once");
        if (c.Categories.Any(string.IsNullOrEmpty))
            yield return ("the empty text is listed as a category, but an empty cell means missing", "Remove it");
        if (c.Categories.Intersect(c.MissingTokens).Any())
            yield return ("a category is also a missing token", "Remove it from one of the two lists");
        if (c.Decimals is < 0 or > 15)
            yield return ("decimals lie outside 0 … 15", "Give a number from 0 to 15");
        if (c.Kind == ColumnKind.Integer && c.Decimals != 0)
            yield return ("an integer column has decimals", "Set decimals to 0, or the kind to continuous");
        if (c.Step is double step && !(step > 0 && double.IsFinite(step)))
            yield return ("the step is not above zero", "Give a step above zero, or none");
        if (c.DateFormat is not null && c.Kind != ColumnKind.DateTime)
            yield return ($"a {kind} column has no date format", "Remove date_format, or set the kind to datetime");
        if (c.DateFormat is not null && !IsDateFormat(c.DateFormat))
            yield return ("the date format cannot be read", "Write it like dd/MM/yyyy HH:mm; several are separated by |");
        if (c.Role == ColumnRole.Target && c.Kind == ColumnKind.Text)
            yield return ("a text column cannot be the target", "Set another kind or another role");
    }

    private static bool IsDateFormat(string formats)
    {
        if (string.Equals(formats, DateText.ExcelSerial, StringComparison.OrdinalIgnoreCase))
            return true;
        DateTime probe = new(2001, 2, 13, 0, 0, 0, DateTimeKind.Utc);
        string[] each = formats.Split(DateText.FormatSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return each.Length > 0 && Array.TrueForAll(each, f =>
        {
            try
            {
                return f.Length > 1 && DateText.TryParseExact(probe.ToString(f, CultureInfo.InvariantCulture), f, out DateTime read) && read.Date == probe;
            }
            catch (FormatException)
            {
                return false;
            }
        });
    }
}
