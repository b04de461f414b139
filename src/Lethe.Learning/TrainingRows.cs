namespace Lethe.Learning;

/// <summary>
/// The rows of positive weight with their labels renumbered over the classes present: what a learner fits that cannot give
/// a class without rows a probability.
/// </summary>
internal sealed class TrainingRows
{
    private TrainingRows(int[] rows, int[] y, double[] weights, int[] present)
    {
        Rows = rows;
        Y = y;
        Weights = weights;
        Present = present;
    }

    /// <summary>Row numbers in the matrix.</summary>
    public int[] Rows { get; }

    /// <summary>For each of them its class as an index into <see cref="Present"/>.</summary>
    public int[] Y { get; }

    /// <summary>For each of them its weight, &gt; 0.</summary>
    public double[] Weights { get; }

    /// <summary>The classes present, ascending.</summary>
    public int[] Present { get; }

    public static TrainingRows Of(int rows, ReadOnlySpan<int> y, int classes, ReadOnlySpan<double> weights, string learner)
    {
        Guard.Labels(rows, y, classes);
        double[] w = Guard.Weights(rows, weights, learner);
        int[] kept = [.. Enumerable.Range(0, rows).Where(i => w[i] > 0)];
        int[] index = new int[classes];
        foreach (int i in kept)
            index[y[i]] = 1;
        int[] present = [.. Enumerable.Range(0, classes).Where(k => index[k] == 1)];
        for (int k = 0; k < present.Length; k++)
            index[present[k]] = k;
        int[] label = new int[kept.Length];
        double[] weight = new double[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            label[i] = index[y[kept[i]]];
            weight[i] = w[kept[i]];
        }

        return new TrainingRows(kept, label, weight, present);
    }
}
