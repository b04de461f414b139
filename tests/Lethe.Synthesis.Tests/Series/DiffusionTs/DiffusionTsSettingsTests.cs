using Lethe.Synthesis.Series;
using Lethe.Synthesis.Series.DiffusionTs;

namespace Lethe.Synthesis.Tests.Series.DiffusionTs;

public sealed class DiffusionTsSettingsTests
{
    /// <summary>Rows of the published table: train steps, batch, width, encoder and decoder blocks, steps of the chain, patience of the rate.</summary>
    [Theory]
    [InlineData(5, 12_000, 128, 64, 1, 2, 500, 3000)]
    [InlineData(6, 10_000, 64, 64, 2, 2, 500, 2000)]
    [InlineData(7, 18_000, 128, 64, 3, 2, 500, 4000)]
    [InlineData(28, 25_000, 64, 96, 4, 3, 1000, 5000)]
    public void The_paper_preset_is_the_published_table(int features, int steps, int batch, int width, int encoder, int decoder, int chain, int patience)
    {
        DiffusionTsSettings settings = DiffusionTsSettings.Resolve(new DiffusionTsOptions { Preset = SeriesPreset.Paper }, 10_000, features);
        Assert.Equal((steps, batch, 2, width, encoder, decoder), (settings.Steps, settings.Batch, settings.Accumulation, settings.Width, settings.EncoderLayers, settings.DecoderLayers));
        Assert.Equal((chain, chain, 1.0, (int?)patience, 0.0, false), (settings.DiffusionSteps, settings.SamplingSteps, settings.Eta, settings.RatePatience, settings.ValidationShare, settings.Capped));
        Assert.False(settings.Preconditioned);
    }

    [Fact]
    public void Few_stays_are_passed_over_two_hundred_times_at_most()
    {
        DiffusionTsSettings few = DiffusionTsSettings.Resolve(new DiffusionTsOptions(), 320, 10), many = DiffusionTsSettings.Resolve(new DiffusionTsOptions(), 1000, 10), told = DiffusionTsSettings.Resolve(new DiffusionTsOptions { Steps = 7000 }, 320, 10);
        Assert.Equal((200 * 320 / few.Batch, true), (few.Steps, few.Capped));
        Assert.Equal((5000, false), (many.Steps, many.Capped));
        Assert.Equal((7000, false), (told.Steps, told.Capped));
        Assert.Equal(3, DiffusionTsSettings.Resolve(new DiffusionTsOptions(), 3, 10).Batch);
    }
}
