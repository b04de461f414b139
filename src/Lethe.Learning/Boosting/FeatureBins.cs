using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Boosting;

/// <summary>
/// The bins of every feature and the training rows coded by them, one byte a cell, column-major. A feature with at most
/// MaxBins distinct values gets the midpoints between them as edges, any other the inner MaxBins-quantiles by the
/// 'midpoint' rule; a value x lies in the first bin with x ≤ edge. Missing values have a bin of their own, the last.
/// </summary>
internal sealed class FeatureBins
{
    // Quantiles of a random 200 000 rows are taken for those of a larger table, as in the reference.
    private const int LargestSample = 200_000;

    private FeatureBins(double[][] edges, byte[][] codes, bool[] hasMissing)
    {
        Edges = edges;
        Codes = codes;
        HasMissing = hasMissing;
        Offset = new int[edges.Length + 1];
        for (int f = 0; f < edges.Length; f++)
            Offset[f + 1] = Offset[f] + edges[f].Length + 2;
    }

    /// <summary>Ascending edges of each feature; bins = edges + 1.</summary>
    public double[][] Edges { get; }

    /// <summary>Bin of each row: 0 … edges, or edges + 1 for missing.</summary>
    public byte[][] Codes { get; }

    /// <summary>Whether a training row lacks the feature.</summary>
    public bool[] HasMissing { get; }

    /// <summary>Where each feature's bins start in a histogram over all features; the last entry is its length.</summary>
    public int[] Offset { get; }

    /// <summary>Bins the listed rows.</summary>
    public static FeatureBins Of(DesignMatrix x, int[] rows, int maxBins, Seed seed)
    {
        int d = x.Columns;
        double[][] edges = new double[d][];
        byte[][] codes = new byte[d][];
        bool[] hasMissing = new bool[d];
        int[] sample = rows;
        if (rows.Length > LargestSample)
        {
            int[] order = seed.Stream("bins").Permutation(rows.Length);
            sample = [.. order.Take(LargestSample).Select(i => rows[i])];
        }

        double[] values = new double[sample.Length];
        for (int f = 0; f < d; f++)
        {
            int present = 0;
            foreach (int row in sample)
            {
                double v = x[row, f];
                if (!double.IsNaN(v))
                    values[present++] = v;
            }

            edges[f] = FindEdges(values.AsSpan(0, present), maxBins);
            codes[f] = new byte[rows.Length];
            byte missing = (byte)(edges[f].Length + 1);
            for (int i = 0; i < rows.Length; i++)
            {
                double v = x[rows[i], f];
                hasMissing[f] |= double.IsNaN(v);
                codes[f][i] = double.IsNaN(v) ? missing : (byte)FirstEdge(edges[f], v);
            }
        }

        return new FeatureBins(edges, codes, hasMissing);
    }

    /// <summary>Edges for one column; sorts <paramref name="values"/>.</summary>
    internal static double[] FindEdges(Span<double> values, int maxBins)
    {
        values.Sort();
        int distinct = values.Length == 0 ? 0 : 1;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] != values[i - 1])
                distinct++;
        }

        if (distinct <= maxBins)
        {
            double[] middle = new double[Math.Max(distinct - 1, 0)];
            int next = 0;
            for (int i = 1; i < values.Length; i++)
            {
                if (values[i] != values[i - 1])
                    middle[next++] = Midpoint(values[i - 1], values[i]);
            }

            return middle;
        }

        // The floating-point steps of the reference: percentages on a linear grid, then a position that is a row or half-way between two.
        double[] edges = new double[maxBins - 1];
        double step = 100.0 / maxBins;
        int last = values.Length - 1;
        for (int b = 0; b < edges.Length; b++)
        {
            double position = last * ((b + 1) * step / 100);
            int lower = (int)Math.Floor(position);
            int upper = Math.Min((int)Math.Ceiling(position), last);
            edges[b] = lower == upper ? values[lower] : Midpoint(values[lower], values[upper]);
        }

        return edges;
    }

    /// <summary>Index of the first edge ≥ v; the number of edges where there is none.</summary>
    private static int FirstEdge(double[] edges, double v)
    {
        int low = 0;
        int high = edges.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (v <= edges[middle])
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    // Halving first would lose the last bit of subnormal numbers but cannot overflow; the sum is exact enough wherever it is finite.
    private static double Midpoint(double a, double b)
    {
        double sum = a + b;
        return double.IsFinite(sum) ? sum * 0.5 : (a * 0.5) + (b * 0.5);
    }
}
