using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Sections;

/// <summary>The facts that sections list, the same for HTML and Markdown.</summary>
internal static class SectionFacts
{
    public static IReadOnlyList<Fact> Cover(RunDocument run) =>
    [
        new("Source data", run.Data.Simulated ? $"{run.Data.Name} (simulated)" : run.Data.Name),
        new("Generator", run.Method.Method?.Title ?? "not made by this run: the synthetic file came from elsewhere"),
        new("Synthetic records", Figures.Count(run.Data.Counts.GetValueOrDefault("synthetic"))),
        new("Finished", Figures.Moment(run.Provenance.FinishedUtc)),
        new("Lethe", run.Provenance.LetheVersion),
        new("Seed", run.Provenance.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];

    public static IReadOnlyList<Fact> Release(RunDocument run)
    {
        FileFingerprint? file = run.Provenance.Files.FirstOrDefault(f => f.Role == "synthetic");
        int rows = run.Data.Counts.GetValueOrDefault("synthetic");
        string what = $"{Phrases.Plural(rows, "synthetic record")} with {Phrases.Plural(Modelled(run), "column")}" +
            (file is null ? "." : $": {file.Name}, SHA-256 {file.Sha256[..Math.Min(12, file.Sha256.Length)]}…");
        string remaining = Phrases.Sentence(run.Decision.Private.Sentence) + (run.FormalPrivacy is null ? " No formal claim limits what else can be learnt." : "");
        IReadOnlyList<string> untested = run.Privacy?.NotTested ?? [];
        string notTested = untested.Count == 0
            ? run.Privacy is null ? "Every attack: empirical privacy was not part of this run." : "Nothing is listed; section 9 gives the assumptions."
            : string.Join(" ", untested.Take(3).Select(Phrases.Sentence)) + (untested.Count > 3 ? $" {untested.Count - 3} more in section 9." : "");
        return
        [
            new("Purpose", run.Context?.Purpose, ToFill: true),
            new("What may leave", what),
            new("To whom", run.Context?.Recipient, ToFill: true),
            new("Remaining risk", remaining),
            new("Not tested", notTested),
        ];
    }

    public static IReadOnlyList<Fact> Context(RunDocument run)
    {
        ContextSection? c = run.Context;
        return
        [
            new("Intended use", c?.Purpose, ToFill: true),
            new("Excluded uses", Fact.Join(c?.ExcludedUses), ToFill: true),
            new("Recipients", c?.Recipient, ToFill: true),
            new("Release model", c?.ReleaseModel, ToFill: true),
            new("Environment", c?.Environment, ToFill: true),
            new("Controls", Fact.Join(c?.Controls), ToFill: true),
            new("Licence of the synthetic data", c?.Licence, ToFill: true),
            new("Contact", c?.Contact, ToFill: true),
        ];
    }

    public static IReadOnlyList<Fact> Source(RunDocument run)
    {
        DataSection d = run.Data;
        return
        [
            new("Name", d.Name),
            new("Origin", d.Simulated ? $"Simulated by Lethe: no real patient is behind this run. {d.Origin}".TrimEnd() : d.Origin),
            new("Legal basis", run.Context?.LegalBasis, ToFill: true),
            new("Unit of privacy", d.Unit),
            new("Rows read", Figures.Count(d.RowsRead)),
            new("Columns", d.Columns.Count == 0 ? "none" : $"{d.Columns.Count} ({string.Join(", ", d.Columns.GroupBy(c => ColumnWords.Role(c.Role)).Select(g => $"{g.Count()} {g.Key}"))})"),
            new("Target", d.Target ?? "none"),
        ];
    }

    public static IReadOnlyList<Fact> Method(RunDocument run)
    {
        MethodSection m = run.Method;
        return m.Method is { } method
            ?
            [
                new("Generator", $"{method.Title} ({method.Name})"),
                new("Family", method.Family),
                new("In one line", method.Summary),
                new("Source", method.Paper),
                new("Time of fitting", m.FitSeconds > 0 ? Figures.Duration(m.FitSeconds) : null),
            ]
            : [new("Generator", "unknown: the synthetic file came from elsewhere and was only evaluated here")];
    }

    public static IReadOnlyList<Fact> PrivacyCard(PrivacyCard p) =>
    [
        new("Unit of privacy", p.Unit),
        new("Neighbouring relation", p.Relation),
        new("ε", Figures.Number(p.Epsilon)),
        new("δ", Figures.Number(p.Delta) + (p.DeltaRule is null ? "" : $" ({p.DeltaRule})")),
        new("Mechanism", p.Mechanism),
        new("Clipping norm", p.ClippingNorm is { } c ? Figures.Number(c) : "the mechanism has none"),
        new("Noise multiplier", p.NoiseMultiplier is { } n ? Figures.Number(n) : "the mechanism has none"),
        new("Noisy steps", p.Steps is { } s ? Figures.Count(s) : null),
        new("Sampling as executed", p.Sampling is null ? null : p.Sampling + (p.SamplingRate is { } r ? $", rate {Figures.Number(r)}" : "")),
        new("Accountant", p.Accountant),
        new("Random source", p.RandomSource),
        new("Numeric hazards", Fact.Join(p.NumericHazards)),
        new("Earlier releases from the same patients", p.EarlierReleases, ToFill: true),
        new("Who may see intermediate states", p.IntermediateStates, ToFill: true),
        new("Assumptions", Fact.Join(p.Assumptions)),
        new("Review", p.Review, ToFill: true),
    ];

    public static IReadOnlyList<Fact> Reproduction(RunDocument run)
    {
        Provenance p = run.Provenance;
        return
        [
            new("Command", p.Command),
            new("Lethe", p.LetheVersion),
            new("Seed", p.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("Threads", Figures.Count(p.Threads)),
            new("Machine", p.Machine),
            new("Finished", Figures.Moment(p.FinishedUtc)),
            new("Run time", Figures.Duration(p.Seconds)),
            new("Repeatability", run.FormalPrivacy is null
                ? "Same inputs, configuration, seed, version and thread count give the same bytes on the same kind of machine."
                : "The protective noise of the formal claim is never seeded: the run repeats in distribution, not in bytes."),
        ];
    }

    private static int Modelled(RunDocument run) => run.Data.Columns.Count(c => !ColumnWords.IsIdentifier(c));
}
