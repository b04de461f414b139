using Lethe.Numerics.Randomness;

namespace Lethe.Audit;

/// <summary>How an audit is made. Immutable.</summary>
public sealed record AuditOptions
{
    /// <summary>Root of the audit's random draws: subsets of candidates, permutations, stochastic attacks.</summary>
    public required Seed Seed { get; init; }

    /// <summary>Names of the attacks to run; empty: all that the data allow.</summary>
    public IReadOnlyList<string> Attacks { get; init; } = [];

    /// <summary>The formal claim in one sentence, as the method made it.</summary>
    public string Claim { get; init; } = Privacy.PrivacyClaim.None.Sentence;

    /// <summary>Told what is being done; null when nobody listens.</summary>
    public IProgress<string>? Progress { get; init; }

    /// <summary>Checked between attacks and per row of distances.</summary>
    public CancellationToken Cancellation { get; init; }
}
