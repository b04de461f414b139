using Lethe.Data.Cohorts;
using Lethe.Data.Tables;

namespace Lethe.Data.Codecs;

/// <summary>
/// Cohort ⇄ <see cref="EventSequence"/>. Exact but for readings of one channel at one time, of which the last is kept and
/// the others are counted, and for the rounding of summed single-precision gaps (below a second over 48 hours).
/// </summary>
public static class EventSequenceCodec
{
    /// <summary>Turns a cohort into rows.</summary>
    /// <param name="cohort">Any cohort.</param>
    /// <param name="duplicates">Number of readings that shared stay, time and channel with a later one.</param>
    public static EventSequence Encode(Cohort cohort, out long duplicates)
    {
        int channels = cohort.Channels.Count;
        int[] offsets = new int[cohort.Count + 1];
        for (int i = 0; i < cohort.Count; i++)
        {
            ReadOnlySpan<float> times = cohort[i].Times;
            int rows = 0;
            for (int e = 0; e < times.Length; e++)
                rows += e == 0 || times[e] > times[e - 1] ? 1 : 0;
            offsets[i + 1] = offsets[i] + rows;
        }

        EventSequence sequence = new(channels, offsets, new float[offsets[^1]], new float[offsets[^1] * channels], new byte[offsets[^1] * channels]);
        duplicates = 0;
        for (int i = 0; i < cohort.Count; i++)
        {
            StayEvents events = cohort[i];
            int row = offsets[i] - 1;
            float previous = 0;
            for (int e = 0; e < events.Count; e++)
            {
                if (e == 0 || events.Times[e] > events.Times[e - 1])
                {
                    row++;
                    sequence.GapHours[row] = events.Times[e] - previous;
                    previous = events.Times[e];
                }

                int at = (row * channels) + events.Channels[e];
                duplicates += sequence.Mask[at];
                sequence.Mask[at] = 1;
                sequence.Values[at] = events.Values[e];
            }
        }

        return sequence;
    }

    /// <summary>Turns rows back into a cohort.</summary>
    /// <param name="sequence">Rows; a first gap may be negative (before the anchor), later gaps are positive.</param>
    /// <param name="statics">One row a stay.</param>
    /// <param name="channels">Channel metadata, as many as the sequence has.</param>
    /// <param name="name">Name of the cohort.</param>
    /// <param name="outcomes">Static columns that are outcomes.</param>
    /// <exception cref="ArgumentException">A gap after the first row is not positive, so time would stand still or run back.</exception>
    public static Cohort Decode(EventSequence sequence, Table statics, IReadOnlyList<Channel> channels, string name, IReadOnlyList<string> outcomes)
    {
        CohortBuilder builder = new();
        for (int i = 0; i + 1 < sequence.Offsets.Length; i++)
        {
            double hours = 0;
            for (int row = sequence.Offsets[i]; row < sequence.Offsets[i + 1]; row++)
            {
                if (row > sequence.Offsets[i] && !(sequence.GapHours[row] > 0))
                    throw new ArgumentException($"Row {row - sequence.Offsets[i]} of stay {i} has a gap of {sequence.GapHours[row]} h; gaps after the first row are positive.", nameof(sequence));
                hours += sequence.GapHours[row];
                for (int c = 0; c < sequence.Channels; c++)
                {
                    int at = (row * sequence.Channels) + c;
                    if (sequence.Mask[at] != 0)
                        builder.Add(i, (float)hours, c, sequence.Values[at]);
                }
            }
        }

        return builder.Build(name, statics, channels, outcomes);
    }
}
