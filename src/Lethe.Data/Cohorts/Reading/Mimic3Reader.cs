using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Problems;
using Lethe.Data.Rows;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Reads MIMIC-III 1.4 (Johnson et al. 2016): item numbers of both charting systems (CareVue below 220000, MetaVision
/// above) through the concept map <c>mimic-iii</c>. Chart rows marked <c>error</c> and output rows marked <c>iserror</c>
/// are left out and counted; chart rows without a stay belong to the stay whose time holds them. Dates of birth 300 years
/// back mean an age over 89.
/// </summary>
public static class Mimic3Reader
{
    /// <summary>Reads the stays of a definition.</summary>
    /// <param name="source">Folder or database.</param>
    /// <param name="definition">Who and what is kept; null: everything.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="DataException">A table or column is missing, or a row cannot be read.</exception>
    public static CohortReadResult Read(IRowSource source, CohortDefinition? definition = null, CancellationToken cancellation = default)
    {
        CohortDefinition chosen = definition ?? CohortDefinition.Everything;
        List<StayRecord> stays = MimicStays.Read(source, "icustay_id", Patients(source));
        return HospitalImport.Run("MIMIC-III", "mimic-iii", stays, chosen, (kept, intake, warnings) =>
        {
            StayFinder finder = new(stays, kept, chosen.Window);
            MimicEvents events = new(finder, intake);
            if (HospitalImport.FirstTable(source, warnings, "chartevents") is not null)
                Table("chartevents", new MimicColumns(0, 5, 1, 2, 3, 4, 6), "subject_id", "charttime", "itemid", "valuenum", "valueuom", "icustay_id", "error");
            if (HospitalImport.FirstTable(source, warnings, "labevents") is not null)
                Table("labevents", new MimicColumns(0, -1, 1, 2, 3, 4, -1), "subject_id", "charttime", "itemid", "valuenum", "valueuom");
            if (HospitalImport.FirstTable(source, warnings, "outputevents") is not null)
                Table("outputevents", new MimicColumns(0, 5, 1, 2, 3, 4, 6), "subject_id", "charttime", "itemid", "value", "valueuom", "icustay_id", "iserror");
            if (HospitalImport.FirstTable(source, warnings, "procedureevents_mv") is { } procedures)
                new MimicProcedures(finder, intake).Read(source, procedures, "icustay_id", cancellation);
            events.Finish();

            void Table(string table, MimicColumns positions, params string[] columns)
            {
                using RowReader rows = source.Open(table, columns);
                events.Read(rows, positions, cancellation);
            }
        });
    }

    private static Dictionary<long, (string? Sex, Func<DateTime, double> Age)> Patients(IRowSource source)
    {
        Dictionary<long, (string?, Func<DateTime, double>)> patients = [];
        using RowReader rows = source.Open("patients", "subject_id", "gender", "dob");
        while (rows.Read())
        {
            if (!rows.TryInteger(0, out long id))
                throw HospitalImport.BadRow(rows, "subject_id", "the number of the patient is missing or not a number");
            bool known = rows.TryTime(2, out DateTime birth);
            patients[id] = (MimicStays.Sex(rows.Text(1)), time => known ? StaySheet.Years(birth, time) : double.NaN);
        }

        return patients;
    }
}
