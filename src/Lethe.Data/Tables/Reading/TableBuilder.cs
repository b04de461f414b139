using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Reading;

/// <summary>
/// Builds a table row by row from text cells, strictly under a schema, in typed chunks: the text itself is not kept. Used
/// by every reader, whatever the source. Not thread-safe.
/// </summary>
public sealed class TableBuilder
{
    private readonly Schema _schema;
    private readonly ColumnBuilder[] _columns;
    private readonly BadRows _badRows;
    private int _next;
    private string? _misfit;

    /// <summary>Starts an empty table.</summary>
    /// <param name="schema">What the columns must hold.</param>
    /// <param name="log">Takes the problems.</param>
    /// <param name="numbers">How numbers are written; null: decimal point, no grouping.</param>
    /// <param name="unknownLevels">What to do with levels that the schema does not list.</param>
    /// <param name="badRows">Whether rows that do not fit are errors or left out.</param>
    public TableBuilder(Schema schema, ProblemLog log, NumberFormat? numbers = null, UnknownLevels unknownLevels = UnknownLevels.Fail, BadRows badRows = BadRows.Fail)
    {
        _schema = schema;
        _badRows = badRows;
        _columns = [.. schema.Columns.Select(c => ColumnBuilder.For(c, numbers ?? NumberFormat.Invariant, unknownLevels, log))];
    }

    /// <summary>Rows kept so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>Code of the first problem that made the last row a misfit, or null when it fitted.</summary>
    public string? MisfitCode { get; private set; }

    /// <summary>Takes in the next cell of the row, in schema order; empty means missing.</summary>
    public void Add(ReadOnlySpan<byte> cell, long line)
    {
        ColumnBuilder column = _columns[_next++];
        if (!column.Append(cell, line))
            _misfit ??= column.LastCode;
    }

    /// <summary>Takes in the next cell of the row; null or empty means missing.</summary>
    public void Add(string? cell, long line) => Add(Encoding.UTF8.GetBytes(cell ?? ""), line);

    /// <summary>Ends the row. False when it did not fit: it was left out, or stays with missing cells while errors are gathered.</summary>
    /// <exception cref="InvalidOperationException">The row has another number of cells than the schema has columns.</exception>
    public bool EndRow()
    {
        if (_next != _columns.Length)
            throw new InvalidOperationException($"The row has {_next} cells, the schema {_columns.Length} columns.");
        MisfitCode = _misfit;
        if (_misfit is not null && _badRows == BadRows.Reject)
        {
            foreach (ColumnBuilder c in _columns)
                c.RemoveLast();
        }
        else
        {
            RowCount++;
        }

        _next = 0;
        _misfit = null;
        return MisfitCode is null;
    }

    /// <summary>The table; the builder is empty afterwards. One column at a time is copied out of its chunks.</summary>
    public Table Finish()
    {
        Column[] columns = new Column[_columns.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = _columns[i].Finish();
        return new Table(_schema.WithColumns(columns.Select(c => c.Schema)), columns);
    }
}
