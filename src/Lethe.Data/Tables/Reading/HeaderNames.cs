using Lethe.Data.Problems;

namespace Lethe.Data.Tables.Reading;

/// <summary>Makes the names of a file's columns unique and whole.</summary>
internal static class HeaderNames
{
    /// <summary>Names of the columns of a file that starts with these rows.</summary>
    public static string[] Make(IReadOnlyList<SampleRow> rows, bool hasHeader, IReadOnlyList<string>? given, ProblemLog log)
    {
        string[] first = rows[0].Cells;
        if (!hasHeader)
        {
            int width = CommonWidth(rows);
            if (given is null)
            {
                log.Add(new DataProblem
                {
                    Code = ProblemCodes.NoHeader,
                    Severity = Severity.Warning,
                    Line = rows[0].Line,
                    Message = $"the file has no header, so its columns are called c1 … c{width}",
                    Remedy = "Name the columns, or give a schema",
                });
                return [.. Enumerable.Range(1, width).Select(i => $"c{i}")];
            }

            if (given.Count != width)
            {
                log.Add(new DataProblem
                {
                    Code = ProblemCodes.RaggedRow,
                    Line = rows[0].Line,
                    Message = $"the rows have {width} fields, {given.Count} column names were given",
                    Remedy = "Give one name a field",
                });
            }

            return [.. given];
        }

        // "a,b,c," over rows that end in a separator too: the last column has neither name nor content.
        int columns = first.Length;
        while (columns > 1 && first[columns - 1].Length == 0 && rows.Skip(1).All(r => r.Cells.Length < columns || r.Cells[columns - 1].Length == 0))
            columns--;
        string[] names = new string[columns];
        HashSet<string> taken = new(StringComparer.Ordinal);
        for (int i = 0; i < columns; i++)
            names[i] = Unique(first[i].Trim(), i, taken, rows[0].Line, log);
        return names;
    }

    private static string Unique(string name, int position, HashSet<string> taken, long line, ProblemLog log)
    {
        if (name.Length == 0)
        {
            name = $"c{position + 1}";
            log.Add(new DataProblem
            {
                Code = ProblemCodes.EmptyHeader,
                Severity = Severity.Warning,
                Line = line,
                Message = $"column {position + 1} has no name and is called {name}",
                Remedy = "Name it in the file's header",
            });
        }

        string unique = name;
        for (int n = 2; !taken.Add(unique); n++)
            unique = $"{name}_{n}";
        if (unique != name)
        {
            log.Add(new DataProblem
            {
                Code = ProblemCodes.DuplicateHeader,
                Severity = Severity.Warning,
                Line = line,
                Column = name,
                Message = $"column {position + 1} has a name that another column has; it is called {unique}",
                Remedy = "Rename one of them in the file's header",
            });
        }

        return unique;
    }

    private static int CommonWidth(IReadOnlyList<SampleRow> rows)
    {
        int width = rows.GroupBy(r => r.Cells.Length).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First().Key;
        while (width > 1 && rows.All(r => r.Cells.Length < width || r.Cells[width - 1].Length == 0) && rows.Any(r => r.Cells.Length == width))
            width--;
        return width;
    }
}
