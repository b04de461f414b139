using System.Diagnostics.CodeAnalysis;
using Lethe.Data.Tables;

namespace Lethe.Data.Cohorts;

/// <summary>All mistakes in assembling a cohort, one message each.</summary>
internal static class CohortThrow
{
    public static void IfPartsContradict(
        Table statics,
        IReadOnlyList<Channel> channels,
        int[] offsets,
        float[] times,
        ushort[] channelOfEvent,
        float[] values,
        IReadOnlyList<string> outcomes)
    {
        if (!statics.Schema.TryGet(Cohort.StayIdColumn, out _))
            Fail($"the static table has no column '{Cohort.StayIdColumn}'");
        foreach (string outcome in outcomes)
        {
            if (!statics.Schema.TryGet(outcome, out _))
                Fail($"the outcome '{outcome}' is no column of the static table");
        }

        if (channels.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count() != channels.Count)
            Fail("two channels have one name");
        if (channels.Count > ushort.MaxValue)
            Fail($"there are {channels.Count} channels; at most {ushort.MaxValue} are possible");
        if (offsets.Length != statics.RowCount + 1)
            Fail($"there are {offsets.Length} offsets for {statics.RowCount} stays; one more than stays is expected");
        if (times.Length != values.Length || times.Length != channelOfEvent.Length || offsets[0] != 0 || offsets[^1] != times.Length)
            Fail($"{times.Length} times, {channelOfEvent.Length} channels, {values.Length} values and a last offset of {offsets[^1]} do not belong together");
        IfEventsAreOutOfOrder(channels, offsets, times, channelOfEvent, values);
    }

    private static void IfEventsAreOutOfOrder(IReadOnlyList<Channel> channels, int[] offsets, float[] times, ushort[] channelOfEvent, float[] values)
    {
        for (int stay = 0; stay + 1 < offsets.Length; stay++)
        {
            if (offsets[stay + 1] < offsets[stay])
                Fail($"the offsets decrease at stay {stay}");
            for (int e = offsets[stay]; e < offsets[stay + 1]; e++)
            {
                if (!float.IsFinite(times[e]) || !float.IsFinite(values[e]))
                    Fail($"event {e} of stay {stay} has a time or value that is not finite");
                if (channelOfEvent[e] >= channels.Count)
                    Fail($"event {e} of stay {stay} has channel {channelOfEvent[e]} of {channels.Count}");
                if (e > offsets[stay] && times[e] < times[e - 1])
                    Fail($"the events of stay {stay} are not sorted by time");
            }
        }
    }

    [DoesNotReturn]
    private static void Fail(string what) =>
        throw new ArgumentException($"The parts of the cohort contradict each other: {what}. Use CohortBuilder to assemble a cohort.");
}
