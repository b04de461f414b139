namespace Lethe.Learning.Trees;

/// <summary>The rows of a table grouped by the leaf they fall into (compressed rows: one offset a leaf, one list of rows).</summary>
public sealed class LeafPartition
{
    private readonly int[] _start;
    private readonly int[] _rows;

    private LeafPartition(int[] start, int[] rows)
    {
        _start = start;
        _rows = rows;
    }

    /// <summary>Number of leaves, with or without rows.</summary>
    public int Leaves => _start.Length - 1;

    /// <summary>The rows in leaf <paramref name="leaf"/>, ascending.</summary>
    public ReadOnlySpan<int> Rows(int leaf) => _rows.AsSpan(_start[leaf], _start[leaf + 1] - _start[leaf]);

    /// <summary>Groups rows by leaf.</summary>
    /// <param name="leafOfRow">Leaf index of each row, as <see cref="DecisionTree.Apply"/> returns it.</param>
    /// <param name="leaves">Number of leaves.</param>
    public static LeafPartition Of(ReadOnlySpan<int> leafOfRow, int leaves)
    {
        int[] start = new int[leaves + 1];
        foreach (int leaf in leafOfRow)
            start[leaf + 1]++;
        for (int l = 0; l < leaves; l++)
            start[l + 1] += start[l];
        int[] next = start[..^1];
        int[] rows = new int[leafOfRow.Length];
        for (int i = 0; i < leafOfRow.Length; i++)
            rows[next[leafOfRow[i]]++] = i;
        return new LeafPartition(start, rows);
    }
}
