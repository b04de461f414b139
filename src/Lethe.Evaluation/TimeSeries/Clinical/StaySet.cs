using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;

namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>
/// A cohort as the clinical figures read it: readings in their units with their true times, and beside them the regular grid with its mask.
/// Immutable after construction.
/// </summary>
internal sealed class StaySet
{
    private StaySet(Cohort cohort, SeriesSet grid, GridOptions options)
    {
        (Cohort, Grid, Options) = (cohort, grid, options);
        List<double>[] readings = [.. cohort.Channels.Select(_ => new List<double>())];
        for (int e = 0; e < cohort.EventCount; e++)
            readings[cohort.ChannelOfEvent[e]].Add(cohort.Values[e]);
        Readings = [.. readings.Select(r => r.ToArray())];
    }

    public Cohort Cohort { get; }

    public SeriesSet Grid { get; }

    public GridOptions Options { get; }

    public int Channels => Cohort.Channels.Count;

    /// <summary>All readings of each channel.</summary>
    public IReadOnlyList<double[]> Readings { get; }

    public static StaySet Of(Cohort cohort, GridCodec codec) => new(cohort, SeriesSet.Of(cohort, codec), codec.Options);

    /// <summary>True where the channel's values are codes without order.</summary>
    public bool IsCategorical(int channel) => Cohort.Channels[channel].Kind == ChannelKind.Categorical;

    /// <summary>Readings of one channel of one stay with their times, in order of time.</summary>
    public void Collect(int stay, int channel, List<float> times, List<float> values)
    {
        times.Clear();
        values.Clear();
        StayEvents events = Cohort[stay];
        for (int e = 0; e < events.Count; e++)
        {
            if (events.Channels[e] != channel)
                continue;
            times.Add(events.Times[e]);
            values.Add(events.Values[e]);
        }
    }

    /// <summary>Calls back with each stay's readings of a channel; the lists are used again.</summary>
    public void ForEachStay(int channel, Action<List<float>, List<float>> body)
    {
        List<float> times = [], values = [];
        for (int i = 0; i < Cohort.Count; i++)
        {
            Collect(i, channel, times, values);
            if (values.Count > 0)
                body(times, values);
        }
    }
}
