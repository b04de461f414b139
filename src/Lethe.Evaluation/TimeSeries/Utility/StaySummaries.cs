using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.TimeSeries.Clinical;
using Lethe.Learning;

namespace Lethe.Evaluation.TimeSeries.Utility;

/// <summary>Stays as rows of fixed width, for learners that know no time.</summary>
internal static class StaySummaries
{
    private const int PerChannel = 9;
    private const int Stretches = 4;

    /// <summary>
    /// Per channel: mean, standard deviation, minimum, maximum, first, last, slope an hour (least squares), count, never observed (0 or 1). NaN where there is no
    /// such figure. Readings outside the grid's window are left out, so that nobody looks beyond it.
    /// </summary>
    public static DesignMatrix Of(StaySet set)
    {
        int columns = PerChannel * set.Channels;
        double[] values = new double[set.Cohort.Count * columns];
        double start = set.Options.StartHours, end = start + (set.Options.Steps * set.Options.BinHours);
        List<float> times = [], readings = [];
        for (int i = 0; i < set.Cohort.Count; i++)
        {
            for (int c = 0; c < set.Channels; c++)
            {
                set.Collect(i, c, times, readings);
                int from = times.FindIndex(t => t >= start), to = times.FindLastIndex(t => t < end) + 1;
                int n = from < 0 ? 0 : Math.Max(0, to - from);
                Summarise(times, readings, Math.Max(0, from), n, values.AsSpan((i * columns) + (c * PerChannel), PerChannel));
            }
        }

        return new DesignMatrix(values, set.Cohort.Count, columns);
    }

    /// <summary>What was observed, not what was seen: per channel the observed cells in each quarter of the window; and the length in steps.</summary>
    public static DesignMatrix OfMask(StaySet set)
    {
        SeriesSet grid = set.Grid;
        int columns = (Stretches * grid.Features) + 1;
        double[] values = new double[grid.Count * columns];
        for (int i = 0; i < grid.Count; i++)
        {
            values[(i * columns) + columns - 1] = grid.Lengths[i];
            for (int t = 0; t < grid.Lengths[i]; t++)
            {
                for (int c = 0; c < grid.Features; c++)
                    values[(i * columns) + (c * Stretches) + (t * Stretches / grid.Steps)] += grid.IsObserved(i, t, c) ? 1 : 0;
            }
        }

        return new DesignMatrix(values, grid.Count, columns);
    }

    /// <summary>The matrix with NaN replaced by 0: after standardising that is the mean, and the flag of absence stands beside it.</summary>
    public static DesignMatrix Filled(DesignMatrix x)
    {
        double[] values = x.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
            values[i] = double.IsNaN(values[i]) ? 0 : values[i];
        return new DesignMatrix(values, x.Rows, x.Columns);
    }

    private static void Summarise(List<float> times, List<float> readings, int from, int n, Span<double> into)
    {
        into[..7].Fill(double.NaN);
        into[7] = n;
        into[8] = n == 0 ? 1 : 0;
        if (n == 0)
            return;
        double[] x = new double[n];
        double meanTime = 0, covariance = 0, spread = 0;
        for (int k = 0; k < n; k++)
        {
            x[k] = readings[from + k];
            meanTime += times[from + k] / (double)n;
        }

        double mean = Moments.Mean(x), low = x[0], high = x[0];
        for (int k = 0; k < n; k++)
        {
            double dt = times[from + k] - meanTime;
            covariance += dt * (x[k] - mean);
            spread += dt * dt;
            (low, high) = (Math.Min(low, x[k]), Math.Max(high, x[k]));
        }

        (into[0], into[1], into[2], into[3], into[4], into[5]) = (mean, Moments.SampleDeviation(x), low, high, x[0], x[^1]);
        into[6] = spread > 1e-9 ? covariance / spread : double.NaN;
    }
}
