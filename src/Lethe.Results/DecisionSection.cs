namespace Lethe.Results;

/// <summary>The decision page: three questions, each with one sentence, a key number and its reference, and the largest caveats.</summary>
public sealed record DecisionSection
{
    /// <summary>Answer to "are they faithful?".</summary>
    public required Answer Faithful { get; init; }

    /// <summary>Answer to "are they useful?".</summary>
    public required Answer Useful { get; init; }

    /// <summary>Answer to "are they private?".</summary>
    public required Answer Private { get; init; }

    /// <summary>The formal claim in one sentence, or that there is none.</summary>
    public required string FormalClaim { get; init; }

    /// <summary>The largest caveats, at most three.</summary>
    public required IReadOnlyList<string> Caveats { get; init; }

    /// <summary>Gates the user stated, with outcome; empty when none were stated.</summary>
    public IReadOnlyList<Check> Gates { get; init; } = [];
}

/// <summary>One question of the decision page.</summary>
/// <param name="Status">Traffic light; grey when there is no gate or no figure to decide by.</param>
/// <param name="Sentence">The answer in one plain sentence.</param>
/// <param name="Key">The number behind it, with interval and reference; null when not computed.</param>
/// <param name="Basis">Which threshold decided and where it comes from.</param>
public sealed record Answer(Status Status, string Sentence, Measure? Key, string Basis);

/// <summary>Traffic light of an answer.</summary>
public enum Status
{
    /// <summary>Not decided: no gate, no figure, or not enough cases.</summary>
    Grey,

    /// <summary>The gate is met. For privacy: no attack succeeded beyond its gate; not a statement that none could.</summary>
    Green,

    /// <summary>Close to the gate, or met by the estimate but not by its interval.</summary>
    Amber,

    /// <summary>The gate is missed.</summary>
    Red,
}
