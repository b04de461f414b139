using Lethe.Reporting.Sections;
using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Cards;

/// <summary>The model card, data card and privacy card of a run, as far as the document holds their contents.</summary>
public static class CardDeck
{
    private const string NotForCare = "Synthetic: not for clinical decisions.";

    /// <summary>All three cards. A release document gives release cards.</summary>
    public static IReadOnlyList<Card> For(RunDocument run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [Model(run), Data(run), Privacy(run)];
    }

    /// <summary>What the model is, what it was trained on and what it may be used for.</summary>
    public static Card Model(RunDocument run)
    {
        ArgumentNullException.ThrowIfNull(run);
        MethodSection m = run.Method;
        return new Card("model-card", $"Model card: {m.Method?.Title ?? "unknown generator"}",
        [
            new("Method", m.Method is { } d ? [$"{d.Title} ({d.Name}), {d.Family}.", d.Summary, $"Source: {d.Paper}", $"Lethe {run.Provenance.LetheVersion}."] : ["The synthetic file came from elsewhere."]),
            new("Training data", [$"{run.Data.Name}: {Phrases.Plural(run.Data.Counts.GetValueOrDefault("train"), "row")}, {Phrases.Plural(run.Data.Columns.Count, "column")}; {run.Data.Unit}.", .. Simulated(run)]),
            new("Intended use", Stated(run.Context?.Purpose)),
            new("Excluded uses", [NotForCare, .. run.Context?.ExcludedUses ?? []]),
            new("Performance", [Phrases.Sentence(run.Decision.Faithful.Sentence), Phrases.Sentence(run.Decision.Useful.Sentence)]),
            new("Privacy claim", [Phrases.Sentence(m.PrivacyClaim), Phrases.Sentence(run.Decision.Private.Sentence)]),
            new("Ethical notes", [run.Fairness is { } f ? Readings.Groups(f) : "Whether small groups are represented was not computed.", "The model may carry on the biases of its training data."]),
            new("Licence", Stated(run.Context?.Licence)),
            new("Contact", Stated(run.Context?.Contact)),
            new("How to cite", [$"{run.Title}, made with Lethe {run.Provenance.LetheVersion}, {run.Provenance.FinishedUtc}.", .. m.Method is { } c ? [c.Paper] : Array.Empty<string>()]),
        ]);
    }

    /// <summary>What the synthetic file imitates and what was checked; ships with the file.</summary>
    public static Card Data(RunDocument run)
    {
        ArgumentNullException.ThrowIfNull(run);
        FileFingerprint? file = run.Provenance.Files.FirstOrDefault(f => f.Role == "synthetic");
        return new Card("data-card", $"Data card: synthetic {run.Data.Name}",
        [
            new("What it imitates", [.. Stated(run.Data.Origin), .. Simulated(run), NotForCare]),
            new("For whom", Stated(run.Context?.Recipient)),
            new("Size", [$"{Phrases.Plural(run.Data.Counts.GetValueOrDefault("synthetic"), "record")}, {Phrases.Plural(run.Data.Columns.Count, "column")}."]),
            new("Columns", [.. run.Data.Columns.Select(c => $"{c.Name}: {c.Kind}, {ColumnWords.Role(c.Role)}{(c.Unit is null ? "" : $", {c.Unit}")}")]),
            new("Checked", [.. Checked(run)]),
            new("Not checked", [.. run.Privacy?.NotTested ?? ["Empirical privacy was not part of the run."], .. run.Utility is null ? ["Utility: no target was named."] : Array.Empty<string>(), .. run.Fairness is null ? ["Groups were not compared."] : Array.Empty<string>()]),
            new("Known artefacts", [.. run.Method.CollapseChecks.Where(c => !c.Passed).Select(c => $"{c.Name}: {c.Detail}"), .. run.Method.Notices]),
            new("Licence", Stated(run.Context?.Licence)),
            new("Version", [$"{run.Provenance.FinishedUtc}, Lethe {run.Provenance.LetheVersion}, seed {run.Provenance.Seed}."]),
            new("Checksum", file is null ? [] : [$"{file.Name}: SHA-256 {file.Sha256}"]),
        ]);
    }

    /// <summary>What the formal claim rests on, or that there is none.</summary>
    public static Card Privacy(RunDocument run)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<CardPart> parts = [new("Claim", [Phrases.Sentence(run.Method.PrivacyClaim)])];
        if (run.FormalPrivacy is { } p)
        {
            parts.Add(new("Terms of the claim", [.. SectionFacts.PrivacyCard(p).Select(f => $"{f.Name}: {f.Text}")]));
            parts.Add(new("Meaning of ε", [Phrases.EpsilonMeaning(p.Epsilon, p.Delta)]));
            parts.Add(new("Uses of the data", [.. p.Ledger.Select(l => $"{l.Use}: {l.Cost}")]));
        }
        else
        {
            parts.Add(new("Terms of the claim", [$"Unit of privacy: {run.Data.Unit}.", "ε, δ, mechanism, sampling and accountant: not computed, because the method carries no formal claim."]));
        }

        parts.Add(new("Empirical findings", run.Privacy is { } e
            ? [.. e.Verdict is null ? Array.Empty<string>() : [Phrases.Sentence(e.Verdict)], .. e.Attacks.Select(a => $"{a.Attack.Title}: {a.Finding}")]
            : ["Not computed, because empirical privacy was not asked for."]));
        parts.Add(new("Not tested", run.Privacy?.NotTested ?? []));
        return new Card("privacy-card", $"Privacy card: {run.Title}", parts);
    }

    private static IEnumerable<string> Checked(RunDocument run)
    {
        if (run.Fidelity is { } f)
            yield return $"Distribution of {Phrases.Plural(f.Columns.Count, "column")}{(f.Associations is { } a ? $" and the associations of {Phrases.Plural(Readings.Difference(a).Pairs, "pair")}" : "")}.";
        if (run.Utility is { } u)
            yield return $"Prediction of {u.Target} by {Phrases.Plural(u.Learners.Count, "learner")}.";
        if (run.Privacy is { } p)
            yield return $"{Phrases.Plural(p.Attacks.Count, "attack")} and the screen for copies.";
        if (run.Fairness is { } g)
            yield return $"{Phrases.Plural(g.Groups.Count, "group")}.";
    }

    private static string[] Simulated(RunDocument run) => run.Data.Simulated ? ["The source data were simulated by Lethe: no real patient is behind them."] : [];

    private static string[] Stated(string? text) => string.IsNullOrWhiteSpace(text) ? [] : [Phrases.Sentence(text)];
}
