namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>What was observed when, on the grid.</summary>
internal static class ObservationRates
{
    /// <summary>Share of the stays still there at each step that have an observed cell, [channel][step]; NaN with fewer than ten such stays.</summary>
    public static double[][] Of(SeriesSet set)
    {
        const int FewestStays = 10;
        int[] there = new int[set.Steps];
        int[][] seen = [.. Enumerable.Range(0, set.Features).Select(_ => new int[set.Steps])];
        for (int i = 0; i < set.Count; i++)
        {
            for (int t = 0; t < set.Lengths[i]; t++)
            {
                there[t]++;
                for (int c = 0; c < set.Features; c++)
                    seen[c][t] += set.IsObserved(i, t, c) ? 1 : 0;
            }
        }

        return [.. seen.Select(s => s.Select((n, t) => there[t] < FewestStays ? double.NaN : (double)n / there[t]).ToArray())];
    }

    /// <summary>Correlation of "observed" between channels over all steps that stays last, F × F; NaN where a channel is always or never observed.</summary>
    public static double[] Together(SeriesSet set)
    {
        int f = set.Features;
        long rows = 0;
        long[] both = new long[f * f];
        for (int i = 0; i < set.Count; i++)
        {
            for (int t = 0; t < set.Lengths[i]; t++)
            {
                rows++;
                ReadOnlySpan<byte> mask = set.Mask.Slice(set.At(i, t, 0), f);
                for (int a = 0; a < f; a++)
                {
                    if (mask[a] == 0)
                        continue;
                    for (int b = 0; b < f; b++)
                        both[(a * f) + b] += mask[b];
                }
            }
        }

        double[] r = new double[f * f];
        for (int a = 0; a < f; a++)
        {
            for (int b = 0; b < f; b++)
            {
                double pa = (double)both[(a * f) + a] / rows, pb = (double)both[(b * f) + b] / rows, spread = pa * (1 - pa) * pb * (1 - pb);
                r[(a * f) + b] = spread > 0 ? (((double)both[(a * f) + b] / rows) - (pa * pb)) / Math.Sqrt(spread) : double.NaN;
            }
        }

        return r;
    }

    /// <summary>Share of stays in which each channel is observed at all.</summary>
    public static double[] Ever(SeriesSet set)
    {
        double[] share = new double[set.Features];
        for (int i = 0; i < set.Count; i++)
        {
            for (int c = 0; c < share.Length; c++)
            {
                for (int t = 0; t < set.Lengths[i]; t++)
                {
                    if (set.IsObserved(i, t, c))
                    {
                        share[c] += 1.0 / set.Count;
                        break;
                    }
                }
            }
        }

        return share;
    }
}
