using Lethe.Data.Cohorts;
using Lethe.Data.Tables;

namespace Lethe.Data.Codecs;

/// <summary>
/// Cohort ⇄ regular grid with mask and gaps. Lossy in a stated way: readings of one channel within a bin become one
/// (see <see cref="GridOptions"/>), and decoding puts it at the bin's middle, so a time is off by at most half a bin.
/// Readings before the first bin or after the last are outside the grid and counted. Training means (for imputation)
/// are learnt from the cohort given to <see cref="Fit"/> alone. Immutable, thread-safe.
/// </summary>
public sealed class GridCodec
{
    private readonly Aggregation[] _aggregations;
    private readonly float[] _means;

    private GridCodec(GridOptions options, IReadOnlyList<Channel> channels, float[] means)
    {
        Options = options;
        Channels = channels;
        _means = means;
        _aggregations = [.. channels.Select(options.AggregationOf)];
    }

    /// <summary>How stays are laid on the grid.</summary>
    public GridOptions Options { get; }

    /// <summary>The channels, by index.</summary>
    public IReadOnlyList<Channel> Channels { get; }

    /// <summary>Mean of each channel over the training readings inside the grid; 0 for a channel never observed.</summary>
    public ReadOnlySpan<float> TrainingMeans => _means;

    /// <summary>Learns the channels' means from the training stays.</summary>
    /// <exception cref="ArgumentException">The options have no step or no width.</exception>
    public static GridCodec Fit(Cohort train, GridOptions options)
    {
        if (options.Steps < 1 || !(options.BinHours > 0))
            throw new ArgumentException($"A grid needs at least one step and a positive bin width; got {options.Steps} steps of {options.BinHours} h.", nameof(options));
        double[] sums = new double[train.Channels.Count];
        long[] counts = new long[train.Channels.Count];
        for (int i = 0; i < train.Count; i++)
        {
            StayEvents events = train[i];
            for (int e = 0; e < events.Count; e++)
            {
                if (StepOf(events.Times[e], options) < 0)
                    continue;
                sums[events.Channels[e]] += events.Values[e];
                counts[events.Channels[e]]++;
            }
        }

        float[] means = new float[sums.Length];
        for (int c = 0; c < means.Length; c++)
            means[c] = counts[c] == 0 ? 0 : (float)(sums[c] / counts[c]);
        return new GridCodec(options, train.Channels, means);
    }

    /// <summary>Lays a cohort with the same channels on the grid.</summary>
    /// <exception cref="ArgumentException">The cohort has other channels.</exception>
    public Grid Encode(Cohort cohort)
    {
        if (!cohort.Channels.Select(c => c.Name).SequenceEqual(Channels.Select(c => c.Name)))
            throw new ArgumentException("The cohort's channels are not those the grid was fitted on.", nameof(cohort));
        int n = cohort.Count, steps = Options.Steps, channels = Channels.Count;
        Grid grid = new(n, steps, channels, new float[n * steps * channels], new byte[n * steps * channels], new float[n * steps * channels], new int[n]);
        NumericColumn? lengths = Options.LengthColumn is null ? null : (NumericColumn)cohort.Statics[Options.LengthColumn];
        List<float>[] cells = [.. Enumerable.Range(0, steps * channels).Select(_ => new List<float>(2))];
        for (int i = 0; i < n; i++)
            EncodeStay(grid, i, cohort[i], lengths is null ? double.NaN : lengths[i], cells);
        return grid;
    }

    /// <summary>Makes a cohort of the observed cells: one event at the middle of each bin whose mask is 1 and that lies within the stay's length.</summary>
    /// <param name="grid">Values and mask; the values under a mask of 0 are ignored.</param>
    /// <param name="statics">One row a stay.</param>
    /// <param name="name">Name of the cohort.</param>
    /// <param name="outcomes">Static columns that are outcomes.</param>
    public Cohort Decode(Grid grid, Table statics, string name, IReadOnlyList<string> outcomes)
    {
        CohortBuilder builder = new();
        for (int i = 0; i < grid.Stays; i++)
        {
            for (int t = 0; t < grid.Lengths[i]; t++)
            {
                float hours = (float)(Options.StartHours + ((t + 0.5) * Options.BinHours));
                for (int c = 0; c < grid.Channels; c++)
                {
                    int at = grid.At(i, t, c);
                    if (grid.Mask[at] != 0)
                        builder.Add(i, hours, c, grid.Values[at]);
                }
            }
        }

        return builder.Build(name, statics, Channels, outcomes);
    }

    /// <summary>Number of a cohort's readings that fall outside the grid.</summary>
    public long CountOutside(Cohort cohort)
    {
        long outside = 0;
        foreach (float t in cohort.Times)
        {
            if (StepOf(t, Options) < 0)
                outside++;
        }

        return outside;
    }

    private static int StepOf(float hours, GridOptions options)
    {
        double step = Math.Floor((hours - options.StartHours) / options.BinHours);
        return step >= 0 && step < options.Steps ? (int)step : -1;
    }

    private void EncodeStay(Grid grid, int stay, StayEvents events, double lengthHours, List<float>[] cells)
    {
        int channels = grid.Channels, last = -1;
        for (int e = 0; e < events.Count; e++)
        {
            int step = StepOf(events.Times[e], Options);
            if (step < 0)
                continue;
            cells[(step * channels) + events.Channels[e]].Add(events.Values[e]);
            last = Math.Max(last, step);
        }

        int length = double.IsNaN(lengthHours)
            ? last + 1
            : Math.Clamp((int)Math.Ceiling((lengthHours - Options.StartHours) / Options.BinHours), last + 1, grid.Steps);
        grid.Lengths[stay] = length;
        for (int c = 0; c < channels; c++)
        {
            float carried = float.NaN;
            double gap = 0;
            for (int t = 0; t < grid.Steps; t++)
            {
                int at = grid.At(stay, t, c);
                List<float> readings = cells[(t * channels) + c];
                grid.GapHours[at] = (float)gap;
                if (readings.Count > 0)
                {
                    carried = Combine(readings, _aggregations[c]);
                    grid.Mask[at] = 1;
                    grid.Values[at] = carried;
                    readings.Clear();
                    gap = 0;
                }
                else
                {
                    grid.Values[at] = t < length ? Fill(carried, gap, _means[c]) : float.NaN;
                }

                gap += Options.BinHours;
            }
        }
    }

    private float Fill(float carried, double gapHours, float mean) => Options.Imputation switch
    {
        Imputation.None => float.NaN,
        Imputation.Mean => mean,
        _ when float.IsNaN(carried) => mean,
        Imputation.ForwardFill => carried,
        _ => (float)(mean + ((carried - mean) * Math.Exp(-gapHours / Options.DecayHours))),
    };

    private static float Combine(List<float> readings, Aggregation how)
    {
        switch (how)
        {
            case Aggregation.Last:
                return readings[^1];
            case Aggregation.Min:
                return readings.Min();
            case Aggregation.Max:
                return readings.Max();
            case Aggregation.Median:
                readings.Sort();
                int middle = readings.Count / 2;
                return readings.Count % 2 == 1 ? readings[middle] : (float)((readings[middle - 1] + (double)readings[middle]) / 2);
            default:
                double sum = 0;
                foreach (float r in readings)
                    sum += r;
                return (float)(how == Aggregation.Sum ? sum : sum / readings.Count);
        }
    }
}
