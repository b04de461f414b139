using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.Statistics;

/// <summary>Bootstrap percentile intervals (Efron 1979) for anything that has no formula.</summary>
public static class Bootstrap
{
    /// <summary>
    /// Percentile interval of a statistic of the rows, resampling within strata so that every resample has as many cases of each
    /// stratum as the data. Resamples where the statistic is NaN are left out; null when fewer than half remain.
    /// </summary>
    /// <param name="strata">Stratum of each row (e.g. its class); empty for one stratum of <paramref name="rows"/> rows.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="statistic">Figure of the rows at these positions; called from several threads.</param>
    /// <param name="seed">Decides the resamples.</param>
    /// <param name="resamples">Number of resamples; below 2 there are no intervals.</param>
    /// <param name="level">Confidence level.</param>
    public static Interval? Percentile(
        ReadOnlySpan<int> strata, int rows, Func<int[], double> statistic, Seed seed, int resamples = 2000, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        return Percentiles(strata, rows, drawn => [statistic(drawn)], seed, resamples, level)[0];
    }

    /// <summary>The same for several statistics of the same resamples; one interval each.</summary>
    /// <inheritdoc cref="Percentile"/>
    public static Interval?[] Percentiles(
        ReadOnlySpan<int> strata, int rows, Func<int[], double[]> statistics, Seed seed, int resamples = 2000, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        if (!strata.IsEmpty)
            StatisticsThrow.UnlessSameLength(strata.Length, rows);
        if (resamples < 2)
            return new Interval?[statistics([.. Enumerable.Range(0, rows)]).Length];
        int[][] groups = Groups(strata, rows);
        string method = strata.IsEmpty ? $"bootstrap, {resamples} resamples" : $"stratified bootstrap, {resamples} resamples";

        // Each resample has its own stream, so that they can be drawn by any number of threads.
        double[][] values = new double[resamples][];
        Parallel.For(0, resamples, b =>
        {
            RandomStream random = seed.Stream("bootstrap", b);
            int[] drawn = new int[rows];
            int next = 0;
            foreach (int[] group in groups)
            {
                for (int i = 0; i < group.Length; i++)
                    drawn[next++] = group[random.NextInt(group.Length)];
            }

            values[b] = statistics(drawn);
        });

        Interval?[] intervals = new Interval?[values[0].Length];
        for (int k = 0; k < intervals.Length; k++)
        {
            double[] sorted = [.. values.Select(v => v[k]).Where(v => !double.IsNaN(v)).Order()];
            if (sorted.Length >= 2 && sorted.Length * 2 >= resamples)
                intervals[k] = new Interval(Quantile.OfSorted(sorted, (1 - level) / 2), Quantile.OfSorted(sorted, (1 + level) / 2), method, level);
        }

        return intervals;
    }

    private static int[][] Groups(ReadOnlySpan<int> strata, int rows)
    {
        if (strata.IsEmpty)
            return rows == 0 ? [] : [[.. Enumerable.Range(0, rows)]];
        SortedDictionary<int, List<int>> groups = [];
        for (int i = 0; i < strata.Length; i++)
        {
            if (!groups.TryGetValue(strata[i], out List<int>? group))
                groups[strata[i]] = group = [];
            group.Add(i);
        }

        return [.. groups.Values.Select(g => g.ToArray())];
    }
}
