using Lethe.Data.Schemas;
using Lethe.Data.Tables.Reading;

namespace Lethe.Data.Tables;

/// <summary>A file format of tables. Add one to <see cref="TableFiles.Formats"/>.</summary>
public interface ITableFormat
{
    /// <summary>Short name, e.g. <c>CSV</c>.</summary>
    string Name { get; }

    /// <summary>File name endings, e.g. <c>.csv.gz</c>, in lower case.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>False when tables are only written in this format.</summary>
    bool CanRead { get; }

    /// <summary>Reads a table.</summary>
    /// <exception cref="Problems.DataException">The file cannot be read or does not fit the schema; all problems at once.</exception>
    TableReadResult Read(string path, TableReadOptions options);

    /// <summary>Writes chunk after chunk; the file appears whole or not at all.</summary>
    void Write(string path, Schema schema, IEnumerable<Table> chunks);
}
