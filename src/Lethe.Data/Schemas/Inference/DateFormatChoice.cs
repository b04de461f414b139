using Lethe.Data.Problems;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Schemas.Inference;

/// <summary>Picks the fewest formats that read every date of a column; day before month where the column cannot tell.</summary>
internal static class DateFormatChoice
{
    /// <summary>The format or formats (as <see cref="ColumnSchema.DateFormat"/>), and the earliest and latest date in days.</summary>
    /// <param name="dates">A profile in which every cell is read by some format.</param>
    /// <param name="note">Takes a problem's code, severity, message and remedy.</param>
    public static (string Format, double Min, double Max) Choose(DateProfile dates, Action<string, Severity, string, string> note)
    {
        // In order of preference: reads most, then the order in which formats are listed (padded before unpadded, day first).
        KeyValuePair<string, DateProfile.Tally>[] ranked = [.. dates.Formats.OrderByDescending(f => f.Value.Count).ThenBy(f => DateProfile.Rank(f.Key))];
        if (ranked[0].Value.Count == dates.Read)
        {
            string[] whole = [.. ranked.Where(f => f.Value.Count == dates.Read).Select(f => f.Key)];
            string? swapped = whole.FirstOrDefault(f => f == Swap(whole[0]));
            if (swapped is not null)
            {
                note(ProblemCodes.DayMonthAmbiguous, Severity.Warning,
                    $"every date fits both {whole[0]} and {swapped}; {whole[0]} was assumed", $"Set date_format to {swapped} if the month comes first");
            }

            return (whole[0], ranked[0].Value.Min, ranked[0].Value.Max);
        }

        List<KeyValuePair<string, DateProfile.Tally>> chosen = [];
        long covered = 0;
        foreach (KeyValuePair<string, DateProfile.Tally> format in ranked)
        {
            // Formats of the same shape with day and month swapped read the same cells: the better one is enough.
            if (chosen.Any(c => SameShape(c.Key, format.Key)))
                continue;
            chosen.Add(format);
            covered += format.Value.Count;
            if (covered >= dates.Read)
                break;
        }

        string formats = string.Join($" {DateText.FormatSeparator} ", chosen.Select(c => c.Key));
        note(ProblemCodes.SeveralDateFormats, Severity.Warning,
            $"dates are written in {chosen.Count} formats ({formats}; first on lines {string.Join(", ", chosen.Select(c => c.Value.FirstLine))})", "Check that day and month are told apart rightly");
        return (formats, chosen.Min(c => c.Value.Min), chosen.Max(c => c.Value.Max));
    }

    /// <summary>The format with day and month exchanged.</summary>
    private static string? Swap(string format) => format.Contains("MMM", StringComparison.Ordinal) || format[0] == 'y'
        ? null
        : format.Replace("MM", "#", StringComparison.Ordinal).Replace("dd", "MM", StringComparison.Ordinal).Replace("#", "dd", StringComparison.Ordinal) is string padded && padded != format
            ? padded
            : format.Replace('M', '#').Replace('d', 'M').Replace('#', 'd');

    private static bool SameShape(string a, string b) => a == Swap(b) || a.Replace("dd", "d", StringComparison.Ordinal).Replace("MM", "M", StringComparison.Ordinal) == b || b.Replace("dd", "d", StringComparison.Ordinal).Replace("MM", "M", StringComparison.Ordinal) == a;
}
