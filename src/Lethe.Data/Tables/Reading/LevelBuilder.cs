using System.Text;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Reading;

/// <summary>
/// Builds an ordinal, categorical or boolean column. Where all levels are numbers, cells are compared as numbers, so that
/// <c>1</c> and <c>1.0</c> in two files are one level; the schema's spelling stays.
/// </summary>
internal sealed class LevelBuilder : ColumnBuilder
{
    private const int MaxAliases = 10_000;
    private readonly ChunkedList<int> _codes = new();
    private readonly LabelTable _labels = new();
    private readonly List<string> _levels;
    private readonly Dictionary<double, int>? _byNumber;
    private readonly NumberFormat _numbers;
    private readonly UnknownLevels _unknown;

    public LevelBuilder(ColumnSchema schema, NumberFormat numbers, UnknownLevels unknown, ProblemLog log)
        : base(schema, log)
    {
        _numbers = numbers;
        _unknown = unknown;
        _levels = [.. schema.Categories];
        foreach (string level in _levels)
            _labels.FindOrAdd(Encoding.UTF8.GetBytes(level));
        _byNumber = ByNumber(_levels, numbers);
    }

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
        int code = _labels.Find(cell);
        if (code < 0)
            code = FindNumber(cell);
        if (code < 0)
        {
            (Severity severity, string kept) = _unknown switch
            {
                UnknownLevels.Extend => (Severity.Warning, "; it was added"),
                UnknownLevels.Missing => (Severity.Warning, "; the cell was read as missing"),
                _ => (Severity.Error, ""),
            };
            Problem(ProblemCodes.UnknownLevel, severity, line, cell, $"the value is none of the column's {Schema.Categories.Count} levels{kept}", "Correct the cell, or add the value to the column's categories or missing tokens");
            if (_unknown == UnknownLevels.Fail)
                return false;
            code = _unknown == UnknownLevels.Extend ? Extend(cell) : DiscreteColumn.Missing;
        }

        _codes.Add(code);
        return true;
    }

    private int Extend(ReadOnlySpan<byte> cell)
    {
        int code = _levels.Count;
        _levels.Add(Encoding.UTF8.GetString(cell));
        _labels.Alias(cell, code);
        if (_byNumber is not null && _numbers.TryParse(cell, out double number, out _))
            _byNumber.TryAdd(number + 0.0, code);
        return code;
    }

    private int FindNumber(ReadOnlySpan<byte> cell)
    {
        if (_byNumber is null || NumberFormat.HasLeadingZero(cell) || !_numbers.TryParse(cell, out double number, out _) || !_byNumber.TryGetValue(number + 0.0, out int code))
            return -1;
        if (_labels.Count < MaxAliases)
            _labels.Alias(cell, code);
        return code;
    }

    /// <summary>Codes by numeric value; null when a level is no number, has leading zeros, or shares its value with another.</summary>
    private static Dictionary<double, int>? ByNumber(List<string> levels, NumberFormat numbers)
    {
        Dictionary<double, int> byNumber = [];
        for (int i = 0; i < levels.Count; i++)
        {
            byte[] label = Encoding.UTF8.GetBytes(levels[i]);
            // The schema's labels may come from a file with another decimal mark, or from a person.
            bool number = numbers.TryParse(label, out double value, out _) || NumberFormat.Invariant.TryParse(label, out value, out _);
            if (!number || NumberFormat.HasLeadingZero(label) || !byNumber.TryAdd(value + 0.0, i))
                return null;
        }

        return byNumber.Count == 0 ? null : byNumber;
    }
}
