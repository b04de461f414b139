using Lethe.Data.Tables;
using Lethe.Synthesis.Conditions;

namespace Lethe.Studies.Runs;

/// <summary>The real patients whom a conditional release imitates: those who meet its conditions.</summary>
internal static class MeetingRows
{
    /// <summary>The rows that meet all conditions; the table itself without any.</summary>
    public static Table Of(Table table, IReadOnlyList<Condition> conditions)
    {
        if (conditions.Count == 0)
            return table;
        return table.Take(Positions(table, conditions));
    }

    /// <summary>Positions of the rows that meet all conditions.</summary>
    public static int[] Positions(Table table, IReadOnlyList<Condition> conditions) =>
        [.. Enumerable.Range(0, table.RowCount).Where(row => conditions.All(c => Meets(table[c.Column], row, c)))];

    private static bool Meets(Column column, int row, Condition condition) => column switch
    {
        NumericColumn numbers => condition.Accepts(numbers[row]),
        DiscreteColumn levels => condition.Accepts(levels[row]),
        _ => false,
    };
}
