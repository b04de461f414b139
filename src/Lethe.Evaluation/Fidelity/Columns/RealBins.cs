namespace Lethe.Evaluation.Fidelity.Columns;

/// <summary>
/// Equal-width bins over the real range with open ends: edges linspace(min R, max R, m + 1), the first and last replaced by ∓∞;
/// a value's bin is the number of edges at or below it, so bins are closed on the left. Bins come from the real table only.
/// </summary>
public sealed class RealBins
{
    /// <summary>The number of bins that every figure uses unless it says otherwise.</summary>
    public const int DefaultCount = 10;

    private readonly double[] _inner;

    /// <summary>Bins of the non-missing real values; a single bin when there is none.</summary>
    /// <param name="real">Real values, NaN where missing.</param>
    /// <param name="count">m ≥ 1.</param>
    public RealBins(ReadOnlySpan<double> real, int count = DefaultCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        foreach (double v in real)
        {
            if (!double.IsNaN(v))
            {
                min = Math.Min(min, v);
                max = Math.Max(max, v);
            }
        }

        if (min > max)
        {
            _inner = [];
            Edges = [0, 0];
            return;
        }

        Edges = Linear(min, max, count);
        _inner = Edges[1..^1];
    }

    /// <summary>Number of bins.</summary>
    public int Count => _inner.Length + 1;

    /// <summary>The m + 1 edges with the real minimum and maximum at the ends, for drawing.</summary>
    public double[] Edges { get; }

    /// <summary>The bin of a value, 0 … m − 1.</summary>
    public int Of(double value)
    {
        int low = 0, high = _inner.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_inner[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The bin of each value; <see cref="Count"/> where missing.</summary>
    public int[] Labels(ReadOnlySpan<double> values)
    {
        int[] labels = new int[values.Length];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = double.IsNaN(values[i]) ? Count : Of(values[i]);
        return labels;
    }

    /// <summary>Shares of the non-missing values per bin; NaN without values.</summary>
    public double[] Shares(ReadOnlySpan<double> values)
    {
        double[] shares = new double[Count];
        int n = 0;
        foreach (double v in values)
        {
            if (!double.IsNaN(v))
            {
                shares[Of(v)]++;
                n++;
            }
        }

        for (int b = 0; b < shares.Length; b++)
            shares[b] /= n;
        return shares;
    }

    /// <summary>count + 1 equally spaced points from min to max: min + i·step, the last exactly max.</summary>
    internal static double[] Linear(double min, double max, int count)
    {
        double[] edges = new double[count + 1];
        double step = (max - min) / count;
        for (int i = 0; i < count; i++)
            edges[i] = min + (i * step);
        edges[count] = max;
        return edges;
    }
}
