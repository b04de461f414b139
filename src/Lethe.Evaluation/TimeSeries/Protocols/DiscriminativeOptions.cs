namespace Lethe.Evaluation.TimeSeries.Protocols;

/// <summary>Settings of <see cref="DiscriminativeScore"/>; the defaults are those of TimeGAN's public code.</summary>
public sealed record DiscriminativeOptions
{
    /// <summary>Width of the GRU; null for max(1, ⌊F/2⌋). With few features that is next to blind: <see cref="Wide"/> reads with 32.</summary>
    public int? Hidden { get; init; }

    /// <summary>Training steps.</summary>
    public int Iterations { get; init; } = 2000;

    /// <summary>Sequences of each side in a step; cut to what there is.</summary>
    public int BatchPerSide { get; init; } = 128;

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Share of each side that is trained on; the rest is tested on.</summary>
    public double TrainShare { get; init; } = 0.8;

    /// <summary>Runs of the whole procedure in <see cref="RepeatedSeriesScore"/>: 10 in TimeGAN and KoVAE, 5 in Diffusion-TS.</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>The second reading: 32 hidden units.</summary>
    public static DiscriminativeOptions Wide { get; } = new() { Hidden = 32 };
}
