namespace Lethe.Synthesis.Series.DiffusionTs;

/// <summary>The options with every "none" resolved for a data set.</summary>
/// <param name="Steps">Training steps at most.</param>
/// <param name="Batch">Stays per batch.</param>
/// <param name="Accumulation">Batches per step.</param>
/// <param name="Width">d.</param>
/// <param name="EncoderLayers">Blocks of the encoder.</param>
/// <param name="DecoderLayers">Blocks of the decoder.</param>
/// <param name="DiffusionSteps">S.</param>
/// <param name="SamplingSteps">Reverse steps.</param>
/// <param name="Eta">Fresh noise.</param>
/// <param name="RatePatience">Steps without a better loss before the rate is halved; null: it falls as a cosine to the last step.</param>
/// <param name="Preconditioned">See <see cref="SeriesPredictor"/>.</param>
/// <param name="AverageDecay">Decay of the weights' moving average, which is brought up to date every ten steps.</param>
/// <param name="ValidationShare">Share of stays kept apart.</param>
/// <param name="Capped">True when the steps were cut for a small cohort.</param>
internal sealed record DiffusionTsSettings(
    int Steps, int Batch, int Accumulation, int Width, int EncoderLayers, int DecoderLayers, int DiffusionSteps, int SamplingSteps, double Eta, int? RatePatience, bool Preconditioned, double AverageDecay, double ValidationShare, bool Capped)
{
    /// <summary>Below this many stays a network repeats its training stays when it passes over them too often.</summary>
    public const int SmallBelow = 1000;

    /// <summary>Passes over a small cohort at most.</summary>
    public const int MostPasses = 200;

    /// <summary>Resolves the options.</summary>
    /// <param name="options">As given.</param>
    /// <param name="stays">Training stays.</param>
    /// <param name="features">Columns of a step.</param>
    public static DiffusionTsSettings Resolve(DiffusionTsOptions options, int stays, int features)
    {
        DiffusionTsSettings preset = options.Preset == SeriesPreset.Paper ? Published(features) : ForProcessor(features);
        int batch = Math.Min(options.BatchSize ?? preset.Batch, Math.Max(1, stays)), accumulation = options.Accumulation ?? preset.Accumulation;
        int most = stays >= SmallBelow ? int.MaxValue : Math.Max(1, (int)((long)MostPasses * stays / (batch * accumulation)));
        int chain = options.DiffusionSteps ?? preset.DiffusionSteps;
        return preset with
        {
            Steps = options.Steps ?? Math.Min(preset.Steps, most),
            Batch = batch,
            Accumulation = accumulation,
            Width = options.Width ?? preset.Width,
            EncoderLayers = options.EncoderLayers ?? preset.EncoderLayers,
            DecoderLayers = options.DecoderLayers ?? preset.DecoderLayers,
            DiffusionSteps = chain,
            SamplingSteps = Math.Min(chain, options.SamplingSteps ?? preset.SamplingSteps),
            Eta = options.Eta ?? preset.Eta,
            RatePatience = options.RatePatience ?? preset.RatePatience,
            Preconditioned = options.Preconditioned ?? preset.Preconditioned,
            ValidationShare = options.ValidationShare ?? preset.ValidationShare,
            Capped = options.Steps is null && most < preset.Steps,
        };
    }

    // The published configurations for Sines (5 features), Stocks (6), ETTh (7) and Energy (28).
    private static DiffusionTsSettings Published(int features) => features switch
    {
        <= 5 => new(12_000, 128, 2, 64, 1, 2, 500, 500, 1, 3000, false, 0.995, 0, false),
        6 => new(10_000, 64, 2, 64, 2, 2, 500, 500, 1, 2000, false, 0.995, 0, false),
        < 24 => new(18_000, 128, 2, 64, 3, 2, 500, 500, 1, 4000, false, 0.995, 0, false),
        _ => new(25_000, 64, 2, 96, 4, 3, 1000, 1000, 1, 5000, false, 0.995, 0, false),
    };

    // Preconditioned, 3,000 steps reach a discriminative score of 0.03 on Stocks; as published, 8,000 reach 0.14, for their samples are half as rough as real
    // windows. The published average remembers 2,000 steps: too long for 5,000. A chain of 500 ends at a noise of 0.009, of 2,000 at 0.0045, which costs nothing.
    private static DiffusionTsSettings ForProcessor(int features) => features switch
    {
        < 24 => new(5000, 64, 1, 64, 1, 2, 2000, 24, 0, null, true, 0.98, 0.1, false),
        _ => new(3000, 64, 1, 64, 2, 2, 2000, 24, 0, null, true, 0.98, 0.1, false),
    };
}
