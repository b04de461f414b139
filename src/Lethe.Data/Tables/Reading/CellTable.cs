using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Schemas.Inference;

namespace Lethe.Data.Tables.Reading;

/// <summary>A small table out of text cells that were gathered in memory: under a schema, or with one inferred from them.</summary>
internal static class CellTable
{
    /// <param name="source">What messages call it.</param>
    /// <param name="names">Column names, unique.</param>
    /// <param name="rows">Cells in the order of the names; null is missing.</param>
    /// <param name="schema">What the columns must hold; columns that the cells lack are missing throughout. Null: inferred.</param>
    /// <exception cref="DataException">A cell does not fit the schema; all problems at once.</exception>
    public static Table Build(string source, IReadOnlyList<string> names, IReadOnlyList<string?[]> rows, Schema? schema)
    {
        ProblemLog log = new(source);
        Schema columns = schema ?? Infer(source, names, rows);
        int[] at = [.. columns.Columns.Select(c => names.ToList().IndexOf(c.Name))];
        TableBuilder builder = new(columns, log);
        for (int row = 0; row < rows.Count; row++)
        {
            foreach (int i in at)
                builder.Add(i < 0 ? null : rows[row][i], row + 1);
            builder.EndRow();
        }

        log.ThrowIfErrors();
        return builder.Finish();
    }

    private static Schema Infer(string source, IReadOnlyList<string> names, IReadOnlyList<string?[]> rows)
    {
        SchemaInference inference = new(names);
        for (int row = 0; row < rows.Count; row++)
        {
            for (int i = 0; i < names.Count; i++)
                inference.Add(i, rows[row][i], row + 1);
        }

        return inference.Finish(source).Schema;
    }
}
