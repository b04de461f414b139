using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Reading;

/// <summary>Builds an ordinal, categorical or boolean column; the schema's spelling of a level stays, whatever the file's.</summary>
internal sealed class LevelBuilder(ColumnSchema schema, NumberFormat numbers, UnknownLevels unknown, ProblemLog log) : ColumnBuilder(schema, log)
{
    private readonly ChunkedList<int> _codes = new();
    private readonly List<string> _levels = [.. schema.Categories];
    private readonly LevelLookup _lookup = new(schema.Categories, numbers);

    /// <inheritdoc/>
    public override void AppendMissing() => _codes.Add(DiscreteColumn.Missing);

    /// <inheritdoc/>
    public override void RemoveLast() => _codes.RemoveLast();

    /// <inheritdoc/>
    public override Column Finish()
    {
        if (_levels.Count > Schema.Categories.Count)
            Schema = Schema with { Categories = [.. _levels] };
        return new DiscreteColumn(Schema, _codes.Drain());
    }

    /// <inheritdoc/>
    protected override bool AppendValue(ReadOnlySpan<byte> cell, long line)
    {
        int code = _lookup.Find(cell);
        if (code < 0 && !Unknown(cell, line, out code))
            return false;
        _codes.Add(code);
        return true;
    }

    private bool Unknown(ReadOnlySpan<byte> cell, long line, out int code)
    {
        (Severity severity, string kept) = unknown switch
        {
            UnknownLevels.Extend => (Severity.Warning, "; it was added"),
            UnknownLevels.Missing => (Severity.Warning, "; the cell was read as missing"),
            _ => (Severity.Error, ""),
        };
        Problem(ProblemCodes.UnknownLevel, severity, line, cell, $"the value is none of the column's {Schema.Categories.Count} levels{kept}", "Correct the cell, or add the value to the column's categories or missing tokens");
        code = DiscreteColumn.Missing;
        if (unknown == UnknownLevels.Extend)
        {
            code = _levels.Count;
            _levels.Add(Encoding.UTF8.GetString(cell));
            _lookup.Add(cell, code);
        }

        return unknown != UnknownLevels.Fail;
    }
}
