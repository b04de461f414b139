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

    /// <summary>Most steps; a step is all rounds of both networks. Null: 1,000 passes over the stays, in the cpu preset at most 6,000 steps.</summary>
    [Description("Most steps, each of all rounds of both networks; none takes 1000 passes over the stays, with cpu at most 6000 steps.")]
    [Range(1, 100_000_000)]
    public int? Steps { get; init; }

    /// <summary>Stays per round.</summary>
    [Description("Stays per round.")]
    [Range(1, 100_000)]
    public int BatchSize { get; init; } = 28;

    /// <summary>Width of both LSTMs.</summary>
    [Description("Width of both LSTMs.")]
    [Range(1, 4096)]
    public int Hidden { get; init; } = 100;

    /// <summary>Width of the noise at each step; null: 5 for series without statics, 10 else.</summary>
    [Description("Width of the noise at each step; none takes 5 for series without statics (the paper's toy data), else 10 (its intensive care data).")]
    [Range(1, 1000)]
    public int? Latent { get; init; }

    /// <summary>Discriminator rounds per step; null: 5 for series without statics, 1 else.</summary>
    [Description("Discriminator rounds per step; none takes 5 for series without statics, else 1.")]
    [Range(1, 100)]
    public int? DiscriminatorRounds { get; init; }

    /// <summary>Generator rounds per step; null: 1 for series without statics, 3 else.</summary>
    [Description("Generator rounds per step; none takes 1 for series without statics, else 3.")]
    [Range(1, 100)]
    public int? GeneratorRounds { get; init; }

    /// <summary>Step size of the discriminator's gradient descent.</summary>
    [Description("Step size of the discriminator (gradient descent).")]
    [Range(1e-7, 10)]
    public double DiscriminatorRate { get; init; } = 0.1;

    /// <summary>Step size of the generator's Adam.</summary>
    [Description("Step size of the generator (Adam).")]
    [Range(1e-7, 1)]
    public double GeneratorRate { get; init; } = 1e-3;

    /// <summary>Whether the discriminator also learns to tell real series with another stay's statics from matching ones.</summary>
    [Description("Whether the discriminator is also shown real series with another stay's statics as wrong.")]
    public bool WrongLabels { get; init; }

    /// <summary>Share of the stays kept apart to choose the best step; none are below 200 stays.</summary>
    [Description("Share of the stays kept apart to choose the best step by the maximum mean discrepancy; none are below 200 stays.")]
    [Range(0, 0.5)]
    public double HeldOutShare { get; init; } = 0.1;

    /// <summary>Looks at the held-out stays without a better one after which training stops.</summary>
    [Description("Looks at the held-out stays (50 in a full training) without a better one after which training stops.")]
    [Range(1, 100_000)]
    public int Patience { get; init; } = 25;
}
