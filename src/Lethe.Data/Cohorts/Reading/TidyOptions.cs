namespace Lethe.Data.Cohorts.Reading;

/// <summary>Unit of the time column of a tidy file.</summary>
public enum TimeUnit
{
    /// <summary>Hours since the anchor.</summary>
    Hours,

    /// <summary>Minutes since the anchor.</summary>
    Minutes,

    /// <summary>Seconds since the anchor.</summary>
    Seconds,

    /// <summary>Days since the anchor.</summary>
    Days,
}

/// <summary>What to do with readings outside a channel's plausible range.</summary>
public enum ImplausibleRule
{
    /// <summary>Leave them out and count them.</summary>
    LeaveOut,

    /// <summary>Keep them and count them.</summary>
    Keep,

    /// <summary>Move them to the nearer end of the range and count them.</summary>
    Clamp,
}

/// <summary>How a tidy long file is laid out: one event a row. Immutable.</summary>
public sealed record TidyOptions
{
    /// <summary>Column with the stay's identifier, the same as in the static table.</summary>
    public string IdColumn { get; init; } = "id";

    /// <summary>Column with the time since the anchor.</summary>
    public string TimeColumn { get; init; } = "time";

    /// <summary>Column with the variable's name.</summary>
    public string VariableColumn { get; init; } = "variable";

    /// <summary>Column with the reading.</summary>
    public string ValueColumn { get; init; } = "value";

    /// <summary>Unit of the time column.</summary>
    public TimeUnit TimeUnit { get; init; } = TimeUnit.Hours;

    /// <summary>Channels with metadata; variables not among them are left out and counted. Null: every variable becomes a channel.</summary>
    public IReadOnlyList<Channel>? Channels { get; init; }

    /// <summary>What to do with readings outside a channel's plausible range.</summary>
    public ImplausibleRule Implausible { get; init; } = ImplausibleRule.LeaveOut;
}
