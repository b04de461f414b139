using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Data.Tests.Cohorts;

namespace Lethe.Data.Tests.Codecs;

public sealed class GridCodecTests
{
    private static Cohort OneStay(params (float Time, int Channel, float Value)[] events)
    {
        CohortBuilder builder = new();
        foreach ((float t, int c, float v) in events)
            builder.Add(0, t, c, v);
        return builder.Build("c", CohortSamples.Statics(1), CohortSamples.Channels, ["died"]);
    }

    [Theory]
    [InlineData(Aggregation.Mean, 20)]
    [InlineData(Aggregation.Last, 30)]
    [InlineData(Aggregation.Min, 10)]
    [InlineData(Aggregation.Max, 30)]
    [InlineData(Aggregation.Sum, 60)]
    [InlineData(Aggregation.Median, 20)]
    public void Readings_of_one_bin_are_combined_as_asked(Aggregation how, float expected)
    {
        Cohort cohort = OneStay((0.1f, 0, 10), (0.5f, 0, 20), (0.9f, 0, 30));
        GridOptions options = new() { Steps = 2, Aggregations = new Dictionary<string, Aggregation> { ["heart_rate"] = how } };
        Grid grid = GridCodec.Fit(cohort, options).Encode(cohort);
        Assert.Equal(expected, grid.Values[grid.At(0, 0, 0)]);
        Assert.Equal(1, grid.Mask[grid.At(0, 0, 0)]);
        Assert.Equal(1, grid.Lengths[0]);
    }

    [Fact]
    public void Gaps_follow_the_recursion_of_Che_et_al()
    {
        Cohort cohort = OneStay((1.5f, 0, 100), (4.5f, 0, 60), (5.5f, 1, 1));
        Grid grid = GridCodec.Fit(cohort, new GridOptions { Steps = 6 }).Encode(cohort);
        float[] gaps = [.. Enumerable.Range(0, 6).Select(t => grid.GapHours[grid.At(0, t, 0)])];
        Assert.Equal([0f, 1f, 1f, 2f, 3f, 1f], gaps);
    }

    [Fact]
    public void Imputation_fills_as_stated_and_never_touches_the_mask()
    {
        Cohort cohort = OneStay((1.5f, 0, 100), (4.5f, 0, 60), (5.5f, 1, 1));
        float[] Row(Imputation how)
        {
            Grid g = GridCodec.Fit(cohort, new GridOptions { Steps = 6, Imputation = how, DecayHours = 2 }).Encode(cohort);
            Assert.Equal([0, 1, 0, 0, 1, 0], Enumerable.Range(0, 6).Select(t => (int)g.Mask[g.At(0, t, 0)]));
            return [.. Enumerable.Range(0, 6).Select(t => g.Values[g.At(0, t, 0)])];
        }

        Assert.Equal([80f, 100f, 100f, 100f, 60f, 60f], Row(Imputation.ForwardFill));
        Assert.Equal([80f, 100f, 80f, 80f, 60f, 80f], Row(Imputation.Mean));
        Assert.Equal([float.NaN, 100f, float.NaN, float.NaN, 60f, float.NaN], Row(Imputation.None));
        float[] decayed = Row(Imputation.CarryWithDecay);
        Assert.Equal(80 + (20 * Math.Exp(-0.5)), decayed[2], 4);
        Assert.Equal(80 + (20 * Math.Exp(-1)), decayed[3], 4);
    }

    [Fact]
    public void Decoding_gives_back_the_observed_cells_within_half_a_bin()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            Cohort cohort = CohortSamples.Random(seed);
            GridOptions options = new() { Steps = 48, BinHours = 1 };
            GridCodec codec = GridCodec.Fit(cohort, options);
            Grid grid = codec.Encode(cohort);
            Cohort back = codec.Decode(grid, cohort.Statics, "back", cohort.Outcomes);
            Assert.Equal(0, codec.CountOutside(cohort));
            Assert.Equal(grid.Mask.Sum(m => m), back.EventCount);
            foreach ((int stay, float time, int channel, float value) in CohortSamples.Events(back))
            {
                StayEvents original = cohort[stay];
                bool found = false;
                for (int e = 0; e < original.Count; e++)
                    found |= original.Channels[e] == channel && Math.Abs(original.Times[e] - time) <= 0.5001;
                Assert.True(found, $"seed {seed}: no original reading of channel {channel} near {time} h");
                Assert.True(float.IsFinite(value));
            }

            Grid again = GridCodec.Fit(cohort, options).Encode(back);
            for (int at = 0; at < grid.Mask.Length; at++)
            {
                Assert.Equal(grid.Mask[at], again.Mask[at]);
                if (grid.Mask[at] != 0)
                    Assert.Equal(grid.Values[at], again.Values[at]); // decode ∘ encode is the identity on grids
            }
        }
    }

    [Fact]
    public void Readings_outside_the_grid_are_counted()
    {
        Cohort cohort = OneStay((-0.5f, 0, 1), (1.5f, 0, 2), (50f, 0, 3));
        Assert.Equal(2, GridCodec.Fit(cohort, new GridOptions { Steps = 48 }).CountOutside(cohort));
    }
}
