using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts.Definitions;

/// <summary>
/// Makes the definition's outcome the target. What is known only at discharge (lengths of stay, deaths) is listed among
/// the outcomes too, so that nobody predicts one from the other by accident.
/// </summary>
internal static class OutcomeColumn
{
    private static readonly string[] KnownAtDischarge =
        [StaticNames.InHospitalDeath, StaticNames.DiedInUnit, StaticNames.LongStay, StaticNames.LengthHours, StaticNames.HospitalDays, "length_of_stay", "survival_days"];

    /// <exception cref="DataException">LC042: the source does not record the outcome.</exception>
    public static Table Apply(Table statics, IReadOnlyList<string> own, CohortDefinition definition, out IReadOnlyList<string> outcomes)
    {
        if (definition.Outcome is null && !statics.Schema.TryGet(StaticNames.InHospitalDeath, out _))
        {
            outcomes = own;
            return statics;
        }

        string main = definition.Outcome == CohortOutcome.LongStay ? StaticNames.LongStay : StaticNames.InHospitalDeath;
        if (definition.Outcome == CohortOutcome.LongStay)
            statics = new Table([.. statics.Columns.Where(c => c.Name != StaticNames.LongStay), LongStay(statics, definition.LongStayDays)], statics.Schema.Name);
        if (!statics.Schema.TryGet(main, out _))
            throw Missing(statics, main);
        outcomes = [main, .. KnownAtDischarge.Where(n => n != main && statics.Schema.TryGet(n, out _))];
        return statics.WithSchema(statics.Schema.WithTarget(main));
    }

    private static DiscreteColumn LongStay(Table statics, double days)
    {
        (string name, double perDay) = statics.Schema.TryGet(StaticNames.LengthHours, out _) ? (StaticNames.LengthHours, 24.0)
            : statics.Schema.TryGet(StaticNames.HospitalDays, out _) ? (StaticNames.HospitalDays, 1.0)
            : statics.Schema.TryGet("length_of_stay", out _) ? ("length_of_stay", 1.0)
            : throw Missing(statics, StaticNames.LengthHours);
        NumericColumn length = (NumericColumn)statics[name];
        ColumnSchema schema = new()
        {
            Name = StaticNames.LongStay,
            Kind = ColumnKind.Boolean,
            Categories = ["0", "1"],
            CategoriesOrigin = Origin.Public,
            Description = FormattableString.Invariant($"More than {days} days, from {name}"),
        };
        int[] codes = new int[length.Count];
        for (int i = 0; i < codes.Length; i++)
            codes[i] = length.IsMissing(i) ? DiscreteColumn.Missing : length[i] / perDay > days ? 1 : 0;
        return new DiscreteColumn(schema, codes);
    }

    private static DataException Missing(Table statics, string column) => new(new DataProblem
    {
        Code = "LC042",
        Column = column,
        Message = $"the source does not record the outcome of the definition; its static columns are: {string.Join(", ", statics.Schema.Columns.Select(c => c.Name))}",
        Remedy = "Choose another outcome, or give the table that holds it.",
    });
}
