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
    /// Per channel over the observed cells of the grid: mean, standard deviation, minimum, maximum, first, last, slope an hour (least squares), count,
    /// never observed (0 or 1). NaN where there is no such figure. On the grid, because courses of one reading an hour would else be
    /// told from real ones by their counts and extremes alone; how often readings are taken within a step is judged by the gaps.
    /// </summary>
    public static DesignMatrix Of(StaySet set)
    {
        SeriesSet grid = set.Grid;
        int columns = PerChannel * grid.Features;
        double[] values = new double[grid.Count * columns];
        List<double> hours = [], cells = [];
        for (int i = 0; i < grid.Count; i++)
        {
            for (int c = 0; c < grid.Features; c++)
            {
                hours.Clear();
                cells.Clear();
                for (int t = 0; t < grid.Lengths[i]; t++)
                {
                    if (!grid.IsObserved(i, t, c))
                        continue;
                    hours.Add((t + 0.5) * set.Options.BinHours);
                    cells.Add(grid[i, t, c]);
                }

                Summarise([.. hours], [.. cells], values.AsSpan((i * columns) + (c * PerChannel), PerChannel));
            }
        }

        return new DesignMatrix(values, grid.Count, columns);
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

    private static void Summarise(double[] hours, double[] cells, Span<double> into)
    {
        into[..7].Fill(double.NaN);
        (into[7], into[8]) = (cells.Length, cells.Length == 0 ? 1 : 0);
        if (cells.Length == 0)
            return;
        double middle = Moments.Mean(hours), mean = Moments.Mean(cells), covariance = 0, spread = 0;
        for (int k = 0; k < cells.Length; k++)
        {
            covariance += (hours[k] - middle) * (cells[k] - mean);
            spread += (hours[k] - middle) * (hours[k] - middle);
        }

        (into[0], into[1], into[2], into[3], into[4], into[5]) = (mean, Moments.SampleDeviation(cells), cells.Min(), cells.Max(), cells[0], cells[^1]);
        into[6] = spread > 1e-9 ? covariance / spread : double.NaN;
    }
}
