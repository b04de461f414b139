namespace Lethe.Numerics.Optimisers;

/// <summary>Settings of <see cref="Adam"/>. AdamW is <see cref="DecoupledDecay"/> above 0.</summary>
public sealed record AdamOptions
{
    /// <summary>Step size. GANs on tables use 2e-4. Default: 1e-3.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Decay of the first moment; GANs use 0.5, WGAN-GP 0. Default: 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment; WGAN-GP uses 0.9. Default: 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment. Default: 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>L2 penalty added to the gradient (CTGAN: 1e-6). Default: 0.</summary>
    public double L2 { get; init; }

    /// <summary>Weight decay outside the moments, times the learning rate (Loshchilov and Hutter 2019). Default: 0.</summary>
    public double DecoupledDecay { get; init; }
}
