namespace Lethe.Data.Tables.Reading;

/// <summary>
/// Tells decimal point from decimal comma, and which mark groups thousands. "1,5" and "0,125" can only have a decimal
/// comma, "1,234,567" only a grouping one; "1,234" may be either, so the rest of the file decides.
/// </summary>
internal static class NumberFormatDetector
{
    /// <summary>The format of the numbers in the sample, what speaks for it, where, and whether it is doubtful.</summary>
    /// <param name="rows">Rows of data.</param>
    /// <param name="separator">Between fields.</param>
    /// <param name="asked">Whether a field has a say.</param>
    public static (NumberFormat Format, string Why, IReadOnlyList<string> Positions, bool Doubtful) Detect(IReadOnlyList<SampleRow> rows, char separator, Func<int, bool> asked)
    {
        Votes total = new();
        int width = rows.Count == 0 ? 0 : rows.Max(r => r.Cells.Length);
        for (int field = 0; field < width; field++)
        {
            Votes column = new();
            bool numeric = asked(field);
            if (!numeric)
                continue;
            foreach (SampleRow row in rows)
            {
                if (field < row.Cells.Length && MissingTokens.IsStrong(row.Cells[field]) is false && !column.Add(row.Cells[field], row.Line, field))
                {
                    numeric = false;
                    break;
                }
            }

            if (numeric)
                total.Add(column);
        }

        char? blank = total.SpaceGroups > 0 ? ' ' : total.ApostropheGroups > 0 ? '\'' : null;
        bool comma = total.CommaDecimal > 0, point = total.PointDecimal > 0;
        if (comma && point)
        {
            bool more = total.CommaDecimal > total.PointDecimal;
            return (more ? new NumberFormat(',', blank) : new NumberFormat('.', blank), "columns differ: some have a decimal comma, some a decimal point", total.Positions, true);
        }

        if (comma)
            return (new NumberFormat(',', blank ?? (total.PointGroups > 0 ? '.' : null)), "numbers such as these can only have a decimal comma", total.Positions, false);
        if (point)
            return (new NumberFormat('.', blank ?? (total.CommaGroups > 0 ? ',' : null)), "numbers such as these can only have a decimal point", total.Positions, false);
        if (total.CertainCommaGroups > 0)
            return (new NumberFormat('.', ','), "commas stand between groups of three digits", total.Positions, false);
        if (total.CertainPointGroups > 0)
            return (new NumberFormat(',', '.'), "points stand between groups of three digits", total.Positions, false);
        if (total.CommaGroups > 0)
        {
            return separator == ';'
                ? (new NumberFormat(',', blank), "the separator is a semicolon, which files with a decimal comma use; the commas might group thousands", total.Positions, true)
                : (new NumberFormat('.', ','), "all commas stand before three digits, so they group thousands; they might be decimal commas", total.Positions, true);
        }

        return (new NumberFormat('.', blank), "nothing speaks against a decimal point", [], false);
    }

    private sealed class Votes
    {
        private readonly List<string> _positions = [];

        public int CommaDecimal { get; private set; }

        public int PointDecimal { get; private set; }

        public int CommaGroups { get; private set; }

        public int PointGroups { get; private set; }

        public int CertainCommaGroups { get; private set; }

        public int CertainPointGroups { get; private set; }

        public int SpaceGroups { get; private set; }

        public int ApostropheGroups { get; private set; }

        public IReadOnlyList<string> Positions => _positions;

