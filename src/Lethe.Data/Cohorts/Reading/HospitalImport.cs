using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Concepts;
using Lethe.Data.Problems;
using Lethe.Data.Rows;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// What every hospital reader does around its own tables: choose stays, open the concept gate, read events, assemble the
/// cohort, finish the definition. A reader gives its stays and says how its events are read.
/// </summary>
internal static class HospitalImport
{
    /// <param name="name">Name of the database, for people.</param>
    /// <param name="map">Name of its concept map.</param>
    /// <param name="stays">Every stay of the source.</param>
    /// <param name="definition">Who and what is kept.</param>
    /// <param name="readEvents">Offers every event to the intake; is told the positions of the kept stays.</param>
    public static CohortReadResult Run(string name, string map, IReadOnlyList<StayRecord> stays, CohortDefinition definition, Action<int[], ConceptIntake, List<DataProblem>> readEvents)
    {
        CohortSelection selection = CohortSelection.Stays(StaySheet.ToTable(stays, name), definition, name);
        ConceptMap concepts = ConceptMap.Load(map);
        IReadOnlyList<Channel> channels = EventWindow.Choose(concepts.Channels, definition.Channels);
        CohortBuilder builder = new();
        ConceptIntake intake = new(concepts, channels, definition.Implausible, builder, definition.Window);
        FirstReadings weights = new("weight", channels, selection.Kept.Length);
        intake.Kept = weights.See;
        List<DataProblem> warnings = [];
        readEvents(selection.Kept, intake, warnings);
        StayRecord[] kept = [.. selection.Kept.Select(i => stays[i])];
        for (int row = 0; row < kept.Length; row++)
        {
            if (double.IsNaN(kept[row].Weight))
                kept[row].Weight = weights[row];
        }

        Table statics = StaySheet.ToTable(kept, name);
        Cohort cohort = builder.Build(name, statics, channels, StaySheet.Outcomes);
        DuplicateNotes.Add(cohort, intake.Tally, name);
        cohort = selection.Finish(cohort, intake.Tally);
        return new CohortReadResult(cohort, intake.Tally, [.. warnings, .. selection.Warnings]) { Attrition = selection.Attrition };
    }

    /// <summary>The first of some tables that the source has; null and a warning when it has none, a warning when it is not the first.</summary>
    public static string? FirstTable(IRowSource source, List<DataProblem> warnings, params string[] tables)
    {
        string? found = tables.FirstOrDefault(source.Has);
        if (found == tables[0])
            return found;
        warnings.Add(new DataProblem
        {
            Code = found is null ? "LC050" : "LC051",
            Severity = Severity.Warning,
            File = source.Name,
            Message = found is null ? $"there is no table '{tables[0]}': the channels that come from it alone stay empty" : $"there is no table '{tables[0]}': '{found}' was read in its stead",
            Remedy = $"Add '{tables[0]}' as it was published if you have it.",
        });
        return found;
    }

    /// <summary>A row of a table that describes stays or patients and cannot be used.</summary>
    public static DataException BadRow(RowReader rows, string column, string message) => new(new DataProblem
    {
        Code = "LC052",
        File = rows.Name,
        Line = rows.Line,
        Column = column,
        Message = message,
        Remedy = "Correct the row, or use the table as it was published.",
    });
}
