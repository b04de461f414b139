using Lethe.Results;

namespace Lethe.Reporting.Editions;

/// <summary>
/// Courses over time without single real patients: no maps of stays, no real examples, no bins under 10 stays, rounded rates. Synthetic examples stay: they are
/// part of what is released anyway. Quartiles by step rest on ten stays at least, as computed.
/// </summary>
internal static class SeriesReduction
{
    public static SeriesSection Reduce(SeriesSection s) => s with
    {
        Design = ReleaseEdition.Sentence(s.Design),
        Stays = s.Stays.ToDictionary(p => p.Key, p => p.Key == "synthetic" ? p.Value : ReleaseEdition.Cell(p.Value)),
        Values = ReleaseEdition.Measures(s.Values),
        Observation = ReleaseEdition.Measures(s.Observation),
        Plausibility = ReleaseEdition.Measures(s.Plausibility),
        Detection = ReleaseEdition.Measures(s.Detection),
        Channels = [.. s.Channels.Select(Channel)],
        Correlations = Rounded(s.Correlations),
        LaggedCorrelations = Rounded(s.LaggedCorrelations),
        Projection = null,
        Neighbourhoods = null,
        Examples = [.. s.Examples.Select(e => e with { Real = [] })],
        Notes = ReleaseEdition.Sentences(s.Notes),
    };

    // Each stay weighs the same in a distribution, so a share of ten stays' worth has ten stays behind it.
    private static ChannelFidelity Channel(ChannelFidelity c) => c with
    {
        Measures = ReleaseEdition.Measures(c.Measures),
        Distribution = c.Distribution is { } d ? DistributionReduction.Reduce(d, c.StaysReal, c.StaysHoldout) : null,
        StaysReal = ReleaseEdition.Cell(c.StaysReal),
        StaysHoldout = ReleaseEdition.Cell(c.StaysHoldout),
        ObservedReal = Rates(c.ObservedReal),
        AutocorrelationReal = Rates(c.AutocorrelationReal),
        AutocorrelationHoldout = Rates(c.AutocorrelationHoldout),
    };

    private static AssociationMatrices? Rounded(AssociationMatrices? m) => m is null ? null : m with
    {
        Real = ReleaseEdition.Rounded(m.Real),
        Synthetic = ReleaseEdition.Rounded(m.Synthetic),
        Holdout = m.Holdout is { } h ? ReleaseEdition.Rounded(h) : null,
    };

    private static double?[] Rates(IReadOnlyList<double?> rates) => [.. rates.Select(ReleaseEdition.Rate)];
}
