using Lethe.Data.Schemas;

namespace Lethe.Data.Tables;

/// <summary>A columnar, typed table with explicit missing values; one row a patient unless the schema has a patient key. Immutable.</summary>
public sealed class Table : Dataset
{
    private readonly Column[] _columns;

    /// <summary>Makes a table of these columns, all of one length.</summary>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public Table(IEnumerable<Column> columns, string name = "table")
        : this([.. columns], null, name)
    {
    }

    /// <summary>Makes a table of these columns under <paramref name="schema"/>, whose columns they follow in order.</summary>
    /// <exception cref="ArgumentException">The columns differ in length, or from the schema in number or name.</exception>
    public Table(Schema schema, IEnumerable<Column> columns)
        : this([.. columns], schema, schema.Name)
    {
    }

    private Table(Column[] columns, Schema? schema, string name)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i].Count != columns[0].Count)
                throw new ArgumentException($"Column '{columns[i].Name}' has {columns[i].Count} rows, '{columns[0].Name}' has {columns[0].Count}.", nameof(columns));
            if (schema is not null && (schema.Columns.Count != columns.Length || schema.Columns[i].Name != columns[i].Name))
                throw new ArgumentException($"The columns do not follow the schema at position {i} ('{columns[i].Name}').", nameof(columns));
        }

        _columns = columns;
        Schema = new Schema(columns.Select(c => c.Schema), name, schema?.Source, schema?.Licence);
    }

    /// <inheritdoc/>
    public override Schema Schema { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount => _columns.Length == 0 ? 0 : _columns[0].Count;

    /// <inheritdoc/>
    public override int Count => RowCount;

    /// <summary>Columns in schema order.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>The column named <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">No such column; the message lists what there is.</exception>
    public Column this[string name] => _columns[Schema.IndexOf(name)];

    /// <summary>The rows at these positions, in this order; positions may repeat.</summary>
    public Table Take(ReadOnlySpan<int> rows)
    {
        Column[] taken = new Column[_columns.Length];
        for (int i = 0; i < taken.Length; i++)
            taken[i] = _columns[i].Take(rows);
        return new Table(Schema, taken);
    }

    /// <summary>Only the columns that <paramref name="keep"/> accepts, in order.</summary>
    public Table Where(Func<ColumnSchema, bool> keep)
    {
        Column[] kept = [.. _columns.Where(c => keep(c.Schema))];
        return new Table(Schema.WithColumns(kept.Select(c => c.Schema)), kept);
    }

    /// <summary>The same values under another schema with the same column names and storage kinds.</summary>
    public Table WithSchema(Schema schema) => new(schema, _columns.Select((c, i) => c.WithSchema(schema.Columns[i])));

    /// <summary>These rows, then those of <paramref name="other"/>, which has the same schema.</summary>
    /// <exception cref="ArgumentException">The column names differ.</exception>
    public Table Append(Table other)
    {
        if (!Schema.Columns.Select(c => c.Name).SequenceEqual(other.Schema.Columns.Select(c => c.Name)))
            throw new ArgumentException("Tables can be joined end to end only when they have the same columns in the same order.", nameof(other));
        return new Table(Schema, _columns.Zip(other._columns, (a, b) => a.Append(b)));
    }
}
