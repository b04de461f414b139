using System.Globalization;
using Lethe.Data.Schemas;

namespace Lethe.Data.Tables;

/// <summary>A continuous, integer or date column: doubles, NaN where missing.</summary>
public sealed class NumericColumn : Column
{
    /// <summary>Columns with so many decimals need every digit: their values are written as the shortest text that reads back the same.</summary>
    private const int MaxDecimals = 15;

    private readonly double[] _values;
    private readonly string _format;

    /// <summary>Makes a column of <paramref name="values"/> (not copied), NaN where missing.</summary>
    /// <exception cref="ArgumentException">The schema's kind is not numeric.</exception>
    public NumericColumn(ColumnSchema schema, double[] values)
        : base(schema, values.Length)
    {
        if (!schema.IsNumeric)
            throw new ArgumentException($"Column '{schema.Name}' is {schema.Kind}; a numeric column is continuous, integer or datetime.", nameof(schema));
        _values = values;
        _format = "F" + schema.Decimals.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The values; NaN where missing; dates as days since 1970-01-01.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The value in a row; NaN when missing.</summary>
    public double this[int row] => _values[row];

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(_values[row]);

    /// <inheritdoc/>
    public override int MissingCount
    {
        get
        {
            int missing = 0;
            foreach (double v in _values)
            {
                if (double.IsNaN(v))
                    missing++;
            }

            return missing;
        }
    }

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows)
    {
        double[] taken = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            taken[i] = _values[rows[i]];
        return new NumericColumn(Schema, taken);
    }

    /// <inheritdoc/>
    public override Column WithSchema(ColumnSchema schema) => new NumericColumn(schema, _values);

    /// <inheritdoc/>
    public override Column Append(Column other) => new NumericColumn(Schema, [.. _values, .. ((NumericColumn)other)._values]);

    /// <inheritdoc/>
    public override string? Format(int row)
    {
        double v = _values[row];
        if (double.IsNaN(v))
            return null;
        if (Schema.Kind == ColumnKind.DateTime)
            return DateFormatting.Iso(v, Schema.DateFormat);
        if (Schema.Decimals >= MaxDecimals)
            return v.ToString("R", CultureInfo.InvariantCulture);
        string text = v.ToString(_format, CultureInfo.InvariantCulture);
        return text[0] == '-' && !text.AsSpan().ContainsAnyInRange('1', '9') ? text[1..] : text; // −0.04 with one decimal is 0.0, not −0.0
    }
}
