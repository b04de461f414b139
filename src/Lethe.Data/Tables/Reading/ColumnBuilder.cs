using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Reading;

/// <summary>Builds one column from text cells, strictly under its schema. Not thread-safe.</summary>
internal abstract class ColumnBuilder
{
    private readonly byte[][] _missing;

    protected ColumnBuilder(ColumnSchema schema, ProblemLog log)
    {
        Schema = schema;
        Log = log;
        _missing = [.. schema.MissingTokens.Where(t => t.Length > 0).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The column's schema, with levels added on the way when that was asked for.</summary>
    public ColumnSchema Schema { get; protected set; }

    /// <summary>Code of the last problem, a misfit's if <see cref="Append"/> was false.</summary>
    public string? LastCode { get; private set; }

    protected ProblemLog Log { get; }

    /// <summary>Makes the builder of a column's kind.</summary>
    public static ColumnBuilder For(ColumnSchema schema, NumberFormat numbers, UnknownLevels unknown, ProblemLog log) => schema.Kind switch
    {
        ColumnKind.Text => new TextBuilder(schema, log),
        ColumnKind.DateTime => new DateBuilder(schema, log),
        ColumnKind.Continuous or ColumnKind.Integer => new NumericBuilder(schema, numbers, log),
        _ => new LevelBuilder(schema, numbers, unknown, log),
    };

    /// <summary>Takes in a cell. False when it does not fit: the problem is logged, and a missing cell keeps the place.</summary>
    public bool Append(ReadOnlySpan<byte> cell, long line)
    {
        if (IsMissing(cell))
        {
            AppendMissing();
            return true;
        }

        if (AppendValue(cell, line))
            return true;
        AppendMissing();
        return false;
    }

    /// <summary>Takes in a cell that the row does not have.</summary>
    public abstract void AppendMissing();

    /// <summary>Takes the last cell away: its row was rejected.</summary>
    public abstract void RemoveLast();

    /// <summary>The column; the builder is empty afterwards.</summary>
    public abstract Column Finish();

    /// <summary>Takes in a cell that is not missing; false, with the problem logged, when it does not fit.</summary>
    protected abstract bool AppendValue(ReadOnlySpan<byte> cell, long line);

    protected void Problem(string code, Severity severity, long line, ReadOnlySpan<byte> cell, string message, string remedy)
    {
        LastCode = code;
        // Copied only for the few that are kept whole.
        string? value = Log.CountOf(code, Schema.Name) < 5 ? Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, 200)]) : null;
        Log.Add(code, severity, line, Schema.Name, () => new DataProblem { Code = code, Message = message, Value = value, Remedy = remedy });
    }

    private bool IsMissing(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty)
            return true;
        foreach (byte[] token in _missing)
        {
            if (cell.SequenceEqual(token))
                return true;
        }

        return false;
    }
}
