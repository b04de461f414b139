namespace Lethe.Data.Cohorts.Reading;

/// <summary>
/// The account of every event read: kept, or left out for a stated reason. Reading fails rather than lose count:
/// <see cref="Read"/> = <see cref="Kept"/> + everything in <see cref="LeftOut"/>. Mutable; not thread-safe.
/// </summary>
public sealed class EventTally
{
    private const int LinesShown = 3;

    private readonly Dictionary<(string Reason, string Channel), Entry> _leftOut = [];
    private readonly Dictionary<(string Reason, string Channel), Entry> _noted = [];

    /// <summary>Events read.</summary>
    public long Read { get; private set; }

    /// <summary>Events kept.</summary>
    public long Kept { get; private set; }

    /// <summary>Events left out, by reason and channel, most first. No values.</summary>
    public IReadOnlyList<TallyLine> LeftOut => Lines(_leftOut);

    /// <summary>Events kept but remarkable (converted unit, before admission, repeated reading), by reason and channel, most first.</summary>
    public IReadOnlyList<TallyLine> Noted => Lines(_noted);

    /// <summary>Counts an event that is kept.</summary>
    public void Keep()
    {
        Read++;
        Kept++;
    }

    /// <summary>Counts an event that is left out.</summary>
    /// <param name="reason">Short and stable, e.g. <c>value is not a number</c>.</param>
    /// <param name="channel">Channel or source variable; empty when unknown.</param>
    /// <param name="file">File or table.</param>
    /// <param name="line">Line in it.</param>
    public void LeaveOut(string reason, string channel, string file, long line)
    {
        Read++;
        Count(_leftOut, reason, channel, file, line);
    }

    /// <summary>Counts something remarkable about an event that is kept.</summary>
    public void Note(string reason, string channel, string file, long line) => Count(_noted, reason, channel, file, line);

    /// <summary>Counts events that were kept before as left out after all, because a later criterion says so.</summary>
    internal void Withdraw(string reason, string channel, long count)
    {
        if (count == 0)
            return;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Kept);
        Kept -= count;
        Line(_leftOut, reason, channel).Count += count;
    }

    /// <summary>Adds another account to this one.</summary>
    public void Add(EventTally other)
    {
        Read += other.Read;
        Kept += other.Kept;
        Merge(_leftOut, other._leftOut);
        Merge(_noted, other._noted);
    }

    private static void Count(Dictionary<(string, string), Entry> into, string reason, string channel, string file, long line)
    {
        Entry entry = Line(into, reason, channel);
        entry.Count++;
        if (entry.Places.Count < LinesShown)
            entry.Places.Add($"{Path.GetFileName(file)}:{line}");
    }

    private static Entry Line(Dictionary<(string, string), Entry> of, string reason, string channel)
    {
        if (!of.TryGetValue((reason, channel), out Entry? entry))
            of.Add((reason, channel), entry = new Entry());
        return entry;
    }

    private static void Merge(Dictionary<(string Reason, string Channel), Entry> into, Dictionary<(string Reason, string Channel), Entry> from)
    {
        foreach (((string Reason, string Channel) key, Entry entry) in from)
        {
            if (!into.TryGetValue(key, out Entry? mine))
                into.Add(key, mine = new Entry());
            mine.Count += entry.Count;
            mine.Places.AddRange(entry.Places.Take(LinesShown - mine.Places.Count));
        }
    }

    private static TallyLine[] Lines(Dictionary<(string Reason, string Channel), Entry> entries) =>
        [.. entries.OrderByDescending(e => e.Value.Count).ThenBy(e => e.Key.Reason, StringComparer.Ordinal).ThenBy(e => e.Key.Channel, StringComparer.Ordinal)
            .Select(e => new TallyLine(e.Key.Reason, e.Key.Channel, e.Value.Count, e.Value.Places))];

    private sealed class Entry
    {
        public long Count { get; set; }

        public List<string> Places { get; } = [];
    }
}

/// <summary>One line of an account.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Channel">Channel or source variable; empty when unknown.</param>
/// <param name="Count">How many events.</param>
/// <param name="Places">The first few places as <c>file:line</c>.</param>
public sealed record TallyLine(string Reason, string Channel, long Count, IReadOnlyList<string> Places);
