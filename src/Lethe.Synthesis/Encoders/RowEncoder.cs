using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Encoders;

/// <summary>How numeric columns become numbers for a network.</summary>
public enum NumericCoding
{
    /// <summary>One number, scaled linearly to −1 … 1.</summary>
    MinMax,

    /// <summary>A Gaussian mode and the place within it (see <see cref="ModeNormaliser"/>).</summary>
    Modes,
}

/// <summary>
/// The modelled columns of a table ⇄ rows of floats as networks want them. Encodes missing cells, and decodes outputs into
/// values that the schema allows. Learnt from the training table: levels, value grids, modes. Immutable.
/// </summary>
public sealed class RowEncoder
{
    private readonly ColumnEncoder[] _encoders;
    private readonly int[] _offsets;

    private RowEncoder(Schema schema, NumericCoding coding, ColumnEncoder[] encoders)
    {
        (Schema, Coding, _encoders) = (schema, coding, encoders);
        _offsets = new int[encoders.Length];
        List<EncodedBlock> blocks = [];
        for (int j = 0; j < encoders.Length; j++)
        {
            _offsets[j] = Width;
            foreach ((BlockRole role, int width) in encoders[j].Blocks)
            {
                blocks.Add(new EncodedBlock(j, role, Width, width));
                Width += width;
            }
        }

        Blocks = blocks;
    }

    /// <summary>The modelled columns, in order.</summary>
    public Schema Schema { get; }

    /// <summary>How numeric columns are coded.</summary>
    public NumericCoding Coding { get; }

    /// <summary>Floats per row; 0 when every column has a single possible content.</summary>
    public int Width { get; }

    /// <summary>What the floats are, in order and without gaps.</summary>
    public IReadOnlyList<EncodedBlock> Blocks { get; }

    /// <summary>Learns the encoding from a training table.</summary>
    /// <exception cref="SynthesisException">The table has no row or no column to model.</exception>
    public static RowEncoder Fit(Table train, NumericCoding coding, CancellationToken cancellation = default)
    {
        Table modelled = TrainingTable.Modelled(train);
        ColumnEncoder[] encoders = [.. modelled.Columns.Select(column =>
        {
            cancellation.ThrowIfCancellationRequested();
            return column is NumericColumn numbers ? (ColumnEncoder)NumberEncoder.Fit(numbers, coding, cancellation) : LevelEncoder.Fit((DiscreteColumn)column);
        })];
        return new RowEncoder(modelled.Schema, coding, encoders);
    }

    /// <summary>Encodes a table that has the modelled columns: rows × <see cref="Width"/>, row-major.</summary>
    /// <param name="table">The training table, or one with the same levels.</param>
    /// <param name="seed">Decides drawn modes and filled holes; each column has its own stream.</param>
    public float[] Encode(Table table, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        float[] rows = new float[checked(table.RowCount * Width)];
        for (int j = 0; j < _encoders.Length; j++)
            _encoders[j].Encode(table[Schema.Columns[j].Name], rows, _offsets[j], Width, seed.Stream("column", j));
        return rows;
    }

    /// <summary>Makes a table of encoded rows or network outputs: one-hot blocks by their largest number, scalars restored to the column's grid.</summary>
    /// <param name="rows">count × <see cref="Width"/>, row-major.</param>
    /// <param name="count">Number of rows.</param>
    public Table Decode(ReadOnlySpan<float> rows, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, checked(count * Width));
        Column[] columns = new Column[_encoders.Length];
        for (int j = 0; j < columns.Length; j++)
            columns[j] = _encoders[j].Decode(Schema.Columns[j], rows, count, _offsets[j], Width);
        return new Table(Schema, columns);
    }

    /// <summary>Position in an encoded row that is 1 for a level of a discrete column; −1 when the level was never observed or is the only one.</summary>
    /// <param name="column">Column of <see cref="Schema"/>.</param>
    /// <param name="code">Code of the level; −1 for missing.</param>
    public int PositionOf(int column, int code) =>
        _encoders[column] is LevelEncoder { Blocks.Count: > 0 } levels && levels.Position(code) is >= 0 and int position ? _offsets[column] + position : -1;

    /// <summary>Writes the encoding under names that start with <c>encoder.</c></summary>
    public void Save(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.State["numeric_coding"] = Coding.ToString();
        for (int j = 0; j < _encoders.Length; j++)
            _encoders[j].Save(writer, Prefix(j));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It does not validate.</exception>
    public static RowEncoder Load(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        bool known = Enum.TryParse(reader.Value<string>("numeric_coding"), out NumericCoding coding) && Enum.IsDefined(coding);
        ModelReader.Require(known, "numeric_coding", "is unknown");
        return new RowEncoder(reader.Schema, coding, [.. reader.Schema.Columns.Select((c, j) =>
            c.IsNumeric ? (ColumnEncoder)NumberEncoder.Load(reader, Prefix(j), coding) : LevelEncoder.Load(reader, Prefix(j), c))]);
    }

    private static string Prefix(int column) => $"encoder.{column}";
}
