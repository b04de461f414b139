using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Encoders;

/// <summary>A discrete column as one-hot over the levels that were observed, with "missing" as one more where the column had holes.</summary>
internal sealed class LevelEncoder : ColumnEncoder
{
    private readonly int[] _codes;    // code of each position, −1 for missing, ascending but missing last
    private readonly int[] _position; // position of code c at c + 1, −1 where never observed

    private LevelEncoder(int[] codes, int levels)
    {
        _codes = codes;
        _position = new int[levels + 1];
        Array.Fill(_position, -1);
        for (int p = 0; p < codes.Length; p++)
            _position[codes[p] + 1] = p;
        Blocks = codes.Length > 1 ? [(BlockRole.Level, codes.Length)] : [];
    }

    public override IReadOnlyList<(BlockRole Role, int Width)> Blocks { get; }

    public static LevelEncoder Fit(DiscreteColumn column)
    {
        SortedSet<int> seen = [.. column.Codes.ToArray()];
        int[] codes = [.. seen.Where(c => c >= 0), .. seen.Where(c => c < 0)];
        return new LevelEncoder(codes, column.Levels.Count);
    }

    /// <summary>Position of a level in the block, or −1 when it was never observed.</summary>
    public int Position(int code) => _position[code + 1];

    public override void Encode(Column column, float[] rows, int offset, int stride, RandomStream random)
    {
        if (Blocks.Count == 0)
            return;
        DiscreteColumn discrete = (DiscreteColumn)column;
        for (int i = 0; i < discrete.Count; i++)
        {
            int position = Position(discrete[i]);
            if (position < 0)
                throw new ArgumentException($"Column '{column.Name}' holds a level, or a missing cell, that was not there at the fit.", nameof(column));
            rows[offset + (i * stride) + position] = 1;
        }
    }

    public override Column Decode(ColumnSchema schema, ReadOnlySpan<float> rows, int count, int offset, int stride)
    {
        int[] codes = new int[count];
        for (int i = 0; i < count; i++)
            codes[i] = _codes[Blocks.Count == 0 ? 0 : ArgMax(rows.Slice(offset + (i * stride), _codes.Length))];
        return new DiscreteColumn(schema, codes);
    }

    public override void Save(ModelWriter writer, string prefix) => writer.Add(prefix + ".codes", _codes);

    public static LevelEncoder Load(ModelReader reader, string prefix, ColumnSchema schema)
    {
        int[] codes = reader.IntsWithin(prefix + ".codes", DiscreteColumn.Missing, schema.Categories.Count - 1, -1);
        ModelReader.Require(codes.Length > 0 && codes.Distinct().Count() == codes.Length, prefix, "names a level twice or none");
        return new LevelEncoder(codes, schema.Categories.Count);
    }
}
