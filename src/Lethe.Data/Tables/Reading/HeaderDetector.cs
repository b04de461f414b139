namespace Lethe.Data.Tables.Reading;

/// <summary>Tells a row of names from a row of data by comparing the first row with the rest, column by column.</summary>
internal static class HeaderDetector
{
    /// <summary>True when the first row of the sample is a header; why; and whether that is doubtful.</summary>
    /// <param name="rows">At least one row.</param>
    /// <param name="expected">Names that the caller expects, or null.</param>
    public static (bool Yes, string Why, bool Doubtful) Detect(IReadOnlyList<SampleRow> rows, IReadOnlyList<string>? expected)
    {
        string[] first = rows[0].Cells;
        if (expected is not null)
        {
            int known = first.Count(c => expected.Contains(c, StringComparer.OrdinalIgnoreCase));
            if (known > 0 && 2 * known >= Math.Min(first.Length, expected.Count))
                return (true, "the first row holds the expected names", false);
        }

        int names = 0, data = 0, recurring = 0, texts = 0;
        for (int field = 0; field < first.Length; field++)
        {
            string cell = first[field];
            if (cell.Length == 0)
                continue;
            bool number = IsValue(cell);
            string[] below = [.. rows.Skip(1).Where(r => field < r.Cells.Length).Select(r => r.Cells[field]).Where(c => !MissingTokens.IsStrong(c)).Take(500)];
            bool numbersBelow = below.Length > 0 && below.All(IsValue);
            if (MissingTokens.IsStrong(cell) || (number && (numbersBelow || below.Length == 0)))
                data++;
            else if (!number && numbersBelow)
                names++;
            else if (!number)
            {
                texts++;
                if (below.Contains(cell))
                    recurring++;
            }
        }

        if (names > data)
            return (true, "the first row holds words where the rows below hold numbers or dates", data > 0);
        if (data > 0)
            return (false, "the first row holds numbers, dates or missing values where names would stand", names > 0);
        if (rows.Count == 1)
            return (true, "there is only one row, and it holds words", true);
        if (2 * recurring > texts)
            return (false, "the words of the first row recur in the rows below", true);
        return (true, "the words of the first row do not recur below", true);
    }

    private static bool IsValue(string cell)
    {
        ReadOnlySpan<char> text = cell.AsSpan().Trim();
        if (text.IsEmpty || text.Length > 40)
            return false;
        int digits = 0;
        foreach (char c in text)
        {
            if (char.IsAsciiDigit(c))
                digits++;
            else if (c is not ('.' or ',' or '-' or '+' or ':' or '/' or ' ' or '\'' or '<' or '>' or '=' or 'e' or 'E' or 'T' or 'Z' or '%'))
                return false;
        }

        return digits > 0;
    }
}
