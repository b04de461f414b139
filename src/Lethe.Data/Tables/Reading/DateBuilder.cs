using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Reading;

/// <summary>Builds a date column from the schema's format or formats, or ISO 8601.</summary>
internal sealed class DateBuilder(ColumnSchema schema, ProblemLog log) : ColumnBuilder(schema, log)
{
    private readonly ChunkedList<double> _days = new();
    private readonly DateText _text = new(schema.DateFormat);

    /// <inheritdoc/>
    public override void AppendMissing() => _days.Add(double.NaN);

    /// <inheritdoc/>
    public override void RemoveLast() => _days.RemoveLast();

    /// <inheritdoc/>
    public override Column Finish() => new NumericColumn(Schema, _days.Drain());

    /// <inheritdoc/>
    protected override bool AppendValue(ReadOnlySpan<byte> cell, long line)
    {
        if (!_text.TryParse(NumberFormat.Trim(cell), out double days))
        {
            Problem(ProblemCodes.NotDate, Severity.Error, line, cell, $"a date written {Schema.DateFormat ?? "yyyy-MM-dd"} was expected", "Correct the cell, or add its format to the column's date_format (several are separated by |)");
            return false;
        }

        _days.Add(days);
        return true;
    }
}
