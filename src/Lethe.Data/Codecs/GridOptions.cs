using Lethe.Data.Cohorts;

namespace Lethe.Data.Codecs;

/// <summary>How stays are laid on a regular grid. Immutable.</summary>
public sealed record GridOptions
{
    /// <summary>Width of a bin in hours; bins are [start + k·width, start + (k + 1)·width).</summary>
    public double BinHours { get; init; } = 1;

    /// <summary>Start of the first bin, hours since the anchor.</summary>
    public double StartHours { get; init; }

    /// <summary>Number of bins, the same for all stays; <see cref="Grid.Lengths"/> tells how many belong to a stay.</summary>
    public int Steps { get; init; } = 48;

    /// <summary>What stands in cells that were not observed.</summary>
    public Imputation Imputation { get; init; } = Imputation.ForwardFill;

    /// <summary>τ of <see cref="Imputation.CarryWithDecay"/> in hours.</summary>
    public double DecayHours { get; init; } = 12;

    /// <summary>Aggregation per channel name; channels not named follow <see cref="DefaultFor"/>.</summary>
    public IReadOnlyDictionary<string, Aggregation> Aggregations { get; init; } = new Dictionary<string, Aggregation>();

    /// <summary>Name of a static column with the stay's length in hours; null: the length is the last event's bin.</summary>
    public string? LengthColumn { get; init; }

    /// <summary>The rule for a kind of channel: vitals the median (robust to artefacts), amounts the sum, everything else the last reading.</summary>
    public static Aggregation DefaultFor(ChannelKind kind) => kind switch
    {
        ChannelKind.Vital => Aggregation.Median,
        ChannelKind.Output => Aggregation.Sum,
        ChannelKind.Intervention => Aggregation.Max,
        _ => Aggregation.Last,
    };

    /// <summary>The aggregation of <paramref name="channel"/>.</summary>
    public Aggregation AggregationOf(Channel channel) =>
        Aggregations.TryGetValue(channel.Name, out Aggregation a) ? a : DefaultFor(channel.Kind);
}