        /// <summary>Counts what a cell speaks for; false when it is no number in any format.</summary>
        public bool Add(string cell, long line, int field)
        {
            ReadOnlySpan<char> text = cell.AsSpan().Trim();
            int e = text.IndexOfAny('e', 'E');
            if (e > 0 && int.TryParse(text[(e + 1)..], out _))
                text = text[..e];
            if (!text.IsEmpty && text[0] is '+' or '-' or '\u2212' or '<' or '>' or '≤' or '≥')
                text = text[1..].TrimStart("= ");
            if (text.IsEmpty || text.Length > 40)
                return false;

            int commas = text.Count(','), points = text.Count('.'), blanks = 0, apostrophes = 0, digits = 0;
            foreach (char c in text)
            {
                if (char.IsAsciiDigit(c))
                    digits++;
                else if (c is ' ' or '\u00A0' or '\u202F' or '\u2009')
                    blanks++;
                else if (c is '\'' or '\u2019')
                    apostrophes++;
                else if (c is not (',' or '.'))
                    return false;
            }

            if (digits == 0)
                return false;
            bool said = true;
            if (commas > 1 && points > 1)
                return false;
            if (commas > 0 && points > 0)
            {
                bool commaLast = text.LastIndexOf(',') > text.LastIndexOf('.');
                if (commaLast ? commas > 1 : points > 1)
                    return false;
                if (commaLast)
                    (CommaDecimal, PointGroups) = (CommaDecimal + 1, PointGroups + 1);
                else
                    (PointDecimal, CommaGroups) = (PointDecimal + 1, CommaGroups + 1);
            }
            else if (commas > 1 || points > 1)
            {
                if (!Grouped(text, commas > 1 ? ',' : '.'))
                    return false;
                if (commas > 1)
                    (CertainCommaGroups, CommaGroups) = (CertainCommaGroups + 1, CommaGroups + 1);
                else
                    (CertainPointGroups, PointGroups) = (CertainPointGroups + 1, PointGroups + 1);
            }
            else if (commas == 1)
            {
                if (blanks + apostrophes == 0 && Grouped(text, ','))
                    CommaGroups++;
                else
                    CommaDecimal++;
            }
            else if (points == 1)
            {
                if (blanks + apostrophes == 0 && Grouped(text, '.'))
                    PointGroups++; // "1.234" reads as 1.234 unless commas turn out to be decimal
                else
                    PointDecimal++;
            }
            else
            {
                said = false;
            }

            if (blanks > 0)
            {
                if (!BlankGrouped(text))
                    return false;
                SpaceGroups++;
            }

            if (apostrophes > 0)
                ApostropheGroups++;
            if ((said || blanks + apostrophes > 0) && _positions.Count < 3)
                _positions.Add($"line {line}, field {field + 1}");
            return true;
        }

        public void Add(Votes other)
        {
            // One vote a column and kind: a long column should not outvote the others.
            CommaDecimal += Math.Min(1, other.CommaDecimal);
            PointDecimal += Math.Min(1, other.PointDecimal);
            CommaGroups += Math.Min(1, other.CommaGroups);
            PointGroups += Math.Min(1, other.PointGroups);
            CertainCommaGroups += Math.Min(1, other.CertainCommaGroups);
            CertainPointGroups += Math.Min(1, other.CertainPointGroups);
            SpaceGroups += Math.Min(1, other.SpaceGroups);
            ApostropheGroups += Math.Min(1, other.ApostropheGroups);
            _positions.AddRange(other._positions.Take(3 - Math.Min(3, _positions.Count)));
        }

        /// <summary>True for 1–3 digits, then groups of a mark and three digits; not for "0,125", which no one groups.</summary>
        private static bool Grouped(ReadOnlySpan<char> text, char mark)
        {
            int first = text.IndexOf(mark);
            if (first is < 1 or > 3 || text[0] == '0')
                return false;
            for (int i = first; i < text.Length; i += 4)
            {
                if (i + 3 >= text.Length || text[i] != mark || text[(i + 1)..(i + 4)].ContainsAnyExceptInRange('0', '9'))
                    return false;
            }

            return true;
        }

        private static bool BlankGrouped(ReadOnlySpan<char> text)
        {
            int end = text.IndexOfAny(',', '.');
            Span<char> whole = stackalloc char[40];
            ReadOnlySpan<char> part = end < 0 ? text : text[..end];
            for (int i = 0; i < part.Length; i++)
                whole[i] = char.IsAsciiDigit(part[i]) ? part[i] : ' ';
            return Grouped(whole[..part.Length], ' ');
        }
    }
}

/// <summary>A record of the sample with its line.</summary>
internal sealed record SampleRow(long Line, string[] Cells);
