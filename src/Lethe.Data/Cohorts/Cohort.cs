using Lethe.Data.Schemas;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts;

/// <summary>
/// Hospital stays as they really are: a static <see cref="Table"/> with one row a stay, and irregular, ragged events in
/// columnar compressed-row form. Event e of stay i has <see cref="Offsets"/>[i] ≤ e &lt; <see cref="Offsets"/>[i + 1];
/// within a stay events are sorted by time, then channel, then order of arrival. Ten bytes an event. Immutable.
/// </summary>
/// <remarks>
/// Times are hours since the stay's anchor (admission) and may be negative for events before it. Values are in the
/// channel's unit; for categorical channels they are codes into its levels. Time and value are single precision: minutes
/// over a year and the seven digits of clinical readings survive a round trip.
/// </remarks>
public sealed class Cohort : Dataset
{
    private readonly int[] _offsets;
    private readonly float[] _times;
    private readonly ushort[] _channels;
    private readonly float[] _values;
    private readonly Dictionary<string, int> _channelIndex = new(StringComparer.Ordinal);

    /// <summary>Makes a cohort from columnar parts (not copied). Prefer <see cref="CohortBuilder"/>, which sorts.</summary>
    /// <param name="name">Name for people.</param>
    /// <param name="statics">One row a stay; has a text column <see cref="StayIdColumn"/>.</param>
    /// <param name="channels">Channel metadata; names are unique.</param>
    /// <param name="offsets">N + 1 non-decreasing positions, the first 0, the last the number of events.</param>
    /// <param name="times">Hours since the anchor, per event, finite, non-decreasing within a stay.</param>
    /// <param name="channelOfEvent">Index into <paramref name="channels"/>, per event.</param>
    /// <param name="values">Reading, per event, finite.</param>
    /// <param name="outcomes">Names of static columns that are outcomes; the first is the main one.</param>
    /// <exception cref="ArgumentException">A part contradicts another; the message names both.</exception>
    public Cohort(
        string name,
        Table statics,
        IReadOnlyList<Channel> channels,
        int[] offsets,
        float[] times,
        ushort[] channelOfEvent,
        float[] values,
        IReadOnlyList<string> outcomes)
    {
        CohortThrow.IfPartsContradict(statics, channels, offsets, times, channelOfEvent, values, outcomes);
        Name = name;
        Statics = statics;
        Channels = channels;
        Outcomes = outcomes;
        _offsets = offsets;
        _times = times;
        _channels = channelOfEvent;
        _values = values;
        for (int c = 0; c < channels.Count; c++)
            _channelIndex.Add(channels[c].Name, c);
    }

    /// <summary>Name of the static column that identifies a stay.</summary>
    public const string StayIdColumn = "stay_id";

    /// <summary>Name for people.</summary>
    public string Name { get; }

    /// <summary>One row a stay: identifiers, static attributes, outcomes. Splits go by its patient key when it has one.</summary>
    public Table Statics { get; }

    /// <summary>Channel metadata, by channel index.</summary>
    public IReadOnlyList<Channel> Channels { get; }

    /// <summary>Names of the static columns that are outcomes; the first is the main one. May be empty.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    /// <inheritdoc/>
    public override Schema Schema => Statics.Schema;

    /// <summary>Number of stays.</summary>
    public override int Count => _offsets.Length - 1;

    /// <summary>Number of events of all stays.</summary>
    public int EventCount => _times.Length;

    /// <summary>Start of each stay's events; one entry more than stays.</summary>
    public ReadOnlySpan<int> Offsets => _offsets;

    /// <summary>Hours since the anchor, per event.</summary>
    public ReadOnlySpan<float> Times => _times;

    /// <summary>Channel index, per event.</summary>
    public ReadOnlySpan<ushort> ChannelOfEvent => _channels;

    /// <summary>Reading, per event.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The events of one stay.</summary>
    public StayEvents this[int stay]
    {
        get
        {
            int start = _offsets[stay], length = _offsets[stay + 1] - start;
            return new StayEvents(_times.AsSpan(start, length), _channels.AsSpan(start, length), _values.AsSpan(start, length));
        }
    }

    /// <summary>Index of the channel named <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">No such channel; the message lists what there is.</exception>
    public int ChannelIndex(string name) => _channelIndex.TryGetValue(name, out int c)
        ? c
        : throw new KeyNotFoundException($"There is no channel '{name}'; the channels are: {string.Join(", ", Channels.Select(x => x.Name))}.");

    /// <summary>The stays at these positions, in this order; positions may repeat.</summary>
    public Cohort Take(ReadOnlySpan<int> stays)
    {
        int[] offsets = new int[stays.Length + 1];
        for (int i = 0; i < stays.Length; i++)
            offsets[i + 1] = offsets[i] + _offsets[stays[i] + 1] - _offsets[stays[i]];
        float[] times = new float[offsets[^1]];
        ushort[] channels = new ushort[offsets[^1]];
        float[] values = new float[offsets[^1]];
        for (int i = 0; i < stays.Length; i++)
        {
            StayEvents events = this[stays[i]];
            events.Times.CopyTo(times.AsSpan(offsets[i]));
            events.Channels.CopyTo(channels.AsSpan(offsets[i]));
            events.Values.CopyTo(values.AsSpan(offsets[i]));
        }

        return new Cohort(Name, Statics.Take(stays), Channels, offsets, times, channels, values, Outcomes);
    }

    /// <summary>The same stays and events with another static table.</summary>
    /// <param name="statics">One row a stay, in the same order.</param>
    /// <param name="outcomes">Its columns that are outcomes; null: as before.</param>
    /// <exception cref="ArgumentException">Another number of rows, no stay id, or an outcome is no column of it.</exception>
    public Cohort WithStatics(Table statics, IReadOnlyList<string>? outcomes = null) => new(Name, statics, Channels, _offsets, _times, _channels, _values, outcomes ?? Outcomes);

    /// <summary>The stays of this cohort followed by those of others with the same channels and columns.</summary>
    /// <exception cref="ArgumentException">The others have other channels.</exception>
    public Cohort Append(params IReadOnlyList<Cohort> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        if (others.Any(o => !o.Channels.Select(c => c.Name).SequenceEqual(Channels.Select(c => c.Name))))
            throw new ArgumentException("Cohorts to be joined must have the same channels in the same order.", nameof(others));
        Cohort[] parts = [this, .. others];
        int[] offsets = new int[parts.Sum(p => p.Count) + 1];
        int stay = 0;
        foreach (Cohort part in parts)
        {
            for (int i = 0; i < part.Count; i++, stay++)
                offsets[stay + 1] = offsets[stay] + part._offsets[i + 1] - part._offsets[i];
        }

        return new Cohort(
            Name,
            others.Aggregate(Statics, (joined, o) => joined.Append(o.Statics)),
            Channels,
            offsets,
            Joined(parts, offsets[^1], p => p._times),
            Joined(parts, offsets[^1], p => p._channels),
            Joined(parts, offsets[^1], p => p._values),
            Outcomes);
    }

    private static T[] Joined<T>(Cohort[] parts, int events, Func<Cohort, T[]> array)
    {
        T[] joined = new T[events];
        int at = 0;
        foreach (Cohort part in parts)
        {
            array(part).CopyTo(joined, at);
            at += part.EventCount;
        }

        return joined;
    }
}
