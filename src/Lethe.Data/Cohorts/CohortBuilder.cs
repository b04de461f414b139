using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts;

/// <summary>
/// Collects events in any order and assembles a sorted <see cref="Cohort"/>. Mutable; not thread-safe. Memory is that of the
/// kept events: 14 bytes each while collecting, 10 in the cohort.
/// </summary>
public sealed class CohortBuilder
{
    private const int BlockSize = 1 << 20;

    private readonly List<(int[] Stay, float[] Time, ushort[] Channel, float[] Value)> _blocks = [];
    private int _used = BlockSize;

    /// <summary>Number of events added.</summary>
    public long EventCount => _blocks.Count == 0 ? 0 : ((long)(_blocks.Count - 1) * BlockSize) + _used;

    /// <summary>Adds an event.</summary>
    /// <param name="stay">Row of the stay in the static table.</param>
    /// <param name="timeHours">Hours since the anchor, finite.</param>
    /// <param name="channel">Channel index.</param>
    /// <param name="value">Reading in the channel's unit, finite.</param>
    public void Add(int stay, float timeHours, int channel, float value)
    {
        if (_used == BlockSize)
        {
            _blocks.Add((new int[BlockSize], new float[BlockSize], new ushort[BlockSize], new float[BlockSize]));
            _used = 0;
        }

        (int[] stays, float[] times, ushort[] channels, float[] values) = _blocks[^1];
        stays[_used] = stay;
        times[_used] = timeHours;
        channels[_used] = checked((ushort)channel);
        values[_used] = value;
        _used++;
    }

    /// <summary>Sorts the events by stay, time, channel and order of arrival and makes the cohort. The builder is empty afterwards.</summary>
    /// <exception cref="ArgumentException">A part contradicts another; the message names both.</exception>
    public Cohort Build(string name, Table statics, IReadOnlyList<Channel> channels, IReadOnlyList<string> outcomes)
    {
        int stays = statics.RowCount;
        int[] offsets = new int[stays + 1];
        for (int b = 0; b < _blocks.Count; b++)
        {
            foreach (int stay in _blocks[b].Stay.AsSpan(0, Used(b)))
                offsets[stay + 1]++;
        }

        for (int i = 0; i < stays; i++)
            offsets[i + 1] += offsets[i];

        int total = offsets[stays];
        float[] times = new float[total];
        ushort[] channelOf = new ushort[total];
        float[] values = new float[total];
        int[] next = offsets[..stays];
        for (int b = 0; b < _blocks.Count; b++)
        {
            (int[] s, float[] t, ushort[] c, float[] v) = _blocks[b];
            for (int i = 0; i < Used(b); i++)
            {
                int at = next[s[i]]++;
                times[at] = t[i];
                channelOf[at] = c[i];
                values[at] = v[i];
            }

            _blocks[b] = default; // the block is copied: let it go, so that the peak stays near the final size
        }

        _blocks.Clear();
        _used = BlockSize;
        for (int i = 0; i < stays; i++)
            SortStay(offsets[i], offsets[i + 1], times, channelOf, values);
        return new Cohort(name, statics, channels, offsets, times, channelOf, values, outcomes);
    }

    private int Used(int block) => block == _blocks.Count - 1 ? _used : BlockSize;

    private static void SortStay(int start, int end, float[] times, ushort[] channels, float[] values)
    {
        int n = end - start;
        bool sorted = true;
        for (int e = start + 1; e < end && sorted; e++)
            sorted = times[e] > times[e - 1] || (times[e] == times[e - 1] && channels[e] >= channels[e - 1]);
        if (sorted)
            return;

        // The arrival position breaks ties, which makes the unstable library sort stable.
        (float Time, ushort Channel, int Arrival)[] keys = new (float, ushort, int)[n];
        float[] sortedValues = new float[n];
        for (int i = 0; i < n; i++)
            keys[i] = (times[start + i], channels[start + i], i);
        Array.Sort(keys);
        for (int i = 0; i < n; i++)
            sortedValues[i] = values[start + keys[i].Arrival];
        for (int i = 0; i < n; i++)
        {
            times[start + i] = keys[i].Time;
            channels[start + i] = keys[i].Channel;
            values[start + i] = sortedValues[i];
        }
    }
}
