using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Reading;

/// <summary>Finds the file's field for each column of a schema.</summary>
internal static class FieldMap
{
    /// <summary>Field positions in schema order, −1 where the file has none; every column missing or too many is logged.</summary>
    public static int[] Make(Schema schema, IReadOnlyList<string> names, bool ignoreExtra, ProblemLog log)
    {
        Dictionary<string, int> fields = new(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
            fields[names[i]] = i;
        int[] map = new int[schema.Columns.Count];
        for (int i = 0; i < map.Length; i++)
        {
            string name = schema.Columns[i].Name;
            map[i] = fields.GetValueOrDefault(name, -1);
            if (map[i] >= 0)
                continue;
            string? near = Spelling.Nearest(name, names.Where(n => !schema.TryGet(n, out _)));
            log.Add(new DataProblem
            {
                Code = ProblemCodes.ColumnMissing,
                Column = name,
                Message = $"the file has no such column{(near is null ? "" : $"; it has '{near}'")}",
                Remedy = near is null ? "Add the column to the file, or remove it from the schema" : "Give both the same name",
            });
        }

        foreach (string name in names.Where(n => !schema.TryGet(n, out _)))
        {
            log.Add(new DataProblem
            {
                Code = ProblemCodes.ColumnExtra,
                Severity = ignoreExtra ? Severity.Warning : Severity.Error,
                Column = name,
                Message = ignoreExtra ? "the schema has no such column; it was left out" : "the schema has no such column",
                Remedy = ignoreExtra ? "Add it to the schema if it is needed" : "Add it to the schema, or remove it from the file",
            });
        }

        return map;
    }
}
