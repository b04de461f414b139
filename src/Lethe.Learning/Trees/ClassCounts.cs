namespace Lethe.Learning.Trees;

/// <summary>Weighted class counts of a node and of the left side of a scan: what Gini and entropy share.</summary>
internal sealed class ClassCounts(int[] y, double[] weights, int classes)
{
    public readonly int[] Y = y;
    public readonly double[] Weights = weights;
    public readonly double[] Total = new double[classes];
    public readonly double[] Left = new double[classes];
    private readonly FactorOrder _order = new();

    /// <summary>Counts the rows; returns their weight and whether they are of one class.</summary>
    public (double Weight, bool Pure) Reset(ReadOnlySpan<int> rows)
    {
        Array.Clear(Total);
        double weight = 0;
        bool pure = true;
        int first = Y[rows[0]];
        foreach (int row in rows)
        {
            double w = Weights[row];
            Total[Y[row]] += w;
            weight += w;
            pure &= Y[row] == first;
        }

        return (weight, pure);
    }

    /// <summary>See <see cref="ISplitCriterion.ScoreLevels"/>.</summary>
    public void ScoreLevels(ReadOnlySpan<int> rows, ReadOnlySpan<int> codes, Span<double> scores) =>
        _order.ByClass(rows, codes, Y, Weights, Total.Length, scores);
}
