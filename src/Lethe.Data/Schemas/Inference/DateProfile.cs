using System.Text;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Schemas.Inference;

/// <summary>
/// Counts how many cells each known date format can read. Cells are sorted by shape first (digits → 9, letters → a), so
/// only the two or three formats of that shape are tried. Not thread-safe.
/// </summary>
internal sealed class DateProfile
{
    private static readonly string[] DateParts =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyyMMdd",
        "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy", "dd-MM-yyyy", "MM-dd-yyyy",
        "d/M/yyyy", "M/d/yyyy", "d.M.yyyy", "d-M-yyyy", "M-d-yyyy", "yyyy/M/d", "yyyy-M-d",
        "dd/MM/yy", "MM/dd/yy", "dd.MM.yy", "d/M/yy", "M/d/yy", "d.M.yy",
        "dd MMM yyyy", "dd-MMM-yyyy", "d MMM yyyy", "d-MMM-yyyy", "dd-MMM-yy", "d-MMM-yy", "ddMMMyyyy", "d MMMM yyyy", "MMM d, yyyy", "MMM d yyyy", "MMMM d, yyyy",
    ];

    private static readonly string[] TimeParts = ["", " HH:mm", " HH:mm:ss", " HH:mm:ss.FFFFFFF", "THH:mm", "THH:mm:ss", "THH:mm:ss.FFFFFFFK", " h:mm tt", " h:mm:ss tt", ", HH:mm"];

    private readonly Dictionary<string, string[]> _byShape = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tally> _tallies = [];
    private int _refused;

    /// <summary>Cells that some format reads.</summary>
    public long Read { get; private set; }

    /// <summary>Cells by format, for those formats that read any.</summary>
    public IReadOnlyDictionary<string, Tally> Formats => _tallies;

    /// <summary>Place of a format in the order of preference: lower is better.</summary>
    public static int Rank(string format)
    {
        int best = int.MaxValue;
        for (int time = 0; time < TimeParts.Length; time++)
        {
            for (int date = 0; date < DateParts.Length; date++)
            {
                if (DateParts[date] + TimeParts[time] == format)
                    best = Math.Min(best, (date * TimeParts.Length) + time);
            }
        }

        return best;
    }

    /// <summary>Takes in a cell. Gives up after a hundred cells without one date.</summary>
    public void Add(ReadOnlySpan<byte> cell, long line)
    {
        if (cell.Length is < 6 or > 34 || (Read == 0 && _refused > 100))
        {
            _refused++;
            return;
        }

        Span<char> text = stackalloc char[34];
        if (!Encoding.UTF8.TryGetChars(cell, text, out int length))
            return;
        text = text[..length];
        Span<char> shape = stackalloc char[34];
        shape = shape[..length];
        for (int i = 0; i < length; i++)
        {
            bool afterDigit = i > 0 && char.IsAsciiDigit(text[i - 1]);
            bool isoMark = afterDigit && (text[i] == 'T' ? i + 1 < length && char.IsAsciiDigit(text[i + 1]) : text[i] == 'Z' && i + 1 == length);
            shape[i] = char.IsAsciiDigit(text[i]) ? '9' : char.IsAsciiLetter(text[i]) && !isoMark ? 'a' : text[i];
        }

        Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> lookup = _byShape.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(shape, out string[]? formats))
        {
            if (_byShape.Count > 1000)
                return;
            // The formats of a shape are those that read at least one cell of it: d/M and M/d share their shapes.
            formats = [.. from time in TimeParts from date in DateParts select date + time];
            formats = Filter(formats, shape);
            lookup[shape] = formats;
        }

        bool read = false;
        foreach (string format in formats)
        {
            if (!DateText.TryParseExact(text, format, out DateTime time))
                continue;
            read = true;
            double days = DateText.Days(time);
            if (!_tallies.TryGetValue(format, out Tally? tally))
                _tallies.Add(format, tally = new Tally());
            tally.Add(days, line);
        }

        if (read)
            Read++;
        else
            _refused++;
    }

    /// <summary>Formats whose own shape can be this one: same length class and same marks in the same order.</summary>
    private static string[] Filter(string[] formats, ReadOnlySpan<char> shape)
    {
        string marks = Marks(shape);
        return [.. formats.Where(f => FormatMarks(f) == marks || (f.Contains('F', StringComparison.Ordinal) && FractionMarks(f).Contains(marks)))];
    }

    private static string Marks(ReadOnlySpan<char> shape)
    {
        StringBuilder marks = new();
        foreach (char c in shape)
        {
            char mark = c is '9' ? '9' : c is 'a' ? 'a' : c;
            if (mark is not ('9' or 'a') || marks.Length == 0 || marks[^1] != mark)
                marks.Append(mark);
        }

        return marks.ToString();
    }

    private static string FormatMarks(string format)
    {
        StringBuilder shape = new();
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            int run = 1;
            while (i + run < format.Length && format[i + run] == c)
                run++;
            if (c is 'y' or 'd' or 'H' or 'h' or 'm' or 's' or 'F')
                shape.Append('9');
            else if (c == 'M')
                shape.Append(run >= 3 ? 'a' : '9');
            else if (c == 't')
                shape.Append('a');
            else if (c != 'K')
                shape.Append(c, run);
            i += run - 1;
        }

        return Marks(shape.ToString());
    }

    /// <summary>The shapes of a format with optional fraction and offset.</summary>
    private static string[] FractionMarks(string format)
    {
        string with = FormatMarks(format), without = FormatMarks(format.Replace(".FFFFFFF", "", StringComparison.Ordinal));
        return [with, without, with + "Z", without + "Z", with + "+9:9", without + "+9:9", with + "-9:9", without + "-9:9"];
    }

    /// <summary>Cells that one format reads.</summary>
    internal sealed class Tally
    {
        /// <summary>How many.</summary>
        public long Count { get; private set; }

        /// <summary>Line of the first.</summary>
        public long FirstLine { get; private set; }

        /// <summary>Earliest, in days since 1970-01-01.</summary>
        public double Min { get; private set; } = double.PositiveInfinity;

        /// <summary>Latest, in days since 1970-01-01.</summary>
        public double Max { get; private set; } = double.NegativeInfinity;

        /// <summary>True when any has a time of day.</summary>
        public bool HasTime { get; private set; }

        /// <summary>Takes in a date.</summary>
        public void Add(double days, long line)
        {
            if (Count++ == 0)
                FirstLine = line;
            Min = Math.Min(Min, days);
            Max = Math.Max(Max, days);
            HasTime |= days != Math.Floor(days);
        }
    }
}
