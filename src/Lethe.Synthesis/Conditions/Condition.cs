namespace Lethe.Synthesis.Conditions;

/// <summary>What a sampled row must satisfy in one column: one of some levels, or a closed numeric range.</summary>
public sealed record Condition
{
    /// <summary>Column name.</summary>
    public required string Column { get; init; }

    /// <summary>Accepted codes of a discrete column; null for a numeric one.</summary>
    public IReadOnlyList<int>? Codes { get; init; }

    /// <summary>Smallest accepted value of a numeric column (−∞ when open).</summary>
    public double Lower { get; init; } = double.NegativeInfinity;

    /// <summary>Largest accepted value of a numeric column (+∞ when open).</summary>
    public double Upper { get; init; } = double.PositiveInfinity;

    /// <summary>True when <paramref name="code"/> is accepted (a missing cell never is).</summary>
    public bool Accepts(int code) => code >= 0 && Codes is not null && Codes.Contains(code);

    /// <summary>True when <paramref name="value"/> is accepted (NaN never is).</summary>
    public bool Accepts(double value) => value >= Lower && value <= Upper;
}
