using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Lethe.Synthesis.Series.Halo;

/// <summary>Settings of HALO. Immutable. "None" takes the preset's value.</summary>
public sealed record HaloOptions
{
    /// <summary>Sizes that settings without a value take.</summary>
    [Description("Sizes: cpu for four cores, paper for the original's.")]
    public SeriesPreset Preset { get; init; } = SeriesPreset.Cpu;

    /// <summary>Width d of the visit level; null: 128 (cpu), 768 (paper). A multiple of the heads.</summary>
    [Description("Width of the visit level, a multiple of the heads; none takes the preset's.")]
    [Range(4, 4096)]
    public int? Width { get; init; }

    /// <summary>Transformer blocks; null: 4 (cpu), 12 (paper).</summary>
    [Description("Transformer blocks; none takes the preset's.")]
    [Range(1, 48)]
    public int? Blocks { get; init; }

    /// <summary>Attention heads; null: 4 (cpu), 12 (paper).</summary>
    [Description("Attention heads; none takes the preset's.")]
    [Range(1, 64)]
    public int? Heads { get; init; }

    /// <summary>Most bins of a channel's values; null: 100 (paper), or by the number of stays: 20 below 5,000, else 50 (cpu).</summary>
    [Description("Most value bins of a channel; none takes 100 (paper), or 20 below 5000 stays and 50 from there (cpu).")]
    [Range(2, 1000)]
    public int? Bins { get; init; }

    /// <summary>Width of a time bin in hours.</summary>
    [Description("Width of a time bin in hours.")]
    [Range(0.01, 1000)]
    public double BinHours { get; init; } = 1;

    /// <summary>Passes over the training stays; null: 50 (paper), 15 but at least 1,500 and at most 6,000 steps (cpu).</summary>
    [Description("Most passes over the training stays; none takes 50 (paper), or 15 but at least 1500 and at most 6000 steps (cpu).")]
    [Range(1, 100_000)]
    public int? Epochs { get; init; }

    /// <summary>Stays per step; null: 16 (cpu), 48 (paper). Small batches give more steps for the same arithmetic.</summary>
    [Description("Stays per step; none takes 16 (cpu) or 48 (paper).")]
    [Range(1, 100_000)]
    public int? BatchSize { get; init; }

    /// <summary>Step size of Adam; null: 1e-3 falling to a tenth (cpu), 1e-4 (paper).</summary>
    [Description("Step size; none takes 1e-3, falling to a tenth (cpu), or 1e-4 (paper).")]
    [Range(1e-7, 1)]
    public double? LearningRate { get; init; }

    /// <summary>Weight decay outside the moments; the original has none.</summary>
    [Description("Weight decay; the original has none.")]
    [Range(0, 10)]
    public double WeightDecay { get; init; }

    /// <summary>Dropout in the blocks and the code level; the original has none.</summary>
    [Description("Dropout; the original has none.")]
    [Range(0, 0.9)]
    public double Dropout { get; init; }

    /// <summary>Share of the training stays kept apart to choose the best step.</summary>
    [Description("Share of the training stays kept apart to choose the best step and to stop early.")]
    [Range(0, 0.5)]
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Passes without a better validation loss after which training stops.</summary>
    [Description("Passes without a better validation loss after which training stops.")]
    [Range(1, 1000)]
    public int Patience { get; init; } = 4;
}
