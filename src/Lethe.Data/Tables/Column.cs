using Lethe.Data.Schemas;

namespace Lethe.Data.Tables;

/// <summary>The values of one column with its schema. Immutable: whoever hands in an array gives it away.</summary>
public abstract class Column
{
    private protected Column(ColumnSchema schema, int count)
    {
        Schema = schema;
        Count = count;
    }

    /// <summary>What the column holds.</summary>
    public ColumnSchema Schema { get; }

    /// <summary>The column's name.</summary>
    public string Name => Schema.Name;

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>True when the cell is missing.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>Number of missing cells.</summary>
    public abstract int MissingCount { get; }

    /// <summary>The rows at these positions, in this order; positions may repeat.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>The same values under another schema of the same storage kind (e.g. another role or unit).</summary>
    public abstract Column WithSchema(ColumnSchema schema);

    /// <summary>These rows, then those of <paramref name="other"/>, which has the same storage kind and levels.</summary>
    public abstract Column Append(Column other);

    /// <summary>The cell as it is written to text files: recorded decimals, level name, ISO date; null when missing.</summary>
    public abstract string? Format(int row);
}
