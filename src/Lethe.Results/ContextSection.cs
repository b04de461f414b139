namespace Lethe.Results;

/// <summary>Why the data are made, for whom and under which conditions, as the user stated it. What was not stated stays null.</summary>
public sealed record ContextSection
{
    /// <summary>Purpose of the release in one sentence.</summary>
    public string? Purpose { get; init; }

    /// <summary>Who would receive the data.</summary>
    public string? Recipient { get; init; }

    /// <summary>Release model: <c>public</c>, <c>controlled</c> or <c>internal</c>.</summary>
    public string? ReleaseModel { get; init; }

    /// <summary>Where the recipient would work with the data.</summary>
    public string? Environment { get; init; }

    /// <summary>Controls in force at the recipient: contract, access, training.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>Legal basis of the processing, as stated by the controller.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>Uses that are excluded.</summary>
    public IReadOnlyList<string> ExcludedUses { get; init; } = [];

    /// <summary>Person or office that answers questions.</summary>
    public string? Contact { get; init; }

    /// <summary>Licence of the synthetic data.</summary>
    public string? Licence { get; init; }
}
