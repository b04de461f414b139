namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>
/// Autocorrelation and cross-correlation on the grid from jointly observed cells only: imputed cells would show the imputation.
/// </summary>
internal static class Autocorrelations
{
    /// <summary>Fewest pairs of observed cells behind a correlation.</summary>
    public const int FewestPairs = 30;

    /// <summary>Longest lag in steps.</summary>
    public const int MostLags = 24;

    /// <summary>
    /// Pearson correlation of a channel's cells with its own cells k steps later, k = 1 … min(24, T − 1), over all stays; NaN with fewer than 30 pairs
    /// or without spread.
    /// </summary>
    public static double[] Curve(SeriesSet set, int channel)
    {
        double[] curve = new double[Math.Min(MostLags, set.Steps - 1)];
        double centre = CentreOf(set, channel);
        for (int k = 1; k <= curve.Length; k++)
        {
            PairSums sums = default;
            for (int i = 0; i < set.Count; i++)
            {
                for (int t = 0; t + k < set.Lengths[i]; t++)
                {
                    if (set.IsObserved(i, t, channel) && set.IsObserved(i, t + k, channel))
                        sums.Add(set[i, t, channel] - centre, set[i, t + k, channel] - centre);
                }
            }

            curve[k - 1] = sums.Pearson;
        }

        return curve;
    }

    /// <summary>Correlations of channel i at a step with channel j <paramref name="lag"/> steps later, F × F row-major; NaN with fewer than 30 pairs or without spread.</summary>
    public static double[] Matrix(SeriesSet set, int lag)
    {
        int f = set.Features;
        double[] centre = [.. Enumerable.Range(0, f).Select(c => CentreOf(set, c))];
        PairSums[] sums = new PairSums[f * f];
        int[] here = new int[f], later = new int[f];
        for (int i = 0; i < set.Count; i++)
        {
            for (int t = 0; t + lag < set.Lengths[i]; t++)
            {
                int a = Observed(set, i, t, here), b = Observed(set, i, t + lag, later);
                for (int p = 0; p < a; p++)
                {
                    double x = set[i, t, here[p]] - centre[here[p]];
                    for (int q = 0; q < b; q++)
                        sums[(here[p] * f) + later[q]].Add(x, set[i, t + lag, later[q]] - centre[later[q]]);
                }
            }
        }

        return [.. sums.Select(s => s.Pearson)];
    }

    private static int Observed(SeriesSet set, int stay, int step, int[] channels)
    {
        int count = 0;
        for (int c = 0; c < set.Features; c++)
        {
            if (set.IsObserved(stay, step, c))
                channels[count++] = c;
        }

        return count;
    }

    // Sums of products are taken about a value near the mean, so that they keep their digits.
    private static double CentreOf(SeriesSet set, int channel)
    {
        double sum = 0;
        long n = 0;
        for (int at = channel; at < set.Values.Length; at += set.Features)
        {
            if (set.Mask[at] == 0)
                continue;
            sum += set.Values[at];
            n++;
        }

        return n == 0 ? 0 : sum / n;
    }

    private struct PairSums
    {
        private double _x, _y, _xx, _yy, _xy;
        private int _n;

        public void Add(double x, double y)
        {
            _n++;
            _x += x;
            _y += y;
            _xx += x * x;
            _yy += y * y;
            _xy += x * y;
        }

        public readonly double Pearson
        {
            get
            {
                double xx = _xx - (_x * _x / _n), yy = _yy - (_y * _y / _n), xy = _xy - (_x * _y / _n);
                return _n >= FewestPairs && xx > 1e-9 * _xx && yy > 1e-9 * _yy ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : double.NaN;
            }
        }
    }
}
