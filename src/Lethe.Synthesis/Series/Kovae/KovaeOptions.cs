using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Lethe.Synthesis.Series.Kovae;

/// <summary>Settings of KoVAE. Immutable. "None" takes the preset's value; see <see cref="KovaeSettings"/>.</summary>
public sealed record KovaeOptions
{
    /// <summary>Where values come from that are not given.</summary>
    [Description("Where values come from that are not given: cpu for four cores, paper for the published code.")]
    public SeriesPreset Preset { get; init; } = SeriesPreset.Cpu;

    /// <summary>Width of a step in hours.</summary>
    [Description("Width of a step of the grid in hours.")]
    [Range(0.01, 8760)]
    public double BinHours { get; init; } = 1;

    /// <summary>Width of a GRU's state per direction; null: 20, in the cpu preset 48 where cells are missing.</summary>
    [Description("Width of a GRU's state per direction; none takes 20, or with cpu 48 where cells are missing.")]
    [Range(1, 4096)]
    public int? Hidden { get; init; }

    /// <summary>Layers of encoder and decoder; null: 3.</summary>
    [Description("Layers of encoder and decoder; none takes 3.")]
    [Range(1, 16)]
    public int? Layers { get; init; }

    /// <summary>Numbers of a latent step; null: 16.</summary>
    [Description("Numbers of a latent step; none takes 16.")]
    [Range(1, 1024)]
    public int? Latent { get; init; }

    /// <summary>Passes over the training stays; null: 600, in the cpu preset as many as its steps are.</summary>
    [Description("Passes over the training stays; none takes 600, or with cpu as many as its number of steps makes.")]
    [Range(1, 1_000_000)]
    public int? Epochs { get; init; }

    /// <summary>Stays per step.</summary>
    [Description("Stays per step.")]
    [Range(2, 100_000)]
    public int BatchSize { get; init; } = 64;

    /// <summary>Step size of Adam; null: 7e-4, in the cpu preset 3e-3 falling to a hundredth along a cosine.</summary>
    [Description("Step size of Adam; none takes 7e-4, or with cpu 3e-3 falling to a hundredth.")]
    [Range(1e-7, 1)]
    public double? LearningRate { get; init; }

    /// <summary>What posteriors are compared with; null: in the paper preset the roll-out, in the cpu preset the prior that follows.</summary>
    [Description("What posteriors are compared with: a roll-out drawn beside them, or the prior that follows their own draws; none takes the roll-out, or with cpu the other.")]
    public KovaePrior? Prior { get; init; }

    /// <summary>Weight w_kl of the divergence from the prior, and of the masks' log-likelihood; null: 0.007, with masks 0.04.</summary>
    [Description("Weight of the divergence from the prior and of the masks; none takes 0.007, where cells are missing 0.04.")]
    [Range(0, 100)]
    public double? KlWeight { get; init; }

    /// <summary>Weight w_pred of the Koopman term; 0 leaves it out.</summary>
    [Description("Weight of the Koopman term; 0 leaves it out.")]
    [Range(0, 100)]
    public double PredictionWeight { get; init; } = 0.005;

    /// <summary>Steps J that the Koopman operator predicts.</summary>
    [Description("Steps that the Koopman operator predicts.")]
    [Range(1, 1000)]
    public int Horizon { get; init; } = 1;

    /// <summary>Whether values are drawn around the decoder's as training values spread around their reconstructions; null: where cells are missing.</summary>
    [Description("Whether values are drawn around the decoder's as training values spread around their reconstructions; none does so where cells are missing.")]
    public bool? CellNoise { get; init; }

    /// <summary>Share of the training stays kept apart for the validation loss.</summary>
    [Description("Share of the training stays kept apart to choose the best state and to stop early; 0 trains to the end.")]
    [Range(0, 0.5)]
    public double HeldOutShare { get; init; } = 0.1;
}
