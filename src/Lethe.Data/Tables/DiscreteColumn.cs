using Lethe.Data.Schemas;

namespace Lethe.Data.Tables;

/// <summary>An ordinal, categorical or boolean column: codes into the schema's levels, −1 where missing.</summary>
public sealed class DiscreteColumn : Column
{
    /// <summary>The code of a missing cell.</summary>
    public const int Missing = -1;

    private readonly int[] _codes;

    /// <summary>Makes a column of <paramref name="codes"/> (not copied), each −1 or an index into the schema's levels.</summary>
    /// <exception cref="ArgumentException">The schema's kind is not discrete, or a code is outside its levels.</exception>
    public DiscreteColumn(ColumnSchema schema, int[] codes)
        : base(schema, codes.Length)
    {
        if (!schema.IsDiscrete)
            throw new ArgumentException($"Column '{schema.Name}' is {schema.Kind}; a discrete column is ordinal, categorical or boolean.", nameof(schema));
        foreach (int c in codes)
        {
            if (c < Missing || c >= schema.Categories.Count)
                throw new ArgumentException($"Column '{schema.Name}' has {schema.Categories.Count} levels; code {c} is none of them.", nameof(codes));
        }

        _codes = codes;
    }

    /// <summary>The codes; −1 where missing.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>The level names, by code.</summary>
    public IReadOnlyList<string> Levels => Schema.Categories;

    /// <summary>The code in a row; −1 when missing.</summary>
    public int this[int row] => _codes[row];

    /// <inheritdoc/>
    public override bool IsMissing(int row) => _codes[row] < 0;

    /// <inheritdoc/>
    public override int MissingCount
    {
        get
        {
            int missing = 0;
            foreach (int c in _codes)
            {
                if (c < 0)
                    missing++;
            }

            return missing;
        }
    }

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows)
    {
        int[] taken = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            taken[i] = _codes[rows[i]];
        return new DiscreteColumn(Schema, taken);
    }

    /// <inheritdoc/>
    public override Column WithSchema(ColumnSchema schema) => new DiscreteColumn(schema, _codes);

    /// <inheritdoc/>
    public override Column Append(Column other) => new DiscreteColumn(Schema, [.. _codes, .. ((DiscreteColumn)other)._codes]);

    /// <inheritdoc/>
    public override string? Format(int row) => _codes[row] < 0 ? null : Schema.Categories[_codes[row]];
}
