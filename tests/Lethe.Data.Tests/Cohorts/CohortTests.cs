using Lethe.Data.Cohorts;

namespace Lethe.Data.Tests.Cohorts;

public sealed class CohortTests
{
    [Fact]
    public void Events_added_in_any_order_come_out_sorted_by_stay_time_channel_and_arrival()
    {
        CohortBuilder builder = new();
        builder.Add(1, 2f, 0, 80);
        builder.Add(0, 5f, 1, 1.1f);
        builder.Add(0, 1f, 1, 0.9f);
        builder.Add(0, 5f, 0, 70);
        builder.Add(0, 5f, 1, 1.3f); // a second reading at the same time stays after the first
        builder.Add(0, -0.5f, 0, 60);
        Cohort cohort = builder.Build("c", CohortSamples.Statics(3), CohortSamples.Channels, ["died"]);
        Assert.Equal(
            [(0, -0.5f, 0, 60f), (0, 1f, 1, 0.9f), (0, 5f, 0, 70f), (0, 5f, 1, 1.1f), (0, 5f, 1, 1.3f), (1, 2f, 0, 80f)],
            CohortSamples.Events(cohort));
        Assert.Equal(0, cohort[2].Count);
    }

    [Fact]
    public void Building_across_many_blocks_keeps_every_event()
    {
        const int Count = (1 << 20) + 12345;
        CohortBuilder builder = new();
        for (int e = 0; e < Count; e++)
            builder.Add(e % 7, (Count - e) / 64f, e % 4, e % 1000);
        Assert.Equal(Count, builder.EventCount);
        Cohort cohort = builder.Build("c", CohortSamples.Statics(7), CohortSamples.Channels, []);
        Assert.Equal(Count, cohort.EventCount);
        Assert.Equal(Enumerable.Range(0, Count).Sum(e => (double)(e % 1000)), cohort.Values.ToArray().Sum(v => (double)v));
        Assert.Equal(0, builder.EventCount);
    }

    [Fact]
    public void Taking_stays_takes_their_events_and_statics_together()
    {
        Cohort cohort = CohortSamples.Random(3);
        Cohort taken = cohort.Take([5, 2, 5]);
        Assert.Equal(3, taken.Count);
        Assert.Equal(cohort.Statics["age"].Format(5), taken.Statics["age"].Format(0));
        Assert.Equal(cohort[5].Values.ToArray(), taken[2].Values.ToArray());
        Assert.Equal(cohort[2].Times.ToArray(), taken[1].Times.ToArray());
    }

    [Theory]
    [InlineData("offsets")]
    [InlineData("unsorted")]
    [InlineData("channel")]
    [InlineData("nan")]
    [InlineData("outcome")]
    public void Parts_that_contradict_each_other_are_refused(string fault)
    {
        int[] offsets = [0, 2];
        float[] times = [1, 2], values = [3, 4];
        ushort[] channels = [0, 1];
        string[] outcomes = ["died"];
        switch (fault)
        {
            case "offsets": offsets = [0, 3]; break;
            case "unsorted": times = [2, 1]; break;
            case "channel": channels = [0, 9]; break;
            case "nan": values = [3, float.NaN]; break;
            default: outcomes = ["no_such_column"]; break;
        }

        ArgumentException e = Assert.Throws<ArgumentException>(() =>
            new Cohort("c", CohortSamples.Statics(1), CohortSamples.Channels, offsets, times, channels, values, outcomes));
        Assert.Contains("contradict", e.Message, StringComparison.Ordinal);
    }
}
