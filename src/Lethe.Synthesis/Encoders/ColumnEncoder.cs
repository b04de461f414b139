using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Encoders;

/// <summary>One column of a table ⇄ its run of numbers in encoded rows.</summary>
internal abstract class ColumnEncoder
{
    /// <summary>Roles and widths of the column's blocks, in order; none for a column with a single possible content.</summary>
    public abstract IReadOnlyList<(BlockRole Role, int Width)> Blocks { get; }

    /// <summary>Numbers per row.</summary>
    public int Width => Blocks.Sum(b => b.Width);

    /// <summary>Writes every row's numbers: row i starts at <paramref name="offset"/> + i·<paramref name="stride"/>, all zero before.</summary>
    public abstract void Encode(Column column, float[] rows, int offset, int stride, RandomStream random);

    /// <summary>Makes the column of encoded rows or network outputs.</summary>
    public abstract Column Decode(ColumnSchema schema, ReadOnlySpan<float> rows, int count, int offset, int stride);

    public abstract void Save(ModelWriter writer, string prefix);

    /// <summary>Position of the largest number; the lowest on ties.</summary>
    protected static int ArgMax(ReadOnlySpan<float> block)
    {
        int best = 0;
        for (int i = 1; i < block.Length; i++)
        {
            if (block[i] > block[best])
                best = i;
        }

        return best;
    }
}
