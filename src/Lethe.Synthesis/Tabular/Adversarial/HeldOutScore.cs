using Lethe.Data.Tables;
using Lethe.Synthesis.Encoders;

namespace Lethe.Synthesis.Tabular.Adversarial;

/// <summary>
/// How well a sample matches rows that the networks never saw: one minus the total variation distance, averaged over all
/// pairs of columns, numbers cut at the training quintiles, missing as a label of its own. Losses of adversarial training
/// do not tell when to stop; this does.
/// </summary>
internal sealed class HeldOutScore
{
    private const int Bins = 5;

    private readonly double[][] _edges;
    private readonly int[] _labels;
    private readonly int[][] _heldOut;

    public HeldOutScore(Table train, Table heldOut)
    {
        _edges = [.. train.Columns.Select(Edges)];
        _labels = [.. train.Columns.Select((c, j) => (c is DiscreteColumn d ? d.Levels.Count : _edges[j].Length + 1) + 1)];
        _heldOut = Codes(heldOut);
    }

    /// <summary>The score of a sample with the same columns, in [0, 1].</summary>
    public double Of(Table sample)
    {
        int[][] codes = Codes(sample);
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < codes.Length; a++)
        {
            for (int b = codes.Length == 1 ? a : a + 1; b < codes.Length; b++, pairs++)
                sum += 1 - Distance(codes[a], codes[b], _heldOut[a], _heldOut[b], _labels[a], _labels[b]);
        }

        return sum / pairs;
    }

    private static double Distance(int[] a, int[] b, int[] c, int[] d, int rows, int columns)
    {
        double[] difference = new double[rows * columns];
        for (int i = 0; i < a.Length; i++)
            difference[(a[i] * columns) + b[i]] += 1.0 / a.Length;
        for (int i = 0; i < c.Length; i++)
            difference[(c[i] * columns) + d[i]] -= 1.0 / c.Length;
        double total = 0;
        foreach (double x in difference)
            total += Math.Abs(x);
        return total / 2;
    }

    private static double[] Edges(Column column)
    {
        if (column is not NumericColumn numbers)
            return [];
        double[] sorted = SortedValues.Of(numbers.Values);
        return sorted.Length == 0 ? [] : [.. Enumerable.Range(1, Bins - 1).Select(b => SortedValues.Quantile(sorted, (double)b / Bins)).Distinct()];
    }

    // Label 0 is missing.
    private int[][] Codes(Table table)
    {
        int[][] codes = new int[table.Columns.Count][];
        for (int j = 0; j < codes.Length; j++)
        {
            codes[j] = new int[table.RowCount];
            for (int i = 0; i < table.RowCount; i++)
            {
                codes[j][i] = table.Columns[j] switch
                {
                    DiscreteColumn d => d[i] + 1,
                    NumericColumn n when double.IsNaN(n[i]) => 0,
                    NumericColumn n => SortedValues.UpperBound(_edges[j], n[i]) + 1,
                    _ => 0,
                };
            }
        }

        return codes;
    }
}
