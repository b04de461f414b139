using System.Reflection;

namespace Lethe.Data.Concepts;

/// <summary>The CSV files that ship inside the assembly: plain, unquoted, comma-separated.</summary>
internal static class EmbeddedCsv
{
    public static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Lethe.Data.Concepts." + file)
            ?? throw new InvalidOperationException($"The table '{file}' is not part of this build.");
        using StreamReader text = new(stream);
        string[] header = text.ReadLine()!.Split(',');
        List<IReadOnlyDictionary<string, string>> rows = [];
        while (text.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            if (cells.Length != header.Length)
                throw new InvalidOperationException($"'{file}' has {header.Length} columns, line {rows.Count + 2} has {cells.Length}.");
            rows.Add(header.Zip(cells).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal));
        }

        return rows;
    }
}
