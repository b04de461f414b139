using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.Ghosts;
using Lethe.Synthesis.Tests.Series.Contracts;

namespace Lethe.Synthesis.Tests.Series.Ghosts;

public sealed class GhostsEncoderTests
{
    /// <summary>Decoding what was encoded gives the readings back: at the middle of their bin, the last of a bin, within the scale's ends.</summary>
    [Fact]
    public void Decoding_gives_the_encoded_stays_back()
    {
        Cohort train = ContractCohorts.Mixed();
        GhostsEncoder encoder = Fit(train, out GhostsData data);
        Cohort back = encoder.Decode(data, train.Statics, null);
        Assert.Equal(train.Count, back.Count);
        int compared = 0;
        for (int i = 0; i < train.Count; i++)
        {
            Dictionary<(float, ushort), float> expected = [];
            StayEvents events = train[i], decoded = back[i];
            for (int e = 0; e < events.Count; e++)
                expected[(MathF.Floor(events.Times[e] / 0.5f) * 0.5f + 0.25f, events.Channels[e])] = events.Values[e];
            Assert.Equal(expected.Count, decoded.Count);
            for (int e = 0; e < decoded.Count; e++)
            {
                float was = expected[(decoded.Times[e], decoded.Channels[e])];
                Assert.InRange(Math.Abs(decoded.Values[e] - was), 0, decoded.Channels[e] == 0 ? 12 : 1.2);
                compared += decoded.Values[e] == was ? 1 : 0;
            }
        }

        Assert.InRange(compared, 0.9 * back.EventCount, back.EventCount);
    }

    [Fact]
    public void Steps_beyond_the_end_hold_nothing_and_ranges_are_those_of_observed_readings()
    {
        Fit(ContractCohorts.Mixed(), out GhostsData data);
        GhostsLayout layout = data.Layout;
        for (int i = 0; i < data.Count; i++)
        {
            for (int t = data.Lengths[i]; t < layout.Steps; t++)
                Assert.All(data.Step(i, t)[..layout.FirstFlag].ToArray(), v => Assert.Equal(0, v));
            for (int j = 0; j < layout.Numbers; j++)
            {
                float[] courses = [.. Enumerable.Range(0, data.Lengths[i]).Where(t => data.Observed(i, t, j)).Select(t => data.Step(i, t)[1 + j])];
                float half = data.Attributes(i)[layout.Statics + layout.Numbers + j];
                Assert.Equal(courses.Length == 0 ? 1 : 0, data.Attributes(i)[layout.Statics + (2 * layout.Numbers) + j]);
                Assert.Equal(courses.Length == 0, half == 0);
                Assert.All(courses, u => Assert.InRange(u, 0, 1));
                if (courses.Length > 0 && half > 0.01f)
                    Assert.True(courses.Min() < 0.01f && courses.Max() > 0.99f, "the course does not fill its range");
            }
        }
    }

    [Fact]
    public void Gaps_are_read_back_to_the_bin()
    {
        GapScale gaps = GapScale.Fit([0.25f, 0.5f, 0.5f, 1, 2.5f, 7], 0.5, 100);
        Assert.Equal(0, gaps.Next(-1, gaps.Scale(0.25)));
        Assert.Equal(7, gaps.Next(-1, gaps.Scale(3.75)));
        for (int bins = 1; bins < 14; bins++)
            Assert.Equal(20 + bins, gaps.Next(20, gaps.Scale(bins * 0.5)));
        Assert.Equal(21, gaps.Next(20, 0));
    }

    internal static GhostsEncoder Fit(Cohort train, out GhostsData data)
    {
        GhostsSettings settings = GhostsSettings.Resolve(new GhostsOptions { BinHours = 0.5, Block = 4 }, train.Count, _ => 0.5);
        GhostsEncoder encoder = GhostsEncoder.Fit(train, settings, default);
        data = encoder.Encode(train, new Seed(4));
        return encoder;
    }
}
