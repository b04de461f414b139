using Lethe.Synthesis.Series;
using Lethe.Synthesis.Series.Rcgan;

namespace Lethe.Synthesis.Tests.Series.Rcgan;

public sealed class RcganSettingsTests
{
    /// <summary>Complete series without statics, and everything under the paper preset, train as published, but for the noise that a series keeps under cpu: no noise on the input, no wrong labels, batches of 28.</summary>
    [Theory]
    [InlineData(SeriesPreset.Cpu, false, 5, 1)]
    [InlineData(SeriesPreset.Paper, false, 5, 1)]
    [InlineData(SeriesPreset.Paper, true, 1, 3)]
    public void Published_values(SeriesPreset preset, bool stays, int discriminator, int generator)
    {
        RcganSettings settings = RcganSettings.Resolve(new RcganOptions { Preset = preset }, 5000, stays);
        Assert.Equal((false, 28, preset == SeriesPreset.Cpu ? 10 : 0, 0.0, 0.0, 0.1), (settings.Stabilised, settings.Batch, settings.StayNoise, settings.InputNoise, settings.WrongLabels, settings.DiscriminatorRate));
        Assert.Equal((discriminator, generator), (settings.DiscriminatorRounds, settings.GeneratorRounds));
    }

    [Fact]
    public void Few_stays_are_passed_at_most_200_times()
    {
        RcganSettings settings = RcganSettings.Resolve(new RcganOptions(), 100, stays: true);
        Assert.True(settings.Stabilised && settings.Capped);
        Assert.Equal(200 * 100 / 64, settings.Steps);
    }
}
