using System.Globalization;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Definitions;

/// <summary>
/// Applies a definition in two steps, so that a reader of a large database never touches the events of stays that are
/// left out: stays by their static attributes first (<see cref="Stays"/>), then what takes events to know
/// (<see cref="Finish"/>). Every criterion that removes stays is a step of the attrition table.
/// </summary>
internal sealed class CohortSelection
{
    private readonly CohortDefinition _definition;

    private CohortSelection(CohortDefinition definition, int[] kept, Attrition attrition, IReadOnlyList<DataProblem> warnings)
    {
        _definition = definition;
        Kept = kept;
        Attrition = attrition;
        Warnings = warnings;
    }

    /// <summary>Rows of the static table that remain, ascending.</summary>
    public int[] Kept { get; }

    /// <summary>The flow so far.</summary>
    public Attrition Attrition { get; private set; }

    /// <summary>Criteria that the source cannot answer.</summary>
    public IReadOnlyList<DataProblem> Warnings { get; }

    /// <summary>Selects stays by their static attributes.</summary>
    public static CohortSelection Stays(Table statics, CohortDefinition definition, string source)
    {
        int[] kept = [.. Enumerable.Range(0, statics.RowCount)];
        Attrition attrition = Attrition.None.Then(Step($"all stays of {source}", statics, kept));
        List<DataProblem> warnings = [];
        foreach ((string criterion, string column, Func<double, bool> holds) in Criteria(definition))
        {
            if (!statics.Schema.TryGet(column, out _))
            {
                warnings.Add(NoColumn(source, criterion, column));
                attrition = attrition.Then(Step($"{criterion} (not recorded in this source: nobody left out)", statics, kept));
                continue;
            }

            NumericColumn values = (NumericColumn)statics[column];
            kept = [.. kept.Where(row => holds(values[row]))]; // NaN fails every comparison: unknown is left out
            attrition = attrition.Then(Step(criterion, statics, kept));
        }

        return new CohortSelection(definition, kept, attrition, warnings);
    }

    /// <summary>Selects stays by their events, derives the outcome and picks static attributes. Events lost on the way are accounted for.</summary>
    public Cohort Finish(Cohort cohort, EventTally tally)
    {
        if (_definition.MinimumEvents > 0)
        {
            int[] enough = [.. Enumerable.Range(0, cohort.Count).Where(i => cohort[i].Count >= _definition.MinimumEvents)];
            long lost = cohort.EventCount;
            cohort = enough.Length == cohort.Count ? cohort : cohort.Take(enough);
            tally.Withdraw("stay has too few events", "", lost - cohort.EventCount);
            string criterion = string.Create(CultureInfo.InvariantCulture, $"at least {_definition.MinimumEvents} event{(_definition.MinimumEvents == 1 ? "" : "s")} in the window");
            Attrition = Attrition.Then(Step(criterion, cohort.Statics, [.. Enumerable.Range(0, cohort.Count)]));
        }

        Table statics = OutcomeColumn.Apply(cohort.Statics, cohort.Outcomes, _definition, out IReadOnlyList<string> outcomes);
        if (_definition.Statics is { } wanted)
            statics = statics.Where(c => c.Role is ColumnRole.Identifier or ColumnRole.PatientKey || c.Name == Cohort.StayIdColumn || outcomes.Contains(c.Name) || wanted.Contains(c.Name));
        return new Cohort($"{cohort.Name}, {_definition.Name}", statics, cohort.Channels, cohort.Offsets.ToArray(), cohort.Times.ToArray(), cohort.ChannelOfEvent.ToArray(), cohort.Values.ToArray(), outcomes);
    }

    /// <summary>Applies a definition to a cohort that was read whole.</summary>
    public static CohortReadResult Apply(CohortReadResult read, CohortDefinition definition, string source)
    {
        CohortSelection selection = Stays(read.Cohort.Statics, definition, source);
        Cohort cohort = EventWindow.Apply(read.Cohort, selection.Kept, definition, read.Tally);
        cohort = selection.Finish(cohort, read.Tally);
        return new CohortReadResult(cohort, read.Tally, [.. read.Warnings, .. selection.Warnings]) { Attrition = selection.Attrition };
    }

    private static IEnumerable<(string Criterion, string Column, Func<double, bool> Holds)> Criteria(CohortDefinition d)
    {
        if (d.MinimumAge is { } youngest)
            yield return (Text($"age {youngest} or more"), StaticNames.Age, a => a >= youngest);
        if (d.MaximumAge is { } oldest)
            yield return (Text($"age {oldest} or less"), StaticNames.Age, a => a <= oldest);
        if (d.FirstStayOnly)
            yield return ("first stay of each patient", StaticNames.StayNumber, n => n == 1);
        if (d.MinimumHours is { } shortest)
            yield return (Text($"stay of {shortest} hours or more"), StaticNames.LengthHours, h => h >= shortest);
        if (d.MaximumHours is { } longest)
            yield return (Text($"stay of {longest} hours or less"), StaticNames.LengthHours, h => h <= longest);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static AttritionStep Step(string criterion, Table statics, int[] rows)
    {
        if (statics.Schema.PatientKey is not { } key)
            return new AttritionStep(criterion, rows.Length, rows.Length);
        Column patients = statics[key.Name];
        return new AttritionStep(criterion, rows.Length, rows.Select(r => patients.Format(r)).Distinct(StringComparer.Ordinal).Count());
    }

    private static DataProblem NoColumn(string source, string criterion, string column) => new()
    {
        Code = "LC040",
        Severity = Severity.Warning,
        File = source,
        Column = column,
        Message = $"the definition asks for '{criterion}', which this source does not record: nobody was left out for it",
        Remedy = "Remove the criterion if the source cannot violate it, or choose a source that records it.",
    };
}
