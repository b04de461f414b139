using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.Controls;
using Lethe.Synthesis.Tests.Series.Contracts;

namespace Lethe.Synthesis.Tests.Series.Controls;

/// <summary>Controls that copy must copy: an attack that is tried against them needs to know what they release.</summary>
public sealed class CopyingControlTests
{
    [Fact]
    public void Every_stay_of_the_copy_is_a_training_stay_under_a_fresh_name()
    {
        Cohort train = ContractCohorts.Mixed();
        FittedCohortSynthesizer model = (FittedCohortSynthesizer)new CopySeries().Fit(train, new FitContext { Seed = new Seed(1) });
        Cohort copy = model.SampleCohort(50, new Seed(2));
        HashSet<string> real = [.. Enumerable.Range(0, train.Count).Select(i => Course(train, i, 0, 1000) + Statics(train, i))];
        Assert.All(Enumerable.Range(0, 50), i => Assert.Contains(Course(copy, i, 0, 1000) + Statics(copy, i), real));
        Assert.All(Enumerable.Range(0, 50), i => Assert.StartsWith("synthetic", copy.Statics[Cohort.StayIdColumn].Format(i)));
        Assert.False(model.CanSave);
    }

    [Fact]
    public void Every_block_of_the_bootstrap_is_that_of_a_training_stay_with_the_same_outcome()
    {
        Cohort train = ContractCohorts.Mixed();
        FittedCohortSynthesizer model = (FittedCohortSynthesizer)new BlockBootstrap(new BlockBootstrapOptions { BlockHours = 2 }).Fit(train, new FitContext { Seed = new Seed(1) });
        Cohort joined = model.SampleCohort(50, new Seed(2));
        HashSet<string> blocks = [.. Enumerable.Range(0, train.Count).SelectMany(i => Enumerable.Range(0, 6).Select(b => train.Statics["died"].Format(i) + Course(train, i, 2 * b, (2 * b) + 2)))];
        HashSet<string> whole = [.. Enumerable.Range(0, train.Count).Select(i => Course(train, i, 0, 1000))];
        int copies = 0;
        for (int i = 0; i < 50; i++)
        {
            for (int b = 0; b < 6; b++)
                Assert.Contains(joined.Statics["died"].Format(i) + Course(joined, i, 2 * b, (2 * b) + 2), blocks);
            copies += whole.Contains(Course(joined, i, 0, 1000)) ? 1 : 0;
        }

        Assert.InRange(copies, 0, 5); // whole stays only by accident: at least two blocks, among 20 donors or more
        Assert.False(model.CanSave);
    }

    private static string Course(Cohort cohort, int stay, float from, float to)
    {
        StayEvents events = cohort[stay];
        System.Text.StringBuilder text = new();
        for (int e = 0; e < events.Count; e++)
        {
            if (events.Times[e] >= from && events.Times[e] < to)
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{events.Times[e]:R} {events.Channels[e]} {events.Values[e]:R};");
        }

        return text.ToString();
    }

    private static string Statics(Cohort cohort, int stay) =>
        string.Join(" ", cohort.Statics.Columns.Where(c => c.Schema.IsModelled).Select(c => c.Format(stay)));
}
