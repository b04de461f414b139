using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Lethe.Synthesis.Series.Encoding;

namespace Lethe.Synthesis.Series.DiffusionTs;

/// <summary>Settings of Diffusion-TS. Immutable. "None" takes the preset's value, which the fit's notices tell.</summary>
public sealed record DiffusionTsOptions
{
    /// <summary>Sizes and lengths of the published configurations, or the same method sized for a processor.</summary>
    [Description("Sizes and steps: cpu (minutes on four cores) or paper (the published configuration nearest in width).")]
    public SeriesPreset Preset { get; init; } = SeriesPreset.Cpu;

    /// <summary>Training steps; null: the preset's, at most 200 passes over fewer than 1,000 stays.</summary>
    [Description("Training steps; none takes the preset's, and at most 200 passes below 1000 stays.")]
    [Range(1, 10_000_000)]
    public int? Steps { get; init; }

    /// <summary>Stays per batch.</summary>
    [Description("Stays per batch; none takes the preset's.")]
    [Range(1, 100_000)]
    public int? BatchSize { get; init; }

    /// <summary>Batches whose gradients are averaged for one step.</summary>
    [Description("Batches whose gradients are averaged for one step; none takes the preset's.")]
    [Range(1, 1000)]
    public int? Accumulation { get; init; }

    /// <summary>Width d of the network; even, a multiple of the heads.</summary>
    [Description("Width of the network, even and a multiple of the heads; none takes the preset's.")]
    [Range(2, 4096)]
    public int? Width { get; init; }

    /// <summary>Blocks of the encoder.</summary>
    [Description("Blocks of the encoder; none takes the preset's.")]
    [Range(1, 100)]
    public int? EncoderLayers { get; init; }

    /// <summary>Blocks of the decoder.</summary>
    [Description("Blocks of the decoder; none takes the preset's.")]
    [Range(1, 100)]
    public int? DecoderLayers { get; init; }

    /// <summary>Attention heads.</summary>
    [Description("Attention heads.")]
    [Range(1, 64)]
    public int Heads { get; init; } = 4;

    /// <summary>Dropout; 0 in the published configurations.</summary>
    [Description("Dropout of attention weights and branches in training.")]
    [Range(0, 0.9)]
    public double Dropout { get; init; }

    /// <summary>Steps S of the noising chain.</summary>
    [Description("Steps of the noising chain; none takes the preset's.")]
    [Range(1, 100_000)]
    public int? DiffusionSteps { get; init; }

    /// <summary>Reverse steps of sampling; as many as the chain's is DDPM's ancestral sampling when eta is 1.</summary>
    [Description("Reverse steps of sampling, at most those of the chain; none takes the preset's.")]
    [Range(1, 100_000)]
    public int? SamplingSteps { get; init; }

    /// <summary>Fresh noise of each reverse step: 0 is deterministic (DDIM), 1 that of DDPM.</summary>
    [Description("Fresh noise of each reverse step, from 0 (DDIM) to 1 (DDPM); none takes the preset's.")]
    [Range(0, 1)]
    public double? Eta { get; init; }

    /// <summary>Largest learning rate, at the end of the warm-up.</summary>
    [Description("Largest learning rate, at the end of the warm-up.")]
    [Range(1e-7, 1)]
    public double LearningRate { get; init; } = 8e-4;

    /// <summary>Adds the noisy series to what the network gives and trains on squared errors, all levels of noise alike; false: the published network and loss.</summary>
    [Description("Adds the noisy series to what the network gives and trains on squared errors; none takes the preset's: yes for cpu, no for paper.")]
    public bool? Preconditioned { get; init; }

    /// <summary>Steps without a better loss after which the learning rate is halved; null: the preset's, which for cpu is a rate that falls as a cosine.</summary>
    [Description("Steps without a better loss after which the learning rate is halved; none takes the preset's: for cpu a cosine to the last step.")]
    [Range(1, 10_000_000)]
    public int? RatePatience { get; init; }

    /// <summary>Weight decay of AdamW; 0 is Adam, as published.</summary>
    [Description("Decoupled weight decay; 0 is plain Adam.")]
    [Range(0, 1)]
    public double WeightDecay { get; init; }

    /// <summary>Several noisy copies of each stay in a batch, averaged into one loss a stay.</summary>
    [Description("Noisy copies of each stay, averaged into one loss a stay; private training uses 4 to 16.")]
    [Range(1, 256)]
    public int NoiseMultiplicity { get; init; } = 1;

    /// <summary>What a value that was never observed counts in the loss beside an observed one.</summary>
    [Description("What a filled-in value counts in the loss beside an observed one, in [0, 1].")]
    [Range(0, 1)]
    public double FilledWeight { get; init; } = 0.1;

    /// <summary>Share of the stays kept apart to choose the best step; 0: train on all to the last step.</summary>
    [Description("Share of the stays kept apart to choose the best step; none takes the preset's.")]
    [Range(0, 0.5)]
    public double? ValidationShare { get; init; }

    /// <summary>Validations without a better one after which training stops.</summary>
    [Description("Validations without a better one after which training stops.")]
    [Range(1, 1_000_000)]
    public int Patience { get; init; } = 10;

    /// <summary>Width of a step of the grid in hours.</summary>
    [Description("Width of a step in hours.")]
    [Range(0.001, 10_000)]
    public double BinHours { get; init; } = 1;

    /// <summary>How readings are scaled.</summary>
    [Description("Scaling of readings; auto takes ranks where cells are missing.")]
    public SeriesScaling Scaling { get; init; } = SeriesScaling.Auto;
}
