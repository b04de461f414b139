namespace Lethe.Data.Codecs;

/// <summary>How several readings of one channel in one bin become one.</summary>
public enum Aggregation
{
    /// <summary>Arithmetic mean.</summary>
    Mean,

    /// <summary>The reading with the latest time (of equal times, the last to arrive).</summary>
    Last,

    /// <summary>Smallest reading.</summary>
    Min,

    /// <summary>Largest reading.</summary>
    Max,

    /// <summary>Sum, for amounts that add up.</summary>
    Sum,

    /// <summary>Median (mean of the middle two when even).</summary>
    Median,
}
