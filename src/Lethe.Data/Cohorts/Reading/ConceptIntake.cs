using Lethe.Data.Concepts;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// The gate that every reading of a hospital database passes: source code → concept, unit conversion, plausible range,
/// account. One gate for all readers, so that one rule holds everywhere.
/// </summary>
internal sealed class ConceptIntake
{
    private readonly ConceptMap _map;
    private readonly Dictionary<string, int> _channelOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (ConceptSource Source, int Channel)> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<Channel> _channels;
    private readonly ImplausibleRule _rule;
    private readonly CohortBuilder _builder;

    public ConceptIntake(ConceptMap map, IReadOnlyList<Channel> channels, ImplausibleRule rule, CohortBuilder builder)
    {
        _map = map;
        _channels = channels;
        _rule = rule;
        _builder = builder;
        for (int c = 0; c < channels.Count; c++)
            _channelOf.Add(channels[c].Name, c);
        foreach (ConceptSource s in map.Sources)
        {
            if (_channelOf.TryGetValue(s.Concept, out int channel))
                _known.Add(s.Source, (s, channel));
        }
    }

    /// <summary>The account of every reading offered.</summary>
    public EventTally Tally { get; } = new();

    /// <summary>True when readings of this source code can be kept.</summary>
    public bool Wants(string source) => _known.ContainsKey(source);

    /// <summary>Offers a reading in the source's unit (NaN when missing); it is kept or counted with a reason.</summary>
    public void Offer(int stay, double hours, string source, double value, string file, long line)
    {
        if (!_known.TryGetValue(source, out (ConceptSource Source, int Channel) known))
        {
            Tally.LeaveOut(_map.Find(source) is null ? "not a mapped variable" : "channel is not part of the definition", source, file, line);
            return;
        }

        Channel channel = _channels[known.Channel];
        if (double.IsNaN(value))
        {
            Tally.LeaveOut("value is missing", channel.Name, file, line);
            return;
        }

        double reading = known.Source.Convert(value);
        if (channel.PlausibleRange is { } range && !range.Contains(reading))
        {
            if (_rule == ImplausibleRule.LeaveOut)
            {
                Tally.LeaveOut("value is outside the plausible range", channel.Name, file, line);
                return;
            }

            Tally.Note(_rule == ImplausibleRule.Keep ? "value is outside the plausible range, kept" : "value moved to the end of the plausible range", channel.Name, file, line);
            reading = _rule == ImplausibleRule.Keep ? reading : Math.Clamp(reading, range.Lower, range.Upper);
        }

        if (known.Source.Converts)
            Tally.Note($"unit converted from {known.Source.SourceUnit} to {channel.Unit}", channel.Name, file, line);
        if (hours < 0)
            Tally.Note("time is before admission", channel.Name, file, line);
        _builder.Add(stay, (float)hours, known.Channel, (float)reading);
        Tally.Keep();
    }
}
