using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Annex;

/// <summary>The report's own answers to the questions of the regulatory map: one sentence each, with its section.</summary>
internal static class Evidence
{
    /// <summary>Every key that the map may use.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        "context", "source", "identifiers", "quasi-identifiers", "method", "formal-claim", "membership", "attribute", "singling-out", "linkability",
        "inference", "identity-disclosure", "copies", "exposed", "controls", "fidelity", "utility", "fairness", "reproduction", "edition",
    ];

    public static string Sentence(string key, RunDocument run) => key switch
    {
        "context" => run.Context is { } c
            ? $"Purpose: {c.Purpose ?? Fact.NotStated}; recipient: {c.Recipient ?? Fact.NotStated}; release model: {c.ReleaseModel ?? Fact.NotStated} (section 1)."
            : "Purpose, recipient and controls were not stated (section 1).",
        "source" => $"{Phrases.Plural(run.Data.RowsRead, "row")} read, {Phrases.Plural(run.Data.Columns.Count, "column")}, unit of privacy: {run.Data.Unit}{(run.Data.Simulated ? "; the source is simulated" : "")} (section 2).",
        "identifiers" => Roles(run, "direct identifiers", "identifier"),
        "quasi-identifiers" => Roles(run, "quasi-identifiers", "quasi"),
        "method" => run.Method.Method is { } m
            ? $"{m.Title}; {Phrases.Plural(run.Method.Deviations.Count, "deviation")} from the paper, {Phrases.Plural(run.Method.LearntFromData.Count, "quantity", "quantities")} learnt in pre-processing (section 3)."
            : "The synthetic file came from elsewhere; the method is unknown (section 3).",
        "formal-claim" => Phrases.Sentence(run.Method.PrivacyClaim) + " (Section 4.)",
        "membership" => Attack(run, "Membership inference", "5.1", AttackArea.Membership),
        "attribute" => Attack(run, "Attribute inference", "5.2", AttackArea.Attribute),
        "singling-out" => Attack(run, "Singling out", "5.3", AttackArea.SinglingOut),
        "linkability" => Attack(run, "Linkability", "5.3", AttackArea.Linkability),
        "inference" => Attack(run, "Inference", "5.3", AttackArea.Inference),
        "identity-disclosure" => "Probability of re-identification for comparison with 0.09: not computed, because this run has no population-based estimate. Membership-inference figures (section 5.1) are another quantity and are not to be compared with it.",
        "copies" => Figure(run.Privacy?.Copies, "Copies", "5.4", "the copy screen was not part of this run"),
        "exposed" => Figure(run.Privacy?.Exposed, "Most exposed groups", "5.5", "the attacks were not repeated on exposed groups"),
        "controls" => run.Privacy is { Controls.Count: > 0 } p
            ? $"Controls: {p.Controls.Count(c => c.Passed)} of {p.Controls.Count} behaved as expected (section 5.6)."
            : "Controls: not computed, because none were run (section 5.6).",
        "fidelity" => Answered(run.Decision.Faithful, "6"),
        "utility" => Answered(run.Decision.Useful, "7"),
        "fairness" => run.Fairness is { } f ? $"{Readings.Groups(f)} (Section 8.)" : "Groups: not computed, because the run compared none (section 8).",
        "reproduction" => $"Version {run.Provenance.LetheVersion}, seed {run.Provenance.Seed}, {Phrases.Plural(run.Provenance.Files.Count, "fingerprinted file")} (section 10).",
        "edition" => $"{Phrases.EditionName(run.Edition)}: {Phrases.EditionMeaning(run.Edition)}",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "The regulatory map names evidence that the report does not have."),
    };

    private static string Roles(RunDocument run, string name, string role)
    {
        string[] columns = [.. run.Data.Columns.Where(c => c.Role.Replace("-", "", StringComparison.Ordinal).StartsWith(role, StringComparison.OrdinalIgnoreCase)).Select(c => c.Name)];
        return columns.Length == 0 ? $"No column is marked among the {name} (section 2)." : $"Columns marked among the {name}: {Phrases.List(columns)} (section 2).";
    }

    private static string Attack(RunDocument run, string name, string section, AttackArea area)
    {
        AttackResult[] attacks = [.. (run.Privacy?.Attacks ?? []).Where(a => a.Area == area)];
        return attacks.Length == 0
            ? $"{name}: not computed, because no such attack was run (section {section})."
            : $"{name}: {Readings.Attacks(attacks)} (Section {section}.)";
    }

    private static string Figure(IReadOnlyList<Measure>? measures, string name, string section, string because) =>
        measures is { Count: > 0 }
            ? $"{name}: {string.Join("; ", measures.Take(3).Select(m => $"{m.Name}{(m.Subject is null ? "" : $" ({m.Subject})")} {Phrases.ValueWithInterval(m)}"))} (section {section})."
            : $"{name}: not computed, because {because} (section {section}).";

    private static string Answered(Answer answer, string section) => $"{Phrases.Sentence(answer.Sentence)} (Section {section}.)";
}
