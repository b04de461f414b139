using Lethe.Studies.Configuration;

namespace Lethe.Studies.Comparisons;

/// <summary>Files to compare, whoever made the synthetic one.</summary>
public sealed record ComparisonRequest
{
    /// <summary>Real patients that the generator learnt from.</summary>
    public required string Train { get; init; }

    /// <summary>Real patients it never saw, or null.</summary>
    public string? Holdout { get; init; }

    /// <summary>Synthetic patients.</summary>
    public required string Synthetic { get; init; }

    /// <summary>Other real patients whom an attacker may know, or null.</summary>
    public string? Reference { get; init; }

    /// <summary>Schema file, or null: inferred from the training file.</summary>
    public string? Schema { get; init; }

    /// <summary>Column that downstream models predict, or null: as the schema says.</summary>
    public string? Target { get; init; }

    /// <summary>Which values of the target count as the event, or null.</summary>
    public string? Positive { get; init; }

    /// <summary>Column that ties rows of one patient together, or null.</summary>
    public string? PatientKey { get; init; }

    /// <summary>Root of all random draws.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether fidelity and utility are computed.</summary>
    public bool Evaluate { get; init; }

    /// <summary>Whether the release is attacked.</summary>
    public bool Audit { get; init; }

    /// <summary>Attack names; empty: all that the data allow.</summary>
    public IReadOnlyList<string> Attacks { get; init; } = [];

    /// <summary>The user's gates.</summary>
    public IReadOnlyList<Gate> Gates { get; init; } = [];
}
