namespace Lethe.Learning.Trees;

/// <summary>
/// One feature as trees see it: 32-bit values, one a row, either <b>ordered</b> (split by a threshold) or a <b>factor</b>
/// (unordered levels 0 … L − 1, split into two sets of levels). Its ranks are computed once, on first use in a fit, and
/// shared by every tree and every <see cref="TreeFeatures"/> that contains the column. Immutable; safe to share.
/// </summary>
public sealed class TreeColumn
{
    private Ranks? _ranks;

    private TreeColumn(float[] values, int levels)
    {
        Values = values;
        Levels = levels;
    }

    /// <summary>The values, one a row. Not copied: treat as frozen.</summary>
    public float[] Values { get; }

    /// <summary>L, the number of levels of a factor; 0 for an ordered column.</summary>
    public int Levels { get; }

    /// <summary>True for unordered levels.</summary>
    public bool IsFactor => Levels > 0;

    /// <summary>An ordered column.</summary>
    public static TreeColumn Ordered(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TreeColumn(values, 0);
    }

    /// <summary>An ordered column; values are rounded to 32 bits, as the reference does.</summary>
    public static TreeColumn Ordered(ReadOnlySpan<double> values)
    {
        float[] rounded = new float[values.Length];
        for (int i = 0; i < rounded.Length; i++)
            rounded[i] = (float)values[i];
        return new TreeColumn(rounded, 0);
    }

    /// <summary>A factor. Rows to predict may hold other codes (e.g. −1): an unseen level.</summary>
    /// <param name="codes">Level of each row.</param>
    /// <param name="levels">L ≥ 1.</param>
    public static TreeColumn Factor(ReadOnlySpan<int> codes, int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        float[] values = new float[codes.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = codes[i];
        return new TreeColumn(values, levels);
    }

    /// <summary>The column restricted to the listed rows.</summary>
    public TreeColumn SelectRows(ReadOnlySpan<int> rows)
    {
        float[] values = new float[rows.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = Values[rows[i]];
        return new TreeColumn(values, Levels);
    }

    /// <summary>Dense ranks for fitting. Two threads may compute them at once; both get the same answer.</summary>
    internal Ranks GetRanks(int column) => _ranks ??= IsFactor ? RankFactor(column) : RankOrdered(column);

    private Ranks RankFactor(int column)
    {
        int[] codes = new int[Values.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            float v = Values[i];
            if (!(v >= 0) || v >= Levels || v != MathF.Floor(v))
                LearningThrow.Level(column, i, Levels);
            codes[i] = (int)v;
        }

        return new Ranks(codes, []);
    }

    private Ranks RankOrdered(int column)
    {
        int n = Values.Length;
        float[] sorted = [.. Values];
        int[] order = new int[n];
        for (int i = 0; i < n; i++)
        {
            if (!float.IsFinite(Values[i]))
                LearningThrow.NotFinite("a tree", i, column);
            order[i] = i;
        }

        sorted.AsSpan().Sort(order.AsSpan());
        int[] codes = new int[n];
        int distinct = 0;
        for (int i = 0; i < n; i++)
        {
            if (i > 0 && sorted[i] != sorted[i - 1])
                distinct++;
            sorted[distinct] = sorted[i];
            codes[order[i]] = distinct;
        }

        return new Ranks(codes, n == 0 ? [] : sorted[..(distinct + 1)]);
    }

    /// <summary>Per row the rank of its value among the distinct values (or its level), and those distinct values ascending.</summary>
    internal sealed record Ranks(int[] Codes, float[] Distinct);
}
