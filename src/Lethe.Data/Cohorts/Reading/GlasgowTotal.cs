namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// The Glasgow Coma Scale is charted as eye, verbal and motor response; its total is a reading when all three stand at one
/// time. Each component is an event read: one of the three becomes the total, two are counted as part of it, and what
/// never becomes complete is counted as that.
/// </summary>
internal sealed class GlasgowTotal
{
    public const string PartOfTotal = "component of the Glasgow Coma Scale: part of the total";
    public const string Incomplete = "component of the Glasgow Coma Scale without the other two";

    private static readonly (int Low, int High)[] Ranges = [(1, 4), (1, 5), (1, 6)];

    private readonly Dictionary<(int Stay, long Ticks), (byte[] Parts, string File, long Line)> _open = [];
    private readonly ConceptIntake _intake;
    private readonly string _totalCode;

    /// <summary>Makes totals and offers them under <paramref name="totalCode"/> of the intake's map.</summary>
    public GlasgowTotal(ConceptIntake intake, string totalCode)
    {
        _intake = intake;
        _totalCode = totalCode;
    }

    /// <summary>Takes a component.</summary>
    /// <param name="stay">Row of the stay.</param>
    /// <param name="time">When it was charted.</param>
    /// <param name="hours">The same in hours since admission.</param>
    /// <param name="part">0 eye, 1 verbal, 2 motor.</param>
    /// <param name="value">Points.</param>
    /// <param name="file">File or table.</param>
    /// <param name="line">Line in it.</param>
    public void Take(int stay, DateTime time, double hours, int part, double value, string file, long line)
    {
        if (double.IsNaN(value) || value != Math.Floor(value) || value < Ranges[part].Low || value > Ranges[part].High)
        {
            _intake.Tally.LeaveOut(double.IsNaN(value) ? EventReasons.NoValue : EventReasons.Implausible, "gcs", file, line);
            return;
        }

        (int, long) key = (stay, time.Ticks);
        byte[] parts = _open.TryGetValue(key, out (byte[] Parts, string File, long Line) open) ? open.Parts : new byte[3];
        if (parts[part] != 0)
            _intake.Tally.LeaveOut("component of the Glasgow Coma Scale charted twice at one time", "gcs", file, line);
        parts[part] = (byte)value;
        if (parts[0] == 0 || parts[1] == 0 || parts[2] == 0)
        {
            _open[key] = (parts, file, line);
            return;
        }

        _open.Remove(key);
        _intake.Tally.LeaveOut(PartOfTotal, "gcs", file, line);
        _intake.Tally.LeaveOut(PartOfTotal, "gcs", file, line);
        _intake.Offer(stay, hours, _totalCode, parts[0] + parts[1] + parts[2], file, line);
    }

    /// <summary>Accounts for what never became complete.</summary>
    public void Finish()
    {
        foreach ((byte[] parts, string file, long line) in _open.Values)
        {
            foreach (byte part in parts)
            {
                if (part != 0)
                    _intake.Tally.LeaveOut(Incomplete, "gcs", file, line);
            }
        }

        _open.Clear();
    }
}
