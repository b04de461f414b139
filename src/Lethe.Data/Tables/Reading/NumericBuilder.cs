using System.Globalization;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables.Reading;

/// <summary>Builds a continuous or integer column: plain numbers, inequalities (<c>&gt;89</c>) and numbers with the column's unit.</summary>
internal sealed class NumericBuilder(ColumnSchema schema, NumberFormat numbers, ProblemLog log) : ColumnBuilder(schema, log)
{
    private readonly ChunkedList<double> _values = new();

    /// <inheritdoc/>
    public override void AppendMissing() => _values.Add(double.NaN);

    /// <inheritdoc/>
    public override void RemoveLast() => _values.RemoveLast();

    /// <inheritdoc/>
    public override Column Finish() => new NumericColumn(Schema, _values.Drain());

    /// <inheritdoc/>
    protected override bool AppendValue(ReadOnlySpan<byte> cell, long line)
    {
        if (!numbers.TryParse(cell, out double value, out int decimals) && !TryMeasured(cell, line, out value, out decimals))
            return false;
        if (Schema.Kind == ColumnKind.Integer && value != Math.Floor(value))
        {
            Problem(ProblemCodes.NotWhole, Severity.Error, line, cell, "a whole number was expected", "Correct the cell, or set the column's kind to continuous");
            return false;
        }

        if (decimals > Schema.Decimals && Schema.Decimals < 15 && Schema.Kind == ColumnKind.Continuous)
            Problem(ProblemCodes.MoreDecimals, Severity.Warning, line, cell, $"the number has more than the column's {Schema.Decimals} decimals; it was kept", "Raise the column's decimals, or round the data");
        if (Schema.Bounds is { Origin: Origin.Public } bounds && !bounds.Contains(value))
            Problem(ProblemCodes.OutOfBounds, Severity.Warning, line, cell, string.Create(CultureInfo.InvariantCulture, $"the value lies outside {bounds.Lower} … {bounds.Upper}; it was kept"), "Correct the cell, name it as missing, or widen the bounds");
        _values.Add(value);
        return true;
    }

    private bool TryMeasured(ReadOnlySpan<byte> cell, long line, out double value, out int decimals)
    {
        ReadOnlySpan<byte> rest = NumberFormat.Trim(cell);
        Relation relation = MeasuredText.SplitRelation(ref rest);
        bool hasUnit = MeasuredText.TrySplitUnit(ref rest, out string unit);
        if (!numbers.TryParse(rest, out value, out decimals))
        {
            string decimalHint = numbers.DecimalMark == ',' ? " with a decimal comma" : "";
            Problem(ProblemCodes.NotNumber, Severity.Error, line, cell, $"a number{decimalHint} was expected", "Correct the cell, or add its text to the column's missing tokens");
            return false;
        }

        if (hasUnit && Schema.Unit is string own && unit != own && MeasuredText.Ucum(own) != unit)
        {
            Problem(ProblemCodes.OtherUnit, Severity.Error, line, cell, $"the cell's unit is {unit}, the column's is {own}", "Convert the cell to the column's unit");
            return false;
        }

        if (relation != Relation.None)
        {
            value = MeasuredText.Resolve(relation, value, Math.Min(15, Schema.Decimals));
            decimals = Schema.Decimals;
        }

        return true;
    }
}
