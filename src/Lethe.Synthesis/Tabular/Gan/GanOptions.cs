using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Lethe.Synthesis.Tabular.Gan;

/// <summary>Settings of the plain GAN. Immutable; the defaults are those of the table networks of the literature with the usual repairs.</summary>
public sealed record GanOptions
{
    /// <summary>Training steps, one discriminator and one generator update each.</summary>
    [Description("Training steps, each one discriminator and one generator update; fewer underfit, more memorise.")]
    [Range(1, 1_000_000)]
    public int Steps { get; init; } = 5000;

    /// <summary>Rows per step; null: min(64, n/4).</summary>
    [Description("Rows per step; none takes min(64, n/4).")]
    [Range(2, 100_000)]
    public int? BatchSize { get; init; }

    /// <summary>Width of the noise z.</summary>
    [Description("Width of the noise vector; rarely worth changing.")]
    [Range(1, 10_000)]
    public int Noise { get; init; } = 100;

    /// <summary>Widths of the generator's hidden layers.</summary>
    [Description("Widths of the generator's hidden layers.")]
    [Range(1, 10_000)]
    public int[] Generator { get; init; } = [128, 256];

    /// <summary>Widths of the discriminator's hidden layers.</summary>
    [Description("Widths of the discriminator's hidden layers.")]
    [Range(1, 10_000)]
    public int[] Discriminator { get; init; } = [256, 128];

    /// <summary>Dropout of the discriminator.</summary>
    [Description("Dropout of the discriminator; raise it when the discriminator wins too early.")]
    [Range(0, 0.9)]
    public double Dropout { get; init; } = 0.3;

    /// <summary>Step size of both Adam optimisers.</summary>
    [Description("Step size of both optimisers.")]
    [Range(1e-7, 1)]
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>Target of real rows for the discriminator: 0.9 is one-sided label smoothing (Salimans et al. 2016).</summary>
    [Description("Target of real rows for the discriminator; below 1 is one-sided label smoothing.")]
    [Range(0.5, 1)]
    public double RealLabel { get; init; } = 0.9;

    /// <summary>Share of the training rows kept apart to choose the best step.</summary>
    [Description("Share of the training rows kept apart to choose the best step; 0 keeps the last step.")]
    [Range(0, 0.5)]
    public double HeldOutShare { get; init; } = 0.15;

    /// <summary>Steps between held-out scores.</summary>
    [Description("Steps between held-out scores and checkpoints.")]
    [Range(1, 1_000_000)]
    public int ScoreEvery { get; init; } = 250;
}
