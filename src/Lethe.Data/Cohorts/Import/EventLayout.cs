using Lethe.Data.Cohorts.Reading;

namespace Lethe.Data.Cohorts.Import;

/// <summary>What the columns of a tidy or wide source are called where they differ from the standard. Immutable.</summary>
public sealed record EventLayout
{
    /// <summary>Column with the stay's identifier; null: <c>id</c> (tidy), <c>stay_id</c> (wide).</summary>
    public string? Id { get; init; }

    /// <summary>Column with the time; null: <c>time</c> (tidy), <c>hours</c> (wide).</summary>
    public string? Time { get; init; }

    /// <summary>Column with the variable's name, of tidy sources; null: <c>variable</c>.</summary>
    public string? Variable { get; init; }

    /// <summary>Column with the reading, of tidy sources; null: <c>value</c>.</summary>
    public string? Value { get; init; }

    /// <summary>Unit of the time column.</summary>
    public TimeUnit TimeUnit { get; init; } = TimeUnit.Hours;

    /// <summary>Every name and unit as documented.</summary>
    public static EventLayout Standard { get; } = new();
}
