using System.Globalization;
using Lethe.Data.Rows;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>Streams the event tables of eICU through the concept gate.</summary>
internal sealed class EicuEvents(StayFinder stays, ConceptIntake intake, CancellationToken cancellation)
{
    private const double MinutesPerHour = 60;

    private readonly Dictionary<string, string> _codes = new(StringComparer.Ordinal);

    /// <summary>One row a time, one column a variable.</summary>
    public void Wide(IRowSource source, string table, string prefix, string timeColumn, string[] variables)
    {
        string[] codes = [.. variables.Select(v => $"{prefix}.{v}")];
        using RowReader rows = source.Open(table, ["patientunitstayid", timeColumn, .. variables]);
        while (Next(rows))
        {
            for (int v = 0; v < codes.Length; v++)
            {
                bool number = rows.TryNumber(v + 2, out double value);
                if (number && double.IsNaN(value))
                    continue; // an empty cell is no reading
                Offer(rows, codes[v], number, value, null);
            }
        }
    }

    /// <summary>One row a reading: name and value, and units in the first of some columns that is filled.</summary>
    public void Long(IRowSource source, string table, string prefix, string timeColumn, string nameColumn, string valueColumn, params string[] unitColumns)
    {
        using RowReader rows = source.Open(table, ["patientunitstayid", timeColumn, nameColumn, valueColumn, .. unitColumns]);
        while (Next(rows))
        {
            string code = Code(prefix, rows.Text(2) ?? "");
            if (!intake.Wants(code))
            {
                intake.Offer(0, 0, code, double.NaN, rows.Name, rows.Line); // counted as not mapped, or not part of the definition
                continue;
            }

            string? unit = null;
            for (int u = 0; u < unitColumns.Length && unit is null; u++)
                unit = rows.Text(4 + u);
            bool number = rows.TryNumber(3, out double value);
            if (!number && rows.Text(3) is { } text && text.EndsWith('%'))
            {
                unit = "%";
                number = double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
            }

            Offer(rows, code, number, value, unit);
        }
    }

    private bool Next(RowReader rows)
    {
        if ((rows.Line & 0xFFFF) == 0)
            cancellation.ThrowIfCancellationRequested();
        return rows.Read();
    }

    private void Offer(RowReader rows, string code, bool isNumber, double value, string? unit)
    {
        int row = rows.TryInteger(0, out long stay) ? stays.ByStay(stay, out _) : StayFinder.None;
        if (row < 0)
            intake.Tally.LeaveOut(row == StayFinder.LeftOut ? EventReasons.StayLeftOut : EventReasons.StayUnknown, intake.NameOf(code), rows.Name, rows.Line);
        else if (!rows.TryNumber(1, out double minutes) || double.IsNaN(minutes))
            intake.Tally.LeaveOut(EventReasons.NoTime, intake.NameOf(code), rows.Name, rows.Line);
        else if (!isNumber)
            intake.Tally.LeaveOut(EventReasons.NotNumber, intake.NameOf(code), rows.Name, rows.Line);
        else
            intake.Offer(row, minutes / MinutesPerHour, code, value, rows.Name, rows.Line, unit);
    }

    private string Code(string prefix, string name)
    {
        if (!_codes.TryGetValue(name, out string? code) || !code.StartsWith(prefix, StringComparison.Ordinal))
            _codes[name] = code = $"{prefix}.{name}";
        return code;
    }
}
