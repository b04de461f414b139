namespace Lethe.Data.Cohorts.Reading;

/// <summary>Notes readings that share stay, time and channel with an earlier one: kept, because which is right is not for the reader to say.</summary>
internal static class DuplicateNotes
{
    public static void Add(Cohort cohort, EventTally tally, string file)
    {
        for (int i = 0; i < cohort.Count; i++)
        {
            StayEvents s = cohort[i];
            for (int e = 1; e < s.Count; e++)
            {
                if (s.Times[e] == s.Times[e - 1] && s.Channels[e] == s.Channels[e - 1])
                    tally.Note("same stay, time and variable as another reading, kept", cohort.Channels[s.Channels[e]].Name, file, 0);
            }
        }
    }
}
