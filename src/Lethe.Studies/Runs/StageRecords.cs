using System.Text.Json.Serialization;
using Lethe.Audit;
using Lethe.Results;

namespace Lethe.Studies.Runs;

/// <summary>What the fit leaves for later stages besides the model.</summary>
internal sealed record FitRecord
{
    public required Descriptor Method { get; init; }

    public required SortedDictionary<string, string> Options { get; init; }

    public required string Claim { get; init; }

    public IReadOnlyList<Series> Training { get; init; } = [];

    public IReadOnlyList<string> Deviations { get; init; } = [];

    public IReadOnlyList<string> LearntFromData { get; init; } = [];

    public IReadOnlyList<string> Notices { get; init; } = [];

    public SelectionTable? Selection { get; init; }

    public double Seconds { get; init; }
}

/// <summary>What sampling leaves besides the file.</summary>
internal sealed record SampleRecord(int Rows, double Seconds);

/// <summary>What evaluation found.</summary>
internal sealed record EvaluationRecord(
    FidelitySection? Fidelity, UtilitySection? Utility, string? UtilityNotComputedBecause, IReadOnlyList<Check> Collapse, double Seconds)
{
    public FairnessSection? Fairness { get; init; }

    public SeriesSection? Series { get; init; }

    [JsonIgnore]
    public string Summary => Collapse.All(c => c.Passed)
        ? "No collapse check fired."
        : $"Collapsed: {string.Join("; ", Collapse.Where(c => !c.Passed).Select(c => c.Name))}.";
}

/// <summary>What the audit found.</summary>
internal sealed record AuditRecord(AuditOutcome Outcome, double Seconds)
{
    [JsonIgnore]
    public string Summary => Outcome.Section.Verdict ?? $"Not computed: {Outcome.Section.NotComputedBecause}.";
}
