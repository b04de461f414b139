using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Lethe.Synthesis.Series.TimeGan;

/// <summary>Settings of TimeGAN. Immutable. "None" takes the preset's value; see <see cref="TimeGanSettings"/>.</summary>
public sealed record TimeGanOptions
{
    /// <summary>Where values come from that are not given.</summary>
    [Description("Where values come from that are not given: cpu for four cores, paper for the published code.")]
    public SeriesPreset Preset { get; init; } = SeriesPreset.Cpu;

    /// <summary>Width of a step in hours.</summary>
    [Description("Width of a step of the grid in hours.")]
    [Range(0.01, 8760)]
    public double BinHours { get; init; } = 1;

    /// <summary>Width of a latent step and of every GRU's state.</summary>
    [Description("Width of a latent step and of every GRU's state.")]
    [Range(1, 4096)]
    public int Hidden { get; init; } = 24;

    /// <summary>Layers of every stack; the supervisor has one less.</summary>
    [Description("Layers of every stack; the supervisor has one less.")]
    [Range(1, 16)]
    public int Layers { get; init; } = 3;

    /// <summary>Width of the noise that a stay keeps at all its steps; null: 0 as in the published code, in the cpu preset 24.</summary>
    [Description("Width of the noise that a stay keeps at all its steps; none takes 0 as in the published code, or with cpu 24.")]
    [Range(0, 1000)]
    public int? StayNoise { get; init; }

    /// <summary>Steps that learn the embedding alone; null: 50,000, in the cpu preset 2,000.</summary>
    [Description("Steps that learn the embedding alone; none takes 50000, or with cpu 2000.")]
    [Range(1, 10_000_000)]
    public int? EmbeddingSteps { get; init; }

    /// <summary>Steps that learn the supervisor on real latents; null: 50,000, in the cpu preset 1,000.</summary>
    [Description("Steps that learn the supervisor on real latents; none takes 50000, or with cpu 1000.")]
    [Range(1, 10_000_000)]
    public int? SupervisedSteps { get; init; }

    /// <summary>Joint steps; null: 50,000, in the cpu preset 3,500.</summary>
    [Description("Joint steps; none takes 50000, or with cpu 3500.")]
    [Range(1, 10_000_000)]
    public int? JointSteps { get; init; }

    /// <summary>Updates of generator and embedder in a joint step; null: 2, in the cpu preset 1.</summary>
    [Description("Updates of generator and embedder in a joint step; none takes 2, or with cpu 1.")]
    [Range(1, 100)]
    public int? GeneratorRounds { get; init; }

    /// <summary>Updates of the discriminator in a joint step; null: 1, in the cpu preset 3.</summary>
    [Description("Updates of the discriminator in a joint step; none takes 1, or with cpu 3.")]
    [Range(1, 100)]
    public int? DiscriminatorRounds { get; init; }

    /// <summary>Weight of the moments V in the generator's loss; null: 100, in the cpu preset 5.</summary>
    [Description("Weight of the moments in the generator's loss; none takes 100, or with cpu 5.")]
    [Range(0, 10_000)]
    public double? MomentWeight { get; init; }

    /// <summary>Weight of √L_S in the generator's loss; null: 100, in the cpu preset 10.</summary>
    [Description("Weight of the supervised loss in the generator's; none takes 100, or with cpu 10.")]
    [Range(0, 10_000)]
    public double? SupervisedWeight { get; init; }

    /// <summary>Stays per step.</summary>
    [Description("Stays per step.")]
    [Range(2, 100_000)]
    public int BatchSize { get; init; } = 128;

    /// <summary>Step size of every Adam optimiser but the discriminator's in the cpu preset.</summary>
    [Description("Step size of every optimiser but the discriminator's with cpu.")]
    [Range(1e-7, 1)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Step size of the discriminator; null: that of the others, in the cpu preset three times it.</summary>
    [Description("Step size of the discriminator; none takes that of the others, or with cpu three times it.")]
    [Range(1e-7, 1)]
    public double? DiscriminatorRate { get; init; }

    /// <summary>Weight γ of what is said about raw latents ê.</summary>
    [Description("Weight of the raw latents in the adversarial losses.")]
    [Range(0, 100)]
    public double Gamma { get; init; } = 1;

    /// <summary>Decay of a moving average of generator, supervisor and recovery over joint steps, which sampling uses; null: 0 (the last weights), in the cpu preset 0.995.</summary>
    [Description("Decay of the moving average of the weights that sampling uses; none takes 0 (the last weights), or with cpu 0.995.")]
    [Range(0, 0.99999)]
    public double? AverageDecay { get; init; }

    /// <summary>The discriminator learns only while its loss is above this.</summary>
    [Description("The discriminator learns only while its loss is above this.")]
    [Range(0, 10)]
    public double DiscriminatorAbove { get; init; } = 0.15;
}
