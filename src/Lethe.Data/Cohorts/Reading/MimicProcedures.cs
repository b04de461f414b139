using System.Globalization;
using Lethe.Data.Rows;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Streams the procedures of MIMIC that run over time (mechanical ventilation) through the concept gate. Each becomes a
/// reading of 1 at its start and at every full hour after it until it ends or the stay does: the shape in which
/// PhysioNet 2012 charts ventilation. Rows that were rewritten or cancelled are left out and counted.
/// </summary>
internal sealed class MimicProcedures(StayFinder stays, ConceptIntake intake)
{
    private const string EndsFirst = "end is missing or before the start";

    /// <summary>Reads the table.</summary>
    /// <param name="source">Folder or database.</param>
    /// <param name="table">Name of the table.</param>
    /// <param name="stay">Name of its column with the number of the stay.</param>
    /// <param name="cancellation">Stops reading.</param>
    public void Read(IRowSource source, string table, string stay, CancellationToken cancellation)
    {
        using RowReader rows = source.Open(table, "subject_id", stay, "starttime", "endtime", "itemid", "statusdescription");
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            string code = rows.TryInteger(4, out long item) ? item.ToString(CultureInfo.InvariantCulture) : "";
            if (!intake.Wants(code))
                intake.Offer(0, 0, code, double.NaN, rows.Name, rows.Line); // counted as not mapped, or not part of the definition
            else if (rows.Text(5) is "Rewritten" or "Canceled")
                intake.Tally.LeaveOut(EventReasons.MarkedWrong, intake.NameOf(code), rows.Name, rows.Line);
            else if (!rows.TryTime(2, out DateTime start))
                intake.Tally.LeaveOut(EventReasons.NoTime, intake.NameOf(code), rows.Name, rows.Line);
            else if (!rows.TryTime(3, out DateTime end) || end < start)
                intake.Tally.LeaveOut(EndsFirst, intake.NameOf(code), rows.Name, rows.Line);
            else
                Offer(rows, code, start, end);
        }
    }

    private void Offer(RowReader rows, string code, DateTime start, DateTime end)
    {
        StayRecord? stay = null;
        int row = rows.TryInteger(1, out long number) ? stays.ByStay(number, out stay)
            : rows.TryInteger(0, out long patient) ? stays.ByTime(patient, start, out stay)
            : StayFinder.None;
        if (row < 0)
        {
            intake.Tally.LeaveOut(row == StayFinder.LeftOut ? EventReasons.StayLeftOut : EventReasons.NoStay, intake.NameOf(code), rows.Name, rows.Line);
            return;
        }

        DateTime last = end < stay!.Out || start > stay.Out ? end : stay.Out;
        int readings = (int)Math.Min((last - start).TotalHours, MostHours) + 1;
        for (int hour = 0; hour < readings; hour++)
            intake.Offer(row, (start.AddHours(hour) - stay.In).TotalHours, code, 1, rows.Name, rows.Line);
    }

    // A year: longer is a wrong date, not a ventilation.
    private const int MostHours = 24 * 366;
}
