using System.Globalization;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Reading;

/// <summary>What is odd about a table as a whole, once it is read.</summary>
internal static class TableChecks
{
    private const int FewRows = 20;

    /// <summary>Logs warnings on too few rows, a target with one class, and columns without any value.</summary>
    public static void Check(Table table, ProblemLog log)
    {
        if (table.RowCount is > 0 and < FewRows && log.CountOf(ProblemCodes.FewRows, null) == 0)
        {
            log.Add(new DataProblem
            {
                Code = ProblemCodes.FewRows,
                Severity = Severity.Warning,
                Message = $"there are only {table.RowCount} rows",
                Remedy = "A model can learn little but these rows by heart; gather more",
            });
        }

        foreach (Column column in table.Columns)
        {
            if (table.RowCount > 0 && column.MissingCount == table.RowCount && log.CountOf(ProblemCodes.AllMissing, column.Name) == 0)
            {
                log.Add(new DataProblem
                {
                    Code = ProblemCodes.AllMissing,
                    Severity = Severity.Warning,
                    Column = column.Name,
                    Message = "every cell is missing",
                    Remedy = "Remove the column, or check the export",
                });
            }
        }

        if (table.Schema.Target is ColumnSchema { IsDiscrete: true } target && table.RowCount > 0)
            Classes((DiscreteColumn)table[target.Name], log);
    }

    private static void Classes(DiscreteColumn target, ProblemLog log)
    {
        int[] counts = new int[target.Levels.Count];
        foreach (int code in target.Codes)
        {
            if (code >= 0)
                counts[code]++;
        }

        if (counts.Count(n => n > 0) > 1)
            return;
        log.Add(new DataProblem
        {
            Code = ProblemCodes.OneClass,
            Severity = Severity.Warning,
            Column = target.Name,
            Message = string.Create(CultureInfo.InvariantCulture, $"all {counts.Sum():N0} rows with a target have the same class, so nothing can be predicted"),
            Remedy = "Name another target, or check how the rows were chosen",
        });
    }
}
