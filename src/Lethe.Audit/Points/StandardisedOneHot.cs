using Lethe.Data.Tables;

namespace Lethe.Audit.Points;

/// <summary>
/// Rows as points (representation E1): numbers standardised by mean and population deviation of the fitting rows, a
/// missing number as 0 with an indicator beside it; levels one-hot with weight 1/√2, so that one mismatch costs as much as
/// one standard deviation; a missing level is a level of its own, a level that the fitting rows never show is all zeros.
/// Columns without spread are dropped. Fitted on what the adversary holds, never on training rows or candidates.
/// </summary>
internal sealed class StandardisedOneHot
{
    private static readonly double LevelWeight = Math.Sqrt(0.5);

    private readonly Block[] _blocks;

    private StandardisedOneHot(Block[] blocks)
    {
        _blocks = blocks;
        Dimensions = blocks.Sum(b => b.Width);
    }

    /// <summary>Length of a point.</summary>
    public int Dimensions { get; }

    public static StandardisedOneHot Fit(Table table) => new([.. table.Columns.Select(Fit).OfType<Block>()]);

    public PointSet Transform(Table table)
    {
        double[] values = new double[table.RowCount * Dimensions];
        int offset = 0;
        foreach (Block block in _blocks)
        {
            block.Write(table[block.Column], values, Dimensions, offset);
            offset += block.Width;
        }

        return new PointSet(values, table.RowCount, Dimensions);
    }

    private static Block? Fit(Column column) => column switch
    {
        NumericColumn numbers => FitNumbers(numbers),
        DiscreteColumn levels => FitLevels(levels),
        _ => null,
    };

    private static NumberBlock? FitNumbers(NumericColumn column)
    {
        double sum = 0;
        int present = 0;
        foreach (double v in column.Values)
        {
            if (double.IsNaN(v))
                continue;
            sum += v;
            present++;
        }

        double mean = sum / present, squares = 0;
        foreach (double v in column.Values)
        {
            if (!double.IsNaN(v))
                squares += (v - mean) * (v - mean);
        }

        double deviation = Math.Sqrt(squares / present);
        return deviation > 0 ? new NumberBlock(column.Name, mean, deviation) : null;
    }

    private static LevelBlock FitLevels(DiscreteColumn column)
    {
        // Slot of each level among those seen, −1 where never seen; the last slot is that of missing cells.
        int[] slots = new int[column.Levels.Count];
        Array.Fill(slots, -1);
        foreach (int code in column.Codes)
        {
            if (code >= 0)
                slots[code] = 0;
        }

        int next = 0;
        for (int level = 0; level < slots.Length; level++)
        {
            if (slots[level] == 0)
                slots[level] = next++;
        }

        return new LevelBlock(column.Name, slots, next);
    }

    private abstract record Block(string Column, int Width)
    {
        public abstract void Write(Column column, double[] values, int stride, int offset);
    }

    private sealed record NumberBlock(string Column, double Mean, double Deviation) : Block(Column, 2)
    {
        public override void Write(Column column, double[] values, int stride, int offset)
        {
            ReadOnlySpan<double> cells = ((NumericColumn)column).Values;
            for (int row = 0; row < cells.Length; row++)
            {
                bool missing = double.IsNaN(cells[row]);
                int at = (row * stride) + offset;
                values[at] = missing ? 0 : (cells[row] - Mean) / Deviation;
                values[at + 1] = missing ? 1 : 0;
            }
        }
    }

    private sealed record LevelBlock(string Column, int[] Slots, int MissingSlot) : Block(Column, MissingSlot + 1)
    {
        public override void Write(Column column, double[] values, int stride, int offset)
        {
            ReadOnlySpan<int> codes = ((DiscreteColumn)column).Codes;
            for (int row = 0; row < codes.Length; row++)
            {
                int slot = codes[row] < 0 ? MissingSlot : Slots[codes[row]];
                if (slot >= 0)
                    values[(row * stride) + offset + slot] = LevelWeight;
            }
        }
    }
}
