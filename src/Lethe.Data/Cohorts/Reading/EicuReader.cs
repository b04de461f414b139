using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Problems;
using Lethe.Data.Rows;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// Reads the eICU Collaborative Research Database 2.0 (Pollard et al. 2018): <c>patient</c>; vitals from
/// <c>vitalPeriodic</c> (five-minute medians) and <c>vitalAperiodic</c>, laboratory results from <c>lab</c>, urine from
/// <c>intakeOutput</c>, inspired oxygen from <c>respiratoryCharting</c>, through the concept map <c>eicu</c>. Times are
/// minutes from unit admission. A laboratory row's unit is the system's, that of the interface where there is none. In wide
/// tables every filled cell is one reading.
/// </summary>
public static class EicuReader
{
    private static readonly string[] Periodic = ["heartrate", "respiration", "sao2", "temperature", "systemicsystolic", "systemicdiastolic", "systemicmean"];
    private static readonly string[] Aperiodic = ["noninvasivesystolic", "noninvasivediastolic", "noninvasivemean"];

    /// <summary>Reads the stays of a definition.</summary>
    /// <param name="source">Folder or database.</param>
    /// <param name="definition">Who and what is kept; null: everything.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="DataException">A table or column is missing, or a row cannot be read.</exception>
    public static CohortReadResult Read(IRowSource source, CohortDefinition? definition = null, CancellationToken cancellation = default)
    {
        CohortDefinition chosen = definition ?? CohortDefinition.Everything;
        List<DataProblem> notes = [];
        List<StayRecord> stays = EicuStays.Read(source, notes);
        EicuStays.AddApache(source, stays);
        return HospitalImport.Run("eICU", "eicu", stays, chosen, (kept, intake, warnings) =>
        {
            warnings.AddRange(notes);
            EicuEvents events = new(new StayFinder(stays, kept, chosen.Window), intake, cancellation);
            if (HospitalImport.FirstTable(source, warnings, "vitalPeriodic") is { } periodic)
                events.Wide(source, periodic, "vitalPeriodic", "observationoffset", Periodic);
            if (HospitalImport.FirstTable(source, warnings, "vitalAperiodic") is { } aperiodic)
                events.Wide(source, aperiodic, "vitalAperiodic", "observationoffset", Aperiodic);
            if (HospitalImport.FirstTable(source, warnings, "lab", "lab.subset-174-stays") is { } lab)
                events.Long(source, lab, "lab", "labresultoffset", "labname", "labresult", "labmeasurenamesystem", "labmeasurenameinterface");
            if (HospitalImport.FirstTable(source, warnings, "intakeOutput") is { } output)
                events.Long(source, output, "intakeOutput", "intakeoutputoffset", "celllabel", "cellvaluenumeric");
            if (HospitalImport.FirstTable(source, warnings, "respiratoryCharting") is { } breathing)
                events.Long(source, breathing, "respiratoryCharting", "respchartoffset", "respchartvaluelabel", "respchartvalue");
        });
    }
}
