using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Tables;

/// <summary>Reads tables from files of any known format.</summary>
public static class TableReader
{
    /// <summary>Reads a file by the format that its name's ending tells; <c>-</c> is standard input (separated text).</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read; null: detect and infer everything.</param>
    /// <returns>The table with its schema, and the account of its reading.</returns>
    /// <exception cref="Problems.DataException">The file cannot be read or does not fit the schema; all problems at once.</exception>
    public static TableReadResult Read(string path, TableReadOptions? options = null) =>
        TableFiles.ForReading(path).Read(path, options ?? TableReadOptions.Default);
}
