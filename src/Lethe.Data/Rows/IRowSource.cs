namespace Lethe.Data.Rows;

/// <summary>A set of named tables that can be read row by row: a folder of files or a database.</summary>
public interface IRowSource
{
    /// <summary>What it is, for people: a folder's name or a database's, never a password.</summary>
    string Name { get; }

    /// <summary>True when there is a table of this name (compared without case).</summary>
    bool Has(string table);

    /// <summary>Opens a table.</summary>
    /// <param name="table">Name without folder or extension, e.g. <c>chartevents</c>.</param>
    /// <param name="columns">Columns wanted, in the order in which cells will be addressed; names are compared without case.</param>
    /// <exception cref="Problems.DataException">The table or columns are missing; the message names every one.</exception>
    RowReader Open(string table, params string[] columns);
}
