namespace Lethe.Synthesis.Encoders;

/// <summary>Lloyd's algorithm on a line: with sorted values a cluster is a run between two midpoints, so it needs no random start.</summary>
internal static class KMeans
{
    private const int Iterations = 50;

    /// <summary>
    /// Cluster of each value, numbered from the largest cluster to the smallest; equal-frequency runs to begin with. A stick-breaking
    /// mixture gives most weight to its first components and converges better when they are the large ones.
    /// </summary>
    /// <param name="sorted">Values, ascending.</param>
    /// <param name="clusters">k ≥ 1; some may end empty.</param>
    public static int[] SortedLabels(ReadOnlySpan<double> sorted, int clusters)
    {
        double[] centre = new double[clusters];
        for (int c = 0; c < clusters; c++)
            centre[c] = SortedValues.Quantile(sorted, (c + 0.5) / clusters);
        int[] labels = new int[sorted.Length];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            bool changed = false;
            for (int i = 0, c = 0; i < sorted.Length; i++)
            {
                while (c + 1 < clusters && sorted[i] > (centre[c] + centre[c + 1]) / 2)
                    c++;
                changed |= labels[i] != c;
                labels[i] = c;
            }

            if (!changed)
                break;
            Recentre(sorted, labels, centre);
        }

        return BySize(labels, clusters);
    }

    private static int[] BySize(int[] labels, int clusters)
    {
        int[] count = new int[clusters];
        foreach (int label in labels)
            count[label]++;
        int[] rank = new int[clusters];
        int next = 0;
        foreach (int cluster in Enumerable.Range(0, clusters).OrderByDescending(c => count[c]))
            rank[cluster] = next++;
        return [.. labels.Select(label => rank[label])];
    }

    private static void Recentre(ReadOnlySpan<double> sorted, int[] labels, double[] centre)
    {
        double[] sum = new double[centre.Length];
        int[] count = new int[centre.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            sum[labels[i]] += sorted[i];
            count[labels[i]]++;
        }

        for (int c = 0; c < centre.Length; c++)
        {
            if (count[c] > 0)
                centre[c] = sum[c] / count[c];
        }
    }
}
