namespace Lethe.Data.Cohorts;

/// <summary>A view of one stay's events, sorted by time, then channel. The three spans have one length.</summary>
public readonly ref struct StayEvents
{
    internal StayEvents(ReadOnlySpan<float> times, ReadOnlySpan<ushort> channels, ReadOnlySpan<float> values)
    {
        Times = times;
        Channels = channels;
        Values = values;
    }

    /// <summary>Number of events.</summary>
    public int Count => Times.Length;

    /// <summary>Hours since the anchor.</summary>
    public ReadOnlySpan<float> Times { get; }

    /// <summary>Channel indices.</summary>
    public ReadOnlySpan<ushort> Channels { get; }

    /// <summary>Readings.</summary>
    public ReadOnlySpan<float> Values { get; }
}
