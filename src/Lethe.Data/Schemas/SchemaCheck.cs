using System.Globalization;
using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas.Documents;
using Lethe.Data.Schemas.Inference;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Schemas;

/// <summary>Compares data with a schema and finds everything that does not fit, in one go.</summary>
public static class SchemaCheck
{
    private const int FewRows = 20;

    /// <summary>Problems of a file under a schema, worst first; empty when it fits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">What it should hold.</param>
    /// <param name="options">How to read it; its schema is replaced.</param>
    public static IReadOnlyList<DataProblem> Check(string path, Schema schema, TableReadOptions? options = null)
    {
        try
        {
            TableReadResult read = TableReader.Read(path, (options ?? TableReadOptions.Default) with { Schema = schema });
            return [.. read.Report.Problems.Where(p => p.Severity != Severity.Note)];
        }
        catch (DataException e)
        {
            return e.Problems;
        }
    }

    /// <summary>Problems of a table under a schema, worst first; empty when it fits. Rows are counted from 1 as lines.</summary>
    public static IReadOnlyList<DataProblem> Check(Table table, Schema schema)
    {
        ProblemLog log = new(schema.Name);
        int[] map = FieldMap.Make(schema, [.. table.Schema.Columns.Select(c => c.Name)], ignoreExtra: false, log);
        for (int i = 0; i < map.Length; i++)
        {
            if (map[i] >= 0)
                CheckColumn(table.Columns[map[i]], schema.Columns[i], log);
        }

        TableChecks.Check(table, log);
        return log.ToList();
    }

    /// <summary>Problems of a schema on its own: contradictions that inference never makes but people do.</summary>
    public static IReadOnlyList<DataProblem> Check(Schema schema) =>
    [
        .. from column in schema.Columns
           from rule in SchemaRules.Check(column)
           select new DataProblem { Code = ProblemCodes.SchemaContradiction, Column = column.Name, Message = rule.Message, Remedy = rule.Remedy },
    ];

    /// <summary>
    /// Reasons not to learn from a table: errors when there are fewer than 20 rows, the target has one class, or nothing is
    /// left to model; warnings on constant columns, too many levels and columns that are unique per row.
    /// </summary>
    public static IReadOnlyList<DataProblem> ForTraining(Table table)
    {
        ProblemLog found = new();
        TableChecks.Check(table, found);
        ProblemLog log = new();
        foreach (DataProblem p in found.ToList())
            log.Add(p.Code is ProblemCodes.FewRows or ProblemCodes.OneClass ? p with { Severity = Severity.Error } : p);
        if (table.RowCount == 0)
            log.Add(Problem(ProblemCodes.NoRows, Severity.Error, null, "the table has no rows", "Check the filter or the file"));
        if (!table.Schema.Columns.Any(c => c.IsModelled))
            log.Add(Problem(ProblemCodes.AllMissing, Severity.Error, null, "no column is left to model: all are text, identifiers or keys", "Correct kinds and roles in the schema"));
        foreach (Column column in table.Columns.Where(c => c.Schema.IsModelled && c.MissingCount < c.Count))
            CheckForLearning(column, log);
        return log.ToList();
    }

    private static void CheckForLearning(Column column, ProblemLog log)
    {
        if (column is DiscreteColumn { Levels.Count: > ColumnInference.ManyLevels } many)
            log.Add(Problem(ProblemCodes.ManyLevels, Severity.Warning, column.Name, string.Create(CultureInfo.InvariantCulture, $"there are {many.Levels.Count:N0} levels, more than models can learn"), "Group rare levels, or give the column the role identifier"));
        double[] values = new double[column.Count - column.MissingCount];
        int n = 0;
        for (int row = 0; row < column.Count; row++)
        {
            if (!column.IsMissing(row))
                values[n++] = column is NumericColumn numeric ? numeric[row] : ((DiscreteColumn)column)[row];
        }

        int distinct = values.Distinct().Count();
        if (distinct == 1)
            log.Add(Problem(ProblemCodes.Constant, Severity.Warning, column.Name, "the column has the same value in every row", "It teaches a model nothing; it is kept and written back"));
        if (distinct == n && n >= FewRows && column.Schema.Kind is ColumnKind.Integer or ColumnKind.Categorical)
            log.Add(Problem(ProblemCodes.UniquePerRow, Severity.Warning, column.Name, "no two rows have the same value, as identifiers have", "Give the column the role identifier if it is one"));
    }

    private static void CheckColumn(Column column, ColumnSchema schema, ProblemLog log)
    {
        bool fits = schema.IsNumeric ? column is NumericColumn && (schema.Kind == ColumnKind.DateTime) == (column.Schema.Kind == ColumnKind.DateTime)
            : schema.IsDiscrete ? column is DiscreteColumn
            : column is TextColumn;
        if (!fits)
        {
            log.Add(Problem(ProblemCodes.OtherKind, Severity.Error, column.Name, $"the column is {Word(column.Schema)}, the schema says {Word(schema)}", "Read the file again under this schema"));
            return;
        }

        LevelLookup lookup = new(schema.Categories, NumberFormat.Invariant);
        bool[] known = column is DiscreteColumn d ? [.. d.Levels.Select(l => lookup.Find(Encoding.UTF8.GetBytes(l)) >= 0)] : [];
        for (int row = 0; row < column.Count; row++)
        {
            if (column is NumericColumn numeric)
                CheckNumber(numeric, row, schema, log);
            else if (column is DiscreteColumn discrete && discrete[row] >= 0 && !known[discrete[row]])
                Row(log, column, row, ProblemCodes.UnknownLevel, Severity.Error, $"the value is none of the column's {schema.Categories.Count} levels", "Correct the cell, or add the value to the column's categories");
        }
    }

    private static void CheckNumber(NumericColumn column, int row, ColumnSchema schema, ProblemLog log)
    {
        double v = column[row];
        if (double.IsNaN(v))
            return;
        if (schema.Kind == ColumnKind.Integer && v != Math.Floor(v))
            Row(log, column, row, ProblemCodes.NotWhole, Severity.Error, "a whole number was expected", "Correct the cell, or set the column's kind to continuous");
        if (schema.Bounds is Bounds b && !b.Contains(v))
            Row(log, column, row, ProblemCodes.OutOfBounds, Severity.Warning, string.Create(CultureInfo.InvariantCulture, $"the value lies outside {b.Lower} … {b.Upper}"), "Correct the cell, or widen the bounds");
    }

    private static void Row(ProblemLog log, Column column, int row, string code, Severity severity, string message, string remedy) =>
        log.Add(code, severity, row + 1, column.Name, () => new DataProblem { Code = code, Message = message, Value = column.Format(row), Remedy = remedy });

    private static DataProblem Problem(string code, Severity severity, string? column, string message, string remedy) =>
        new() { Code = code, Severity = severity, Column = column, Message = message, Remedy = remedy };

    private static string Word(ColumnSchema c) => SchemaKeys.Word(SchemaKeys.Kinds, c.Kind);
}
