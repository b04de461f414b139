using System.Globalization;
using Lethe.Data.Rows;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Streams the event tables of MIMIC: each row is given to its stay, passes the concept gate and is accounted for. Memory
/// is that of the kept events. MIMIC-III and IV differ in names of columns, not in what happens to a row.
/// </summary>
internal sealed class MimicEvents
{
    private const double CmPerInch = 2.54;

    // Item numbers: eye, verbal, motor response (MetaVision); height in cm and in inches; admission height in inches (CareVue).
    private static readonly int[] GlasgowParts = [220739, 223900, 223901];
    private const int HeightCm = 226730, HeightInch = 226707, AdmitHeightInch = 920;

    private readonly StayFinder _stays;
    private readonly ConceptIntake _intake;
    private readonly GlasgowTotal _glasgow;
    private readonly Dictionary<long, string> _codes = [];

    public MimicEvents(StayFinder stays, ConceptIntake intake)
    {
        _stays = stays;
        _intake = intake;
        _glasgow = new GlasgowTotal(intake, "gcs_total");
    }

    /// <summary>Reads a table of events.</summary>
    /// <param name="rows">Columns: patient, stay (or none), time, item, value, unit, error mark (or none), in the order of the fields below.</param>
    /// <param name="columns">Positions of the columns in the request.</param>
    /// <param name="cancellation">Stops reading.</param>
    public void Read(RowReader rows, MimicColumns columns, CancellationToken cancellation)
    {
        while (rows.Read())
        {
            if ((rows.Line & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            Row(rows, columns);
        }
    }

    /// <summary>Accounts for what waited for its other parts.</summary>
    public void Finish() => _glasgow.Finish();

    private void Row(RowReader rows, MimicColumns c)
    {
        string file = rows.Name;
        if (!rows.TryInteger(c.Item, out long item))
        {
            _intake.Tally.LeaveOut("item is missing or not a number", "", file, rows.Line);
            return;
        }

        int part = Array.IndexOf(GlasgowParts, (int)item);
        bool height = item is HeightCm or HeightInch or AdmitHeightInch;
        string code = Code(item);
        if (!height && !_intake.Wants(part >= 0 ? "gcs_total" : code))
        {
            _intake.Offer(0, 0, code, double.NaN, file, rows.Line); // counted as not mapped, or not part of the definition
            return;
        }

        if (c.Error >= 0 && rows.TryNumber(c.Error, out double error) && error == 1)
        {
            _intake.Tally.LeaveOut(EventReasons.MarkedWrong, _intake.NameOf(code), file, rows.Line);
            return;
        }

        if (!rows.TryTime(c.Time, out DateTime time))
        {
            _intake.Tally.LeaveOut(EventReasons.NoTime, _intake.NameOf(code), file, rows.Line);
            return;
        }

        StayRecord? stay = null;
        int row = c.Stay >= 0 && rows.TryInteger(c.Stay, out long stayId) ? _stays.ByStay(stayId, out stay)
            : rows.TryInteger(c.Patient, out long patient) ? _stays.ByTime(patient, time, out stay)
            : StayFinder.None;
        if (row < 0)
        {
            _intake.Tally.LeaveOut(row == StayFinder.LeftOut ? EventReasons.StayLeftOut : EventReasons.NoStay, _intake.NameOf(code), file, rows.Line);
            return;
        }

        if (!rows.TryNumber(c.Value, out double value))
        {
            _intake.Tally.LeaveOut(EventReasons.NotNumber, _intake.NameOf(code), file, rows.Line);
            return;
        }

        double hours = (time - stay!.In).TotalHours;
        if (height)
        {
            if (double.IsNaN(stay.Height))
                stay.Height = StaySheet.PlausibleHeight(item == HeightCm ? value : value * CmPerInch);
            _intake.Tally.LeaveOut("static attribute: height", code, file, rows.Line);
        }
        else if (part >= 0)
        {
            _glasgow.Take(row, time, hours, part, value, file, rows.Line);
        }
        else
        {
            _intake.Offer(row, hours, code, value, file, rows.Line, c.Unit < 0 ? null : rows.Text(c.Unit));
        }
    }

    private string Code(long item)
    {
        if (!_codes.TryGetValue(item, out string? code))
            _codes.Add(item, code = item.ToString(CultureInfo.InvariantCulture));
        return code;
    }
}

/// <summary>Where the cells of an event row stand; −1: the table has no such column.</summary>
internal readonly record struct MimicColumns(int Patient, int Stay, int Time, int Item, int Value, int Unit, int Error);
