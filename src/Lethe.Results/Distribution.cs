namespace Lethe.Results;

/// <summary>
/// Shares of the same bins or levels in several tables, for side-by-side bars. Numeric bins have edges; levels have labels.
/// </summary>
public sealed record Distribution
{
    /// <summary>Text per bin or level; the last may be <c>missing</c>.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Bin edges (one more than the numeric bins), or null for levels.</summary>
    public IReadOnlyList<double>? Edges { get; init; }

    /// <summary>Share per bin in the real training data.</summary>
    public required IReadOnlyList<double> Real { get; init; }

    /// <summary>Share per bin in the synthetic data.</summary>
    public required IReadOnlyList<double> Synthetic { get; init; }

    /// <summary>Share per bin in the real holdout, or null.</summary>
    public IReadOnlyList<double>? Holdout { get; init; }
}
