using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Annex;

/// <summary>One answer of the report to a question of the regulatory map.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Section">Number of the section that holds the evidence, e.g. <c>5.1</c>.</param>
/// <param name="Anchor">Its anchor in the HTML report.</param>
internal sealed record EvidenceLine(string Text, string Section, string Anchor);

/// <summary>The report's own answers to the questions of the regulatory map: one sentence each, with its section.</summary>
internal static class Evidence
{
    /// <summary>The answer to a key of the map.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The map names evidence that the report does not have.</exception>
    public static EvidenceLine Line(string key, RunDocument run)
    {
        EvidenceLine line = Answer(key, run);
        // Without findings section 5 has no subsections to point at.
        return run.Privacy is null && line.Section.StartsWith("5.", StringComparison.Ordinal) ? line with { Section = "5", Anchor = "empirical-privacy" } : line;
    }

    private static EvidenceLine Answer(string key, RunDocument run) => key switch
    {
        "context" => new(Context(run), "1", "context"),
        "source" => new($"{Phrases.Plural(run.Data.RowsRead, "row")} read, {Phrases.Plural(run.Data.Columns.Count, "column")}, unit of privacy: {run.Data.Unit}{(run.Data.Simulated ? "; the source is simulated" : "")}.", "2", "source-data"),
        "identifiers" => new(Columns(run, "direct identifiers", ColumnWords.IsIdentifier), "2", "source-data"),
        "quasi-identifiers" => new(Columns(run, "quasi-identifiers", ColumnWords.IsQuasiIdentifier), "2", "source-data"),
        "method" => new(Method(run), "3", "method"),
        "formal-claim" => new(Phrases.Sentence(run.Method.PrivacyClaim), "4", "formal-privacy"),
        "membership" => new(Attack(run, "Membership inference", AttackArea.Membership), "5.1", "membership"),
        "attribute" => new(Attack(run, "Attribute inference", AttackArea.Attribute), "5.2", "attribute"),
        "singling-out" => new(Attack(run, "Singling out", AttackArea.SinglingOut), "5.3", "wp216"),
        "linkability" => new(Attack(run, "Linkability", AttackArea.Linkability), "5.3", "wp216"),
        "inference" => new(Attack(run, "Inference", AttackArea.Inference), "5.3", "wp216"),
        "identity-disclosure" => new(
            "Probability of re-identification for comparison with 0.09: not computed, because this run has no population-based estimate. Membership-inference figures are another quantity and are not to be compared with it.", "5.1", "membership"),
        "copies" => new(Figure(run.Privacy?.Copies, "Copies", "the copy screen was not part of this run"), "5.4", "copies"),
        "exposed" => new(Figure(run.Privacy?.Exposed, "Most exposed groups", "the attacks were not repeated on exposed groups"), "5.5", "exposed"),
        "controls" => new(Controls(run), "5.6", "controls"),
        "fidelity" => new(Phrases.Sentence(run.Decision.Faithful.Sentence), "6", "fidelity"),
        "utility" => new(Phrases.Sentence(run.Decision.Useful.Sentence), "7", "utility"),
        "fairness" => new(run.Fairness is { } f ? Readings.Groups(f) : "Groups: not computed, because the run compared none.", "8", "fairness"),
        "reproduction" => new($"Version {run.Provenance.LetheVersion}, seed {run.Provenance.Seed}, {Phrases.Plural(run.Provenance.Files.Count, "fingerprinted file")}.", "10", "reproduction"),
        "edition" => new($"{Phrases.EditionName(run.Edition)}: {Phrases.EditionMeaning(run.Edition)}", "0", "decision"),
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "The regulatory map names evidence that the report does not have."),
    };

    private static string Context(RunDocument run) => run.Context is { } c
        ? $"Purpose: {c.Purpose ?? Fact.NotStated}; recipient: {c.Recipient ?? Fact.NotStated}; release model: {c.ReleaseModel ?? Fact.NotStated}."
        : "Purpose, recipient and controls were not stated.";

    private static string Method(RunDocument run) => run.Method.Method is { } m
        ? $"{m.Title}; {Phrases.Plural(run.Method.Deviations.Count, "deviation")} from the paper, {Phrases.Plural(run.Method.LearntFromData.Count, "quantity", "quantities")} learnt in pre-processing."
        : "The synthetic file came from elsewhere; the method is unknown.";

    private static string Controls(RunDocument run) => run.Privacy is { Controls.Count: > 0 } p
        ? $"Controls: {p.Controls.Count(c => c.Passed)} of {p.Controls.Count} behaved as expected."
        : "Controls: not computed, because none were run.";

    private static string Columns(RunDocument run, string name, Func<ColumnSummary, bool> belongs)
    {
        string[] columns = [.. run.Data.Columns.Where(belongs).Select(c => c.Name)];
        return columns.Length == 0 ? $"No column is marked among the {name}." : $"Columns marked among the {name}: {Phrases.List(columns)}.";
    }

    private static string Attack(RunDocument run, string name, AttackArea area)
    {
        AttackResult[] attacks = [.. (run.Privacy?.Attacks ?? []).Where(a => a.Area == area)];
        return attacks.Length == 0 ? $"{name}: not computed, because no such attack was run." : $"{name}. {Readings.Attacks(attacks)}";
    }

    private static string Figure(IReadOnlyList<Measure>? measures, string name, string because) =>
        measures is { Count: > 0 }
            ? $"{name}: {string.Join("; ", measures.Take(3).Select(m => $"{m.Name}{(m.Subject is null ? "" : $" ({m.Subject})")} {Phrases.ValueWithInterval(m)}"))}."
            : $"{name}: not computed, because {because}.";
}
