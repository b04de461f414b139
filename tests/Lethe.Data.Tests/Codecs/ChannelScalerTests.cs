using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Data.Tests.Cohorts;

namespace Lethe.Data.Tests.Codecs;

public sealed class ChannelScalerTests
{
    [Theory]
    [InlineData(Scaling.Standard)]
    [InlineData(Scaling.MinMax)]
    [InlineData(Scaling.Robust)]
    public void Affine_scales_invert_exactly_up_to_single_precision(Scaling kind)
    {
        Cohort cohort = CohortSamples.Random(11, stays: 60);
        ChannelScaler scaler = ChannelScaler.Fit(cohort, kind);
        for (int e = 0; e < cohort.EventCount; e++)
        {
            int c = cohort.ChannelOfEvent[e];
            float v = cohort.Values[e];
            Assert.Equal(v, scaler.Unscale(c, scaler.Scale(c, v)), 1e-5 * Math.Max(1, Math.Abs(v)));
        }
    }

    [Fact]
    public void Scales_have_the_moments_they_promise()
    {
        double[] readings = [1, 2, 3, 4, 10];
        ChannelScaler standard = ChannelScaler.Fit([readings], Scaling.Standard);
        double[] z = [.. readings.Select(x => (double)standard.Scale(0, (float)x))];
        Assert.Equal(0, z.Average(), 6);
        Assert.Equal(1, z.Average(x => x * x), 5);
        ChannelScaler minMax = ChannelScaler.Fit([readings], Scaling.MinMax);
        Assert.Equal(0, minMax.Scale(0, 1));
        Assert.Equal(1, minMax.Scale(0, 10));
        Assert.Equal(10, minMax.Unscale(0, 1.7f)); // beyond the training range inverts to the range
        ChannelScaler robust = ChannelScaler.Fit([readings], Scaling.Robust);
        Assert.Equal(0, robust.Scale(0, 3));
        Assert.Equal(0.5, robust.Scale(0, 4), 6); // IQR = 4 − 2
    }

    [Fact]
    public void The_quantile_scale_is_normal_monotone_and_inverts_to_the_training_range()
    {
        double[] readings = [.. Enumerable.Range(0, 3000).Select(i => Math.Exp(i / 500.0))];
        ChannelScaler scaler = ChannelScaler.Fit([readings], Scaling.Quantile);
        double[] z = [.. readings.Select(x => (double)scaler.Scale(0, (float)x))];
        Assert.Equal(0, z[1500], 0.02);
        Assert.Equal(1, Math.Sqrt(z.Skip(3).SkipLast(3).Average(x => x * x)), 0.02);
        for (int i = 1; i < z.Length; i++)
            Assert.True(z[i] >= z[i - 1]);
        for (int i = 50; i < 2950; i += 50)
            Assert.Equal(readings[i], scaler.Unscale(0, (float)z[i]), readings[i] * 1e-3);
        Assert.Equal(readings[^1], scaler.Unscale(0, 9), 0.01);
        Assert.True(float.IsFinite(scaler.Scale(0, 1e9f)));
    }

    [Theory]
    [InlineData(Scaling.Standard)]
    [InlineData(Scaling.MinMax)]
    [InlineData(Scaling.Robust)]
    [InlineData(Scaling.Quantile)]
    public void Constant_and_unobserved_channels_scale_to_zero_and_come_back(Scaling kind)
    {
        ChannelScaler scaler = ChannelScaler.Fit([[5, 5, 5], []], kind);
        Assert.Equal(0, scaler.Scale(0, 5));
        Assert.Equal(5, scaler.Unscale(0, 0.3f));
        Assert.Equal(0, scaler.Scale(1, 3));
    }
}
