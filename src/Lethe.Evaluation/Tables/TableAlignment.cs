using System.Globalization;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Evaluation.Tables;

/// <summary>
/// Puts tables that describe the same columns on common ground before they are compared: the modelled columns of the real
/// table in its order, its kinds, and one level list a discrete column (the real one's levels first, then levels that occur
/// only elsewhere).
/// </summary>
public static class TableAlignment
{
    /// <summary>
    /// <paramref name="real"/> and <paramref name="others"/> with equal schemas. A column read with another kind is converted by its text
    /// (a code column inferred as whole numbers, say).
    /// </summary>
    /// <exception cref="DataException">A column is absent from another table, or its text is not a number where the real column is numeric;
    /// all problems at once.</exception>
    public static Table[] Align(Table real, params ReadOnlySpan<Table> others)
    {
        ArgumentNullException.ThrowIfNull(real);
        Table modelled = real.Where(c => c.IsModelled);
        List<DataProblem> problems = [];
        List<Column>[] aligned = [.. Enumerable.Range(0, others.Length + 1).Select(_ => new List<Column>())];
        foreach (Column column in modelled.Columns)
        {
            Column[] found = Find(column.Schema, others, problems);
            if (found.Length < others.Length)
                continue;
            Column[] common = column is DiscreteColumn discrete
                ? Discrete(discrete, found)
                : (Column[])[column, .. found.Select(f => Numeric(column.Schema, f, problems))];
            for (int t = 0; t < common.Length; t++)
                aligned[t].Add(common[t]);
        }

        if (problems.Count > 0)
            throw new DataException(problems);
        return [.. aligned.Select(columns => new Table(columns, real.Schema.Name))];
    }

    private static Column[] Find(ColumnSchema schema, ReadOnlySpan<Table> others, List<DataProblem> problems)
    {
        List<Column> found = [];
        foreach (Table other in others)
        {
            if (other.Schema.TryGet(schema.Name, out _))
            {
                found.Add(other[schema.Name]);
                continue;
            }

            problems.Add(new DataProblem
            {
                Code = "LE001",
                Column = schema.Name,
                Message = $"the real table has this column, the table '{other.Schema.Name}' that it is compared with does not",
                Remedy = "Compare tables with the same columns, or take the column out of the model in the schema.",
            });
        }

        return [.. found];
    }

    private static Column[] Discrete(DiscreteColumn real, Column[] others)
    {
        List<string> levels = [.. real.Levels];
        Dictionary<string, int> code = new(StringComparer.Ordinal);
        for (int k = 0; k < levels.Count; k++)
            code[levels[k]] = k;

        List<int[]> codes = [real.Codes.ToArray()];
        foreach (Column other in others)
        {
            int[] own = new int[other.Count];
            for (int i = 0; i < own.Length; i++)
            {
                if (other.Format(i) is not { } text)
                {
                    own[i] = DiscreteColumn.Missing;
                    continue;
                }

                if (!code.TryGetValue(text, out own[i]))
                {
                    own[i] = levels.Count;
                    code[text] = levels.Count;
                    levels.Add(text);
                }
            }

            codes.Add(own);
        }

        ColumnSchema schema = real.Schema with { Categories = levels, Kind = Kind(real.Schema.Kind, levels.Count) };
        return [.. codes.Select(c => new DiscreteColumn(schema, c))];
    }

    /// <summary>A Boolean column with a third level elsewhere is categorical from then on.</summary>
    private static ColumnKind Kind(ColumnKind kind, int levels) => kind == ColumnKind.Boolean && levels > 2 ? ColumnKind.Categorical : kind;

    private static NumericColumn Numeric(ColumnSchema schema, Column other, List<DataProblem> problems)
    {
        if (other is NumericColumn numeric)
            return new NumericColumn(schema, numeric.Values.ToArray());

        double[] values = new double[other.Count];
        for (int i = 0; i < values.Length; i++)
        {
            string? text = other.Format(i);
            if (text is null)
            {
                values[i] = double.NaN;
            }
            else if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
            {
                problems.Add(new DataProblem
                {
                    Code = "LE002",
                    Column = schema.Name,
                    Line = i + 2,
                    Message = "the real column is numeric, this cell is not a number",
                    Value = text,
                    Remedy = "Correct the cell, or list its text as a missing token in the schema.",
                });
                break;
            }
        }

        return new NumericColumn(schema, values);
    }
}
