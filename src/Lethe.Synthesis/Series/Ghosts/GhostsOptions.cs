using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>Settings of the GHOSTS-style generator. Immutable. "None" takes the preset's value.</summary>
public sealed record GhostsOptions
{
    /// <summary>Sizes and length of training.</summary>
    [Description("Sizes and length of training: cpu, or paper for those of DoppelGANger.")]
    public SeriesPreset Preset { get; init; } = SeriesPreset.Cpu;

    /// <summary>Generator steps; null: the preset's.</summary>
    [Description("Training steps; none takes the preset's (cpu 3000, paper 400 passes over the stays), with a cap for few stays.")]
    [Range(1, 100_000_000)]
    public int? Steps { get; init; }

    /// <summary>Stays per step.</summary>
    [Description("Stays per training step; fewer stays make smaller batches.")]
    [Range(2, 100_000)]
    public int BatchSize { get; init; } = 100;

    /// <summary>Hours of a time bin; null: the preset's.</summary>
    [Description("Hours that times are told by; none takes 1 (cpu) or 0.5 (paper), doubled until nearly all stays have at most 128 rows.")]
    [Range(1e-3, 1e5)]
    public double? BinHours { get; init; }

    /// <summary>Rows that the generator gives per LSTM step (S); null: about rows/60 (cpu) or rows/50 (paper).</summary>
    [Description("Rows per LSTM step; none takes enough for 60 (cpu) or 50 (paper) LSTM steps.")]
    [Range(1, 128)]
    public int? Block { get; init; }

    /// <summary>Width of the noise of the attribute networks and of every LSTM step.</summary>
    [Description("Width of the noise of the attribute networks and of every LSTM step.")]
    [Range(1, 1000)]
    public int Noise { get; init; } = 5;

    /// <summary>Width of the two hidden layers of the attribute networks.</summary>
    [Description("Width of the two hidden layers of the attribute networks.")]
    [Range(1, 10_000)]
    public int AttributeHidden { get; init; } = 100;

    /// <summary>Width of the LSTM.</summary>
    [Description("Width of the LSTM.")]
    [Range(1, 10_000)]
    public int LstmHidden { get; init; } = 100;

    /// <summary>Width of the four hidden layers of the critics.</summary>
    [Description("Width of the four hidden layers of both critics.")]
    [Range(1, 10_000)]
    public int CriticHidden { get; init; } = 200;

    /// <summary>Step size of all three optimisers.</summary>
    [Description("Step size of all three optimisers.")]
    [Range(1e-7, 1)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Critic steps per generator step.</summary>
    [Description("Critic steps per generator step.")]
    [Range(1, 100)]
    public int CriticSteps { get; init; } = 1;

    /// <summary>Weight of the regularisers, each divided by its value at the first step; 0 leaves them out.</summary>
    [Description("Weight of the regularisers, each divided by its value at the first step; 0 leaves them out.")]
    [Range(0, 1000)]
    public double Regularisers { get; init; } = 1;

    /// <summary>What is done to generated stays.</summary>
    [Description("What is done to generated stays: marginal-map matches level and spread of every channel per stay, none nothing.")]
    public GhostsPostProcessing PostProcessing { get; init; } = GhostsPostProcessing.MarginalMap;
}
