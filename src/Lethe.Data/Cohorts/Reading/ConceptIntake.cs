using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Concepts;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// The gate that every reading of a hospital database passes: source code → concept, unit conversion, plausible range,
/// window, account. One gate for all readers, so that one rule holds everywhere.
/// </summary>
internal sealed class ConceptIntake
{
    private readonly ConceptMap _map;
    private readonly Dictionary<string, Known> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Source, string Unit), RowUnit> _rowUnits = [];
    private readonly IReadOnlyList<Channel> _channels;
    private readonly ImplausibleRule _rule;
    private readonly CohortWindow? _window;
    private readonly CohortBuilder _builder;

    public ConceptIntake(ConceptMap map, IReadOnlyList<Channel> channels, ImplausibleRule rule, CohortBuilder builder, CohortWindow? window = null)
    {
        _map = map;
        _channels = channels;
        _rule = rule;
        _builder = builder;
        _window = window;
        Dictionary<string, int> channelOf = new(StringComparer.Ordinal);
        for (int c = 0; c < channels.Count; c++)
            channelOf.Add(channels[c].Name, c);
        foreach (ConceptSource s in map.Sources)
        {
            if (channelOf.TryGetValue(s.Concept, out int channel))
                _known.Add(s.Source, new Known(s, channel, new RowUnit(s.Conversion, s.Conversion.Changes ? $"unit converted from {s.SourceUnit} to {channels[channel].Unit}" : null)));
        }
    }

    /// <summary>The account of every reading offered.</summary>
    public EventTally Tally { get; } = new();

    /// <summary>Called with every reading that is kept: row of the stay, channel, hours, value.</summary>
    public Action<int, int, double, float>? Kept { get; set; }

    /// <summary>True when readings of this source code can be kept.</summary>
    public bool Wants(string source) => _known.ContainsKey(source);

    /// <summary>The channel that a source code leads to; the code itself when it leads to none.</summary>
    public string NameOf(string source) => _known.TryGetValue(source, out Known? known) ? _channels[known.Channel].Name : source;

    /// <summary>Offers a reading; it is kept or counted with a reason.</summary>
    /// <param name="stay">Row of the stay in the static table.</param>
    /// <param name="hours">Hours since admission.</param>
    /// <param name="source">Source code in the map.</param>
    /// <param name="value">The reading (NaN when missing) in the row's unit, or the source's when the row has none.</param>
    /// <param name="file">File or table.</param>
    /// <param name="line">Line in it.</param>
    /// <param name="unit">Unit that the row carries, or null.</param>
    public void Offer(int stay, double hours, string source, double value, string file, long line, string? unit = null)
    {
        if (!_known.TryGetValue(source, out Known? known))
        {
            Tally.LeaveOut(_map.Find(source) is null ? EventReasons.NotMapped : EventReasons.ChannelLeftOut, source, file, line);
            return;
        }

        Channel channel = _channels[known.Channel];
        if (_window is not null && !_window.Contains(hours))
        {
            Tally.LeaveOut(EventReasons.OutsideWindow, channel.Name, file, line);
            return;
        }

        if (double.IsNaN(value))
        {
            Tally.LeaveOut(EventReasons.NoValue, channel.Name, file, line);
            return;
        }

        (UnitConversion? conversion, string? note) = unit is null ? known.Own : UnitOfRow(known, unit);
        if (conversion is null)
        {
            Tally.LeaveOut(note!, channel.Name, file, line);
            return;
        }

        double reading = conversion.Apply(value);
        if (UnitBySize.TryCorrect(channel.Name, value, reading, out double corrected))
            (reading, note) = (corrected, UnitBySize.Note);

        if (channel.PlausibleRange is { } range && !range.Contains(reading))
        {
            if (_rule == ImplausibleRule.LeaveOut)
            {
                Tally.LeaveOut(EventReasons.Implausible, channel.Name, file, line);
                return;
            }

            Tally.Note(_rule == ImplausibleRule.Keep ? "value is outside the plausible range, kept" : "value moved to the end of the plausible range", channel.Name, file, line);
            reading = _rule == ImplausibleRule.Keep ? reading : Math.Clamp(reading, range.Lower, range.Upper);
        }

        if (note is not null)
            Tally.Note(note, channel.Name, file, line);
        if (hours < 0)
            Tally.Note("time is before admission", channel.Name, file, line);
        _builder.Add(stay, (float)hours, known.Channel, (float)reading);
        Tally.Keep();
        Kept?.Invoke(stay, known.Channel, hours, (float)reading);
    }

    /// <summary>The conversion for a unit that the row carries; null when it is not known, with the reason as note.</summary>
    private RowUnit UnitOfRow(Known known, string unit)
    {
        if (!_rowUnits.TryGetValue((known.Source.Source, unit), out RowUnit? found))
            _rowUnits.Add((known.Source.Source, unit), found = Resolve(known, unit));
        return found;
    }

    private RowUnit Resolve(Known known, string unit)
    {
        ConceptSource source = known.Source;
        string? meant = string.Equals(unit.Trim(), source.AlsoWritten, StringComparison.OrdinalIgnoreCase) ? source.SourceUnit : ConceptUnits.Find(unit);
        if (meant == source.SourceUnit)
            return known.Own;
        return meant is not null && ConceptUnits.To(source.Concept, meant) is { } conversion
            ? new RowUnit(conversion, conversion.Changes ? $"unit converted from {meant} to {_channels[known.Channel].Unit}, as the row says" : null)
            : new RowUnit(null, $"unit '{(unit.Length > 20 ? unit[..20] + "…" : unit)}' is not known for this variable");
    }

    private sealed record Known(ConceptSource Source, int Channel, RowUnit Own);

    private sealed record RowUnit(UnitConversion? Conversion, string? Note);
}
