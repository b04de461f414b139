using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Problems;

namespace Lethe.Data.Cohorts.Definitions;

/// <summary>Cuts a cohort that was read whole to stays, window and channels of a definition, with every event accounted for.</summary>
internal static class EventWindow
{
    public static Cohort Apply(Cohort cohort, int[] stays, CohortDefinition definition, EventTally tally)
    {
        int[] channelOf = Channels(cohort.Channels, definition.Channels);
        Channel[] channels = [.. cohort.Channels.Where((_, c) => channelOf[c] >= 0)];
        if (stays.Length == cohort.Count && definition.Window is null && channels.Length == cohort.Channels.Count)
            return cohort;
        CohortBuilder builder = new();
        long[] outside = new long[cohort.Channels.Count], unwanted = new long[cohort.Channels.Count], kept = new long[cohort.Channels.Count], all = new long[cohort.Channels.Count];
        foreach (ushort c in cohort.ChannelOfEvent)
            all[c]++;
        for (int i = 0; i < stays.Length; i++)
        {
            StayEvents s = cohort[stays[i]];
            for (int e = 0; e < s.Count; e++)
            {
                int c = s.Channels[e];
                if (channelOf[c] < 0)
                {
                    unwanted[c]++;
                }
                else if (definition.Window is { } window && !window.Contains(s.Times[e]))
                {
                    outside[c]++;
                }
                else
                {
                    builder.Add(i, s.Times[e], channelOf[c], s.Values[e]);
                    kept[c]++;
                }
            }
        }

        for (int c = 0; c < all.Length; c++)
        {
            string name = cohort.Channels[c].Name;
            tally.Withdraw(EventReasons.StayLeftOut, name, all[c] - outside[c] - unwanted[c] - kept[c]);
            tally.Withdraw(EventReasons.OutsideWindow, name, outside[c]);
            tally.Withdraw(EventReasons.ChannelLeftOut, name, unwanted[c]);
        }

        return builder.Build(cohort.Name, cohort.Statics.Take(stays), channels, cohort.Outcomes);
    }

    /// <summary>The channels of a definition among those there are, in the source's order.</summary>
    /// <exception cref="DataException">LC041: a channel is not there; the message names the nearest.</exception>
    public static IReadOnlyList<Channel> Choose(IReadOnlyList<Channel> there, IReadOnlyList<string>? wanted)
    {
        if (wanted is null)
            return there;
        DataProblem[] unknown = [.. wanted.Where(w => there.All(c => c.Name != w)).Select(w => new DataProblem
        {
            Code = "LC041",
            Message = $"the source has no channel '{w}'",
            Remedy = Spelling.DidYouMean(w, there.Select(c => c.Name)) is { Length: > 0 } near ? near.Trim() : $"Its channels are: {string.Join(", ", there.Select(c => c.Name))}.",
        })];
        return unknown.Length > 0 ? throw new DataException(unknown) : [.. there.Where(c => wanted.Contains(c.Name))];
    }

    private static int[] Channels(IReadOnlyList<Channel> there, IReadOnlyList<string>? wanted)
    {
        List<Channel> chosen = [.. Choose(there, wanted)];
        return [.. there.Select(c => chosen.IndexOf(c))];
    }
}
