using Lethe.Data.Schemas;

namespace Lethe.Data.Tables;

/// <summary>Free text or identifiers: never modelled; kept so that files round-trip and patients can be grouped.</summary>
public sealed class TextColumn : Column
{
    private readonly string?[] _values;

    /// <summary>Makes a column of <paramref name="values"/> (not copied), null where missing.</summary>
    /// <exception cref="ArgumentException">The schema's kind is not text.</exception>
    public TextColumn(ColumnSchema schema, string?[] values)
        : base(schema, values.Length)
    {
        if (schema.Kind != ColumnKind.Text)
            throw new ArgumentException($"Column '{schema.Name}' is {schema.Kind}, not text.", nameof(schema));
        _values = values;
    }

    /// <summary>The text in a row; null when missing.</summary>
    public string? this[int row] => _values[row];

    /// <inheritdoc/>
    public override bool IsMissing(int row) => _values[row] is null;

    /// <inheritdoc/>
    public override int MissingCount => _values.Count(v => v is null);

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows)
    {
        string?[] taken = new string?[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            taken[i] = _values[rows[i]];
        return new TextColumn(Schema, taken);
    }

    /// <inheritdoc/>
    public override Column WithSchema(ColumnSchema schema) => new TextColumn(schema, _values);

    /// <inheritdoc/>
    public override Column Append(Column other) => new TextColumn(Schema, [.. _values, .. ((TextColumn)other)._values]);

    /// <inheritdoc/>
    public override string? Format(int row) => _values[row];
}
