using System.Text;
using Lethe.Data.Schemas;
using Lethe.Data.Problems;

namespace Lethe.Data.Tables.Reading;

/// <summary>Builds a text column. Texts that repeat (patient keys) are kept once.</summary>
internal sealed class TextBuilder(ColumnSchema schema, ProblemLog log) : ColumnBuilder(schema, log)
{
    private const int MaxShared = 1 << 20;
    private readonly ChunkedList<string?> _values = new();
    private readonly List<string> _shared = [];
    private LabelTable? _known = new();

    /// <inheritdoc/>
    public override void AppendMissing() => _values.Add(null);

    /// <inheritdoc/>
    public override void RemoveLast() => _values.RemoveLast();

    /// <inheritdoc/>
    public override Column Finish() => new TextColumn(Schema, _values.Drain());

    /// <inheritdoc/>
    protected override bool AppendValue(ReadOnlySpan<byte> cell, long line)
    {
        if (_known is null || cell.Length > 64)
        {
            _values.Add(Encoding.UTF8.GetString(cell));
            return true;
        }

        int code = _known.FindOrAdd(cell);
        if (code == _shared.Count)
            _shared.Add(Encoding.UTF8.GetString(cell));
        _values.Add(_shared[code]);

        // Beyond this the index of known texts costs more memory than repeats save.
        if (_shared.Count >= MaxShared)
        {
            _known = null;
            _shared.Clear();
        }

        return true;
    }
}
