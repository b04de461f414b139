using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>Settings of RCGAN. Immutable. "None" takes the preset's value; see <see cref="RcganSettings"/>.</summary>
public sealed record RcganOptions
{
    /// <summary>Where values come from that are not given.</summary>
    [Description("Where values come from that are not given: cpu for four cores, paper for the published code.")]
    public SeriesPreset Preset { get; init; } = SeriesPreset.Cpu;

    /// <summary>Width of a step in hours.</summary>
    [Description("Width of a step of the grid in hours.")]
    [Range(0.01, 8760)]
    public double BinHours { get; init; } = 1;

    /// <summary>Most steps; a step is all rounds of both networks. Null: 1,000 passes over the stays, in the cpu preset at most 6,000 steps for complete series without statics and 4,000 else.</summary>
    [Description("Most steps, each of all rounds of both networks; none takes 1000 passes over the stays, with cpu at most 6000 steps for complete series without statics, else 4000.")]
    [Range(1, 100_000_000)]
    public int? Steps { get; init; }

    /// <summary>Stays per round; null: 28, the paper's, in the cpu preset 64 for stays.</summary>
    [Description("Stays per round; none takes 28, with cpu 64 for series with statics or missing cells.")]
    [Range(1, 100_000)]
    public int? BatchSize { get; init; }

    /// <summary>Width of both LSTMs.</summary>
    [Description("Width of both LSTMs.")]
    [Range(1, 4096)]
    public int Hidden { get; init; } = 100;

    /// <summary>Width of the noise at each step; null: 5 for series without statics, 10 else.</summary>
    [Description("Width of the noise at each step; none takes 5 for series without statics (the paper's toy data), else 10 (its intensive care data).")]
    [Range(1, 1000)]
    public int? Latent { get; init; }

    /// <summary>Width of the noise that a stay keeps at all its steps; null: 0 as in the paper, in the cpu preset 10.</summary>
    [Description("Width of the noise that a stay keeps at all its steps; none takes 0 as in the paper, with cpu 10.")]
    [Range(0, 1000)]
    public int? StayNoise { get; init; }

    /// <summary>Standard deviation of the noise that is added to whatever the discriminator judges; null: 0 as in the paper, in the cpu preset 0.3 for stays.</summary>
    [Description("Noise added to whatever the discriminator judges; none takes 0 as in the paper, with cpu 0.3 for series with statics or missing cells.")]
    [Range(0, 10)]
    public double? InputNoise { get; init; }

    /// <summary>Discriminator rounds per step; null: 5 for complete series without statics (the paper's toy data), 1 else.</summary>
    [Description("Discriminator rounds per step; none takes 5 for series without statics, else 1.")]
    [Range(1, 100)]
    public int? DiscriminatorRounds { get; init; }

    /// <summary>Generator rounds per step; null: 1, under the paper preset 3 for stays.</summary>
    [Description("Generator rounds per step; none takes 1, with paper 3 for series with statics or missing cells.")]
    [Range(1, 100)]
    public int? GeneratorRounds { get; init; }

    /// <summary>Step size of the discriminator; null: 0.1 of gradient descent as published, in the cpu preset 3e-4 of Adam for stays.</summary>
    [Description("Step size of the discriminator; none takes 0.1 (gradient descent), with cpu 0.0003 (Adam) for series with statics or missing cells.")]
    [Range(1e-7, 10)]
    public double? DiscriminatorRate { get; init; }

    /// <summary>Step size of the generator's Adam.</summary>
    [Description("Step size of the generator (Adam).")]
    [Range(1e-7, 1)]
    public double GeneratorRate { get; init; } = 1e-3;

    /// <summary>
    /// Weight of real series with another stay's statics that the discriminator is shown as wrong; null: 0 (the published default),
    /// in the cpu preset 0.2 for stays. At weight w the generator's best answer is (1 + w)·p(x | statics) − w·p(x): it exaggerates.
    /// </summary>
    [Description("Weight of real series with another stay's statics that the discriminator is shown as wrong; none takes 0, with cpu 0.2 for stays.")]
    [Range(0, 1)]
    public double? WrongLabels { get; init; }

    /// <summary>Share of the stays kept apart to choose the best step; none are below 200 stays.</summary>
    [Description("Share of the stays kept apart to choose the best step by the maximum mean discrepancy; none are below 200 stays.")]
    [Range(0, 0.5)]
    public double HeldOutShare { get; init; } = 0.1;

    /// <summary>Looks at the held-out stays without a better one after which training stops.</summary>
    [Description("Looks at the held-out stays (50 in a full training) without a better one after which training stops.")]
    [Range(1, 100_000)]
    public int Patience { get; init; } = 25;
}
