using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Problems;
using Lethe.Data.Rows;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Reads MIMIC-IV 2.x and 3.x (Johnson et al. 2023) from its tables as published: <c>patients</c>, <c>admissions</c>,
/// <c>icustays</c>; vitals from <c>chartevents</c>, laboratory results from <c>labevents</c>, urine from
/// <c>outputevents</c>, ventilation from <c>procedureevents</c>, by item number through the concept map <c>mimic-iv</c>. Laboratory results belong to the stay whose
/// time holds them. Where the two large tables are missing, <c>chartevents_numeric</c> and <c>labevents_numeric</c> (the
/// numeric part, with the same columns) are read in their stead and a warning says so.
/// </summary>
public static class Mimic4Reader
{
    /// <summary>Reads the stays of a definition.</summary>
    /// <param name="source">Folder (with or without <c>hosp/</c> and <c>icu/</c>) or database.</param>
    /// <param name="definition">Who and what is kept; null: everything.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="DataException">A table or column is missing, or a row cannot be read.</exception>
    public static CohortReadResult Read(IRowSource source, CohortDefinition? definition = null, CancellationToken cancellation = default)
    {
        CohortDefinition chosen = definition ?? CohortDefinition.Everything;
        List<StayRecord> stays = MimicStays.Read(source, "stay_id", Patients(source));
        return HospitalImport.Run("MIMIC-IV", "mimic-iv", stays, chosen, (kept, intake, warnings) =>
        {
            StayFinder finder = new(stays, kept, chosen.Window);
            MimicEvents events = new(finder, intake);
            if (HospitalImport.FirstTable(source, warnings, "chartevents", "chartevents_numeric") is { } chart)
                Table(chart, "subject_id", "stay_id", "charttime", "itemid", "valuenum", "valueuom");
            if (HospitalImport.FirstTable(source, warnings, "labevents", "labevents_numeric") is { } lab)
                Table(lab, "subject_id", null, "charttime", "itemid", "valuenum", "valueuom");
            if (HospitalImport.FirstTable(source, warnings, "outputevents") is { } output)
                Table(output, "subject_id", "stay_id", "charttime", "itemid", "value", "valueuom");
            if (HospitalImport.FirstTable(source, warnings, "procedureevents") is { } procedures)
                new MimicProcedures(finder, intake).Read(source, procedures, "stay_id", cancellation);
            events.Finish();

            void Table(string table, string patient, string? stay, string time, string item, string value, string unit)
            {
                using RowReader rows = source.Open(table, stay is null ? [patient, time, item, value, unit] : [patient, time, item, value, unit, stay]);
                events.Read(rows, new MimicColumns(Patient: 0, Stay: stay is null ? -1 : 5, Time: 1, Item: 2, Value: 3, Unit: 4, Error: -1), cancellation);
            }
        });
    }

    /// <summary>The age in the anchor year counts on by calendar years, as MIMIC's documentation says; over 89 it is given as 91.</summary>
    private static Dictionary<long, (string? Sex, Func<DateTime, double> Age)> Patients(IRowSource source)
    {
        Dictionary<long, (string?, Func<DateTime, double>)> patients = [];
        using RowReader rows = source.Open("patients", "subject_id", "gender", "anchor_age", "anchor_year");
        while (rows.Read())
        {
            if (!rows.TryInteger(0, out long id))
                throw HospitalImport.BadRow(rows, "subject_id", "the number of the patient is missing or not a number");
            bool known = rows.TryInteger(2, out long age) & rows.TryInteger(3, out long year);
            patients[id] = (MimicStays.Sex(rows.Text(1)), time => known ? age + (time.Year - year) : double.NaN);
        }

        return patients;
    }
}
