using System.Globalization;
using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Evaluation.Statistics;
using Lethe.Results;

namespace Lethe.Evaluation.Cohorts;

/// <summary>Table 1: static attributes of all stays and by outcome. Numbers as median [quartiles], levels as count (share); counts under ten are not shown.</summary>
/// <param name="Groups">The columns.</param>
/// <param name="Rows">The rows.</param>
public sealed record TableOne(IReadOnlyList<CohortGroup> Groups, IReadOnlyList<TableOneRow> Rows)
{
    private const int FewestShown = 10;

    /// <summary>The table of a cohort, grouped by its main outcome when that is discrete.</summary>
    public static TableOne Of(Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        DiscreteColumn? outcome = cohort.Outcomes.Count > 0 ? cohort.Statics[cohort.Outcomes[0]] as DiscreteColumn : null;
        List<(string Name, int[] Stays)> groups = [("all", [.. Enumerable.Range(0, cohort.Count)])];
        for (int level = 0; level < (outcome?.Levels.Count ?? 0); level++)
            groups.Add(($"{outcome!.Name} = {outcome.Levels[level]}", [.. Enumerable.Range(0, cohort.Count).Where(i => outcome[i] == level)]));
        List<TableOneRow> rows = [];
        foreach (Column column in cohort.Statics.Columns.Where(c => c.Schema.IsModelled && c.Name != outcome?.Name))
        {
            if (column is NumericColumn number)
                rows.Add(new TableOneRow(WithUnit(column.Schema), [.. groups.Select(g => Median(number, g.Stays))], column.MissingCount));
            else if (column is DiscreteColumn levels)
                rows.AddRange(levels.Levels.Select((l, code) => new TableOneRow($"{column.Name} = {l}", [.. groups.Select(g => Count(levels, code, g.Stays))], column.MissingCount)));
        }

        return new TableOne([.. groups.Select(g => new CohortGroup(g.Name, g.Stays.Length))], rows);
    }

    private static string WithUnit(ColumnSchema c) => c.Unit is null ? c.Name : $"{c.Name}, {c.Unit}";

    private static string Median(NumericColumn column, int[] stays)
    {
        double[] values = [.. stays.Where(i => !column.IsMissing(i)).Select(i => column[i])];
        if (values.Length < FewestShown)
            return "–";
        string Text(double p) => Quantile.Of(values, p).ToString("G4", CultureInfo.InvariantCulture);
        return $"{Text(0.5)} [{Text(0.25)}, {Text(0.75)}]";
    }

    private static string Count(DiscreteColumn column, int code, int[] stays)
    {
        int known = stays.Count(i => !column.IsMissing(i)), count = stays.Count(i => column[i] == code);
        return count is > 0 and < FewestShown ? $"<{FewestShown}" : known == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{count} ({100.0 * count / known:F1} %)");
    }
}
