using System.Globalization;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Problems;
using Lethe.Data.Rows;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Reads a MEDS event stream (Medical Event Data Standard) with the codes of its MIMIC-IV extraction (van de Water et al.
/// 2025), as a CSV file or table <c>meds_events</c>: <c>subject_id, time, code, numeric_value</c>. Stays come from
/// <c>ICU_ADMISSION</c> and <c>ICU_DISCHARGE</c>; readings are <c>LAB//item//unit</c> (charted vitals as well) and
/// <c>SUBJECT_FLUID_OUTPUT//item//unit</c>, through the concept map <c>mimic-iv</c>, and belong to the stay whose time
/// holds them. A stream whose codes are channels already, as Lethe writes it, is recognised by them and needs no map. The
/// stream is read twice: for the stays, then for the events.
/// </summary>
public static class MedsReader
{
    private const string Table = "meds_events";

    /// <summary>Reads the stays of a definition.</summary>
    /// <param name="source">Folder or database.</param>
    /// <param name="definition">Who and what is kept; null: everything.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="DataException">A table or column is missing, or a row cannot be read.</exception>
    public static CohortReadResult Read(IRowSource source, CohortDefinition? definition = null, CancellationToken cancellation = default)
    {
        CohortDefinition chosen = definition ?? CohortDefinition.Everything;
        if (MedsStays.Read(source, Table) is not { } stays)
            return MedsCohortReader.Read(source, Table, chosen, cancellation);
        return HospitalImport.Run("MEDS", "mimic-iv", stays, chosen, (kept, intake, _) =>
        {
            MimicEvents events = new(new StayFinder(stays, kept, chosen.Window), intake);
            using Measurements rows = new(source.Open(Table, "subject_id", "time", "code", "numeric_value"), intake.Tally);
            events.Read(rows, new MimicColumns(Patient: 0, Stay: -1, Time: 1, Item: 2, Value: 3, Unit: 4, Error: -1), cancellation);
            events.Finish();
        });
    }

    /// <summary>The stream's measurements as rows of patient, time, item, value and unit; every other event is counted and passed over.</summary>
    private sealed class Measurements(RowReader stream, EventTally tally) : RowReader
    {
        private string _item = "";
        private string? _unit;

        public override string Name => stream.Name;

        public override long Line => stream.Line;

        public override bool Read()
        {
            while (stream.Read())
            {
                string code = stream.Text(2) ?? "", kind = MedsCode.Part(code, 0);
                if (kind is "LAB" or "SUBJECT_FLUID_OUTPUT")
                {
                    _item = MedsCode.Part(code, 1);
                    _unit = MedsCode.Part(code, 2) is { Length: > 0 } unit && unit != "UNK" && !string.IsNullOrWhiteSpace(unit) ? unit : null;
                    return true;
                }

                tally.LeaveOut("not a measurement", kind, stream.Name, stream.Line);
            }

            return false;
        }

        public override string? Text(int column) => column switch { 2 => _item, 4 => _unit, _ => stream.Text(column) };

        public override bool TryInteger(int column, out long value) => column == 2
            ? long.TryParse(_item, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            : stream.TryInteger(column, out value);

        public override bool TryNumber(int column, out double value) => stream.TryNumber(column, out value);

        public override bool TryTime(int column, out DateTime value) => stream.TryTime(column, out value);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                stream.Dispose();
        }
    }
}
