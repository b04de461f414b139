using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Lethe.Synthesis.Tabular.Ctgan;

/// <summary>
/// Settings of CTGAN. Immutable. "None" takes the published value from 2,000 rows up and the small-table value below:
/// with the published ones a table of 300 rows gets 300 generator steps in all, an order of magnitude too few.
/// </summary>
public sealed record CtganOptions
{
    /// <summary>Passes over the table; null: 300, or enough for 3,000 steps on small tables.</summary>
    [Description("Passes over the training rows; none takes 300, or on small tables enough for 3000 steps.")]
    [Range(1, 1_000_000)]
    public int? Epochs { get; init; }

    /// <summary>Rows per step; null: 500, or on small tables the largest even multiple of pac not above n/2.</summary>
    [Description("Rows per step, a multiple of pac; none takes 500, or about n/2 on small tables.")]
    [Range(2, 100_000)]
    public int? BatchSize { get; init; }

    /// <summary>Rows that the critic judges together (PacGAN); null: 10, or 5 below 500 rows.</summary>
    [Description("Rows that the critic judges together, against mode collapse; none takes 10, or 5 below 500 rows.")]
    [Range(1, 100)]
    public int? Pac { get; init; }

    /// <summary>Width of the noise z; null: 128, or 64 on small tables.</summary>
    [Description("Width of the noise vector; none takes 128, or 64 on small tables.")]
    [Range(1, 10_000)]
    public int? Noise { get; init; }

    /// <summary>Widths of the generator's residual blocks.</summary>
    [Description("Widths of the generator's residual blocks.")]
    [Range(1, 10_000)]
    public int[] Generator { get; init; } = [256, 256];

    /// <summary>Widths of the critic's layers.</summary>
    [Description("Widths of the critic's layers.")]
    [Range(1, 10_000)]
    public int[] Critic { get; init; } = [256, 256];

    /// <summary>Dropout of the critic; null: 0.5, or 0.25 on small tables.</summary>
    [Description("Dropout of the critic; none takes 0.5, or 0.25 on small tables.")]
    [Range(0, 0.9)]
    public double? Dropout { get; init; }

    /// <summary>Step size of both Adam optimisers.</summary>
    [Description("Step size of both optimisers.")]
    [Range(1e-7, 1)]
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>L2 penalty added to the gradients of both networks.</summary>
    [Description("L2 penalty of both networks.")]
    [Range(0, 1)]
    public double WeightDecay { get; init; } = 1e-6;

    /// <summary>Critic steps per generator step.</summary>
    [Description("Critic steps per generator step.")]
    [Range(1, 100)]
    public int CriticSteps { get; init; } = 1;

    /// <summary>Share of the training rows kept apart to choose the best step; null: 0, or 0.15 on small tables.</summary>
    [Description("Share of the training rows kept apart to choose the best step; none takes 0, or 0.15 on small tables.")]
    [Range(0, 0.5)]
    public double? HeldOutShare { get; init; }

    /// <summary>Steps between held-out scores.</summary>
    [Description("Steps between held-out scores and checkpoints.")]
    [Range(1, 1_000_000)]
    public int ScoreEvery { get; init; } = 250;
}
