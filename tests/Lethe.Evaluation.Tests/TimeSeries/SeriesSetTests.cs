using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Data.Simulation;
using Lethe.Evaluation.TimeSeries;
using Lethe.Numerics.Randomness;
using Xunit;

namespace Lethe.Evaluation.Tests.TimeSeries;

public sealed class SeriesSetTests
{
    [Fact]
    public void A_cohort_passes_the_grid_unchanged()
    {
        Cohort cohort = SinesSimulator.Simulate(7, new Seed(1), steps: 9, features: 3);
        SeriesSet set = SeriesSet.Of(cohort, GridCodec.Fit(cohort, new GridOptions { Steps = 9 }));
        Assert.Equal(SinesSimulator.Values(7, 9, 3, new Seed(1)), set.Values.ToArray());
        Assert.True(set.IsFull);
        Assert.Equal(-1, set.Mask.IndexOf((byte)0));
    }

    [Fact]
    public void Taking_repeats_and_reorders()
    {
        SeriesSet set = BenchmarkSets.Sines(5, 2, steps: 4, features: 2), taken = set.Take([3, 0, 3]);
        Assert.Equal(3, taken.Count);
        Assert.True(set.Sequence(3).SequenceEqual(taken.Sequence(0)));
        Assert.True(set.Sequence(0).SequenceEqual(taken.Sequence(1)));
        Assert.True(taken.Sequence(0).SequenceEqual(taken.Sequence(2)));
    }

    [Fact]
    public void The_scale_learns_observed_cells_only_and_keeps_padding_at_zero()
    {
        SeriesSet set = new([2, 100, 4, 0], [1, 0, 1, 0], [3], 4, ["x"]);
        SeriesScale scale = SeriesScale.Fit(set);
        Assert.Equal(2, scale.Minimum[0]);
        Assert.Equal(2, scale.Range[0]);
        float[] scaled = scale.Apply(set).Values.ToArray();
        Assert.Equal(0, scaled[0]);
        Assert.Equal(98 / (2 + 1e-7), scaled[1], 4);
        Assert.Equal(1, scaled[2], 1e-6);
        Assert.Equal(0, scaled[3]);
    }

    [Fact]
    public void Mask_features_tell_what_was_observed()
    {
        SeriesSet set = new SeriesSet([1, 2, 3, 4], [1, 0, 0, 1], [1], 2, ["a", "b"]).WithMaskFeatures();
        Assert.Equal(["a", "b", "a observed", "b observed"], set.Names);
        Assert.Equal([1, 2, 1, 0, 3, 4, 0, 1], set.Values.ToArray());
        Assert.Equal([1, 1, 1, 1, 0, 0, 0, 0], set.Mask.ToArray());
    }

    [Fact]
    public void Parts_that_contradict_each_other_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SeriesSet([1, 2], [1], [1], 2, ["x"]));
        Assert.Throws<ArgumentException>(() => new SeriesSet([1, 2], [1, 1], [3], 2, ["x"]));
        Assert.Throws<ArgumentException>(() => new SeriesSet([1, float.NaN], [1, 1], [2], 2, ["x"]));
    }
}
