namespace Lethe.Data.Rows;

/// <summary>Builds <c>SELECT columns FROM table</c> from names that the database itself lists.</summary>
internal static class SqlSelect
{
    public static string Build(string source, string table, Dictionary<string, string[]> tables, string[] columns, string? schema)
    {
        if (!tables.TryGetValue(table, out string[]? there))
            throw RowProblems.MissingTable(source, table, tables.Keys);
        string[] missing = [.. columns.Where(c => !there.Contains(c, StringComparer.OrdinalIgnoreCase))];
        if (missing.Length > 0)
            throw RowProblems.MissingColumns($"{source}, table {table}", missing, there);
        IEnumerable<string> wanted = columns.Select(c => Quote(there.First(t => string.Equals(t, c, StringComparison.OrdinalIgnoreCase))));
        string name = Quote(tables.Keys.First(t => string.Equals(t, table, StringComparison.OrdinalIgnoreCase)));
        return $"SELECT {string.Join(", ", wanted)} FROM {(schema is null ? "" : Quote(schema) + ".")}{name}";
    }

    private static string Quote(string identifier) => "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
