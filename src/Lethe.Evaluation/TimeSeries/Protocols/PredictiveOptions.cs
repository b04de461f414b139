namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>Which features <see cref="PredictiveScore"/> predicts. Figures of the two variants must not be compared.</summary>
public enum PredictiveTarget
{
    /// <summary>Features 1 … F − 1 predict the last feature one step ahead (TimeGAN, KoVAE, Diffusion-TS).</summary>
    LastFeature,

    /// <summary>All features predict all features one step ahead (GT-GAN, TimeDiff).</summary>
    AllFeatures,
}

/// <summary>Settings of <see cref="PredictiveScore"/>; the defaults are those of TimeGAN's public code.</summary>
public sealed record PredictiveOptions
{
    /// <summary>The variant.</summary>
    public PredictiveTarget Target { get; init; }

    /// <summary>Width of the GRU; null for max(1, ⌊F/2⌋).</summary>
    public int? Hidden { get; init; }

    /// <summary>Training steps.</summary>
    public int Iterations { get; init; } = 5000;

    /// <summary>Sequences in a step; cut to what there is.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Runs of the whole procedure in <see cref="RepeatedSeriesScore"/>: 10 in TimeGAN and KoVAE, 5 in Diffusion-TS.</summary>
    public int Repeats { get; init; } = 5;
}
