using System.Globalization;
using System.Text.RegularExpressions;
using Lethe.Results;

namespace Lethe.Reporting.Editions;

/// <summary>
/// Reduces a document to what may be shown outside: no real rows, no extremes, no cells under 10, rounded rates, no figures
/// of single patients. The reduction acts on the document, so HTML, Markdown and JSON of the release edition agree.
/// </summary>
public static partial class ReleaseEdition
{
    /// <summary>Counts below this are withheld.</summary>
    public const int LeastCell = 10;

    /// <summary>The document in the given edition.</summary>
    /// <exception cref="ArgumentException">An internal view was asked of a document that is already reduced.</exception>
    public static RunDocument For(RunDocument document, ReportEdition edition)
    {
        ArgumentNullException.ThrowIfNull(document);
        return (document.Edition, edition) switch
        {
            (ReportEdition.Internal, ReportEdition.Internal) => document,
            (_, ReportEdition.Release) => Reduce(document),
            _ => throw new ArgumentException("The document is of the release edition: what was withheld cannot be shown. Use the run's own results.json.", nameof(edition)),
        };
    }

    /// <summary>The release view of a document; a document that is already reduced stays as it is.</summary>
    public static RunDocument Reduce(RunDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Edition == ReportEdition.Release)
            return document;
        int train = document.Data.Counts.GetValueOrDefault("train"), holdout = document.Data.Counts.GetValueOrDefault("holdout");
        return document with
        {
            Edition = ReportEdition.Release,
            Provenance = document.Provenance with { Files = [.. document.Provenance.Files.Where(f => f.Role != "input")] },
            Decision = Decision(document.Decision),
            Data = Data(document.Data, train),
            Cohort = document.Cohort is { } c ? CohortReduction.Reduce(c) : null,
            Method = document.Method with
            {
                Notices = Sentences(document.Method.Notices),
                LearntFromData = Sentences(document.Method.LearntFromData),
                CollapseChecks = Checks(document.Method.CollapseChecks),
                Selection = document.Method.Selection is { } s ? s with { Rows = [.. s.Rows.Select(r => r with { Scores = [.. r.Scores.Select(Rate)] })] } : null,
            },
            Fidelity = document.Fidelity is { } f ? Fidelity(f, train, holdout) : null,
            Series = document.Series is { } courses ? SeriesReduction.Reduce(courses) : null,
            Utility = document.Utility is { } u ? UtilityReduction.Reduce(u, holdout) : null,
            Fairness = document.Fairness is { } g ? Fairness(g, train) : null,
            Privacy = document.Privacy is { } p ? Privacy(p) : null,
            Limitations = Sentences(document.Limitations),
        };
    }

    /// <summary>A figure with rounded rates and no count under 10.</summary>
    internal static Measure Measure(Measure m) => m with
    {
        Value = Rate(m.Value),
        Interval = Rate(m.Interval),
        Reference = Rate(m.Reference),
        ReferenceInterval = Rate(m.ReferenceInterval),
        N = m.N is { } n ? Cell(n) : null,
        // Notes carry counts in free words: one that holds a small number goes.
        Note = m.Note is null || SmallNumber().IsMatch(m.Note) ? null : m.Note,
    };

    internal static IReadOnlyList<Measure> Measures(IEnumerable<Measure> measures) => [.. measures.Where(m => !IsExtreme(m)).Select(Measure)];

    internal static int Cell(int count) => count is >= 0 and < LeastCell ? SuppressedCount.UnderTen : count;

    /// <summary>Two decimals below 10, one significant digit below 0.01; figures above are no rates.</summary>
    internal static double? Rate(double? value)
    {
        if (value is not { } v || Math.Abs(v) >= 10)
            return value;
        if (v == 0 || Math.Abs(v) >= 0.01)
            return Math.Round(v, 2);
        return Math.Round(v, Math.Min(15, (int)Math.Ceiling(-Math.Log10(Math.Abs(v)))));
    }

    /// <summary>Counts under 10 in a sentence about patients or rows become "fewer than 10"; rates are rounded.</summary>
    internal static string Sentence(string text) =>
        LongDecimal().Replace(SmallCount().Replace(text, "fewer than 10 "), m => Text.Figures.Constant(Rate(double.Parse(m.Value, CultureInfo.InvariantCulture))));

    // A rate with three decimals or more, not a part of a version or a list of numbers.
    [GeneratedRegex(@"(?<![\w.])[0-9]+\.[0-9]{3,}(?![\w.][0-9])")]
    private static partial Regex LongDecimal();

    [GeneratedRegex(@"(?<![\w.,\u202f−-])[0-9] (?=((training|holdout|real|synthetic|reference|unseen|unused|further|other|missing|exact|near) )*(rows?|patients?|records?|members?|non-members?|cells?|values?|cases?|stays?|episodes?|persons?|people|women|men)\b|of (the )?[0-9]|hit\b|nearly\b)")]
    private static partial Regex SmallCount();

    [GeneratedRegex(@"(?<![\w.,\u202f−-])[0-9](?![\w.,\u202f])(?! ?%)")]
    private static partial Regex SmallNumber();

    internal static IReadOnlyList<string> Sentences(IReadOnlyList<string> texts) => [.. texts.Select(Sentence)];

    private static IReadOnlyList<Check> Checks(IReadOnlyList<Check> checks) => [.. checks.Select(c => c with { Detail = Sentence(c.Detail) })];

    private static Interval? Rate(Interval? i) => i is null ? null : i with { Lower = Rate(i.Lower)!.Value, Upper = Rate(i.Upper)!.Value };

    // Distances to the closest record are functions of single patients; with many of them records can be rebuilt.
    private static bool IsDistance(Measure m) => m.Id.Split('.', '-').Any(part => part is "dcr" or "nndr" or "nnaa" or "closer" or "distance" or "protection");

    // Smallest and largest values are single patients.
    private static bool IsExtreme(Measure m) => m.Id.Split('.', '-').Any(part => part is "min" or "max" or "minimum" or "maximum");

    private static DecisionSection Decision(DecisionSection d) => d with
    {
        Faithful = Answer(d.Faithful),
        Useful = Answer(d.Useful),
        Private = Answer(d.Private),
        Caveats = Sentences(d.Caveats),
        Gates = Checks(d.Gates),
    };

    private static Answer Answer(Answer a) => a with { Sentence = Sentence(a.Sentence), Key = a.Key is null ? null : Measure(a.Key) };

    private static DataSection Data(DataSection d, int train) => d with
    {
        Counts = d.Counts.ToDictionary(p => p.Key, p => p.Key == "synthetic" || p.Value == 0 ? p.Value : Cell(p.Value)),
        Columns = [.. d.Columns.Select(c => c with { MissingShare = c.MissingShare > 0 && c.MissingShare * train < LeastCell - 0.5 ? SuppressedCount.UnderTen : Rate(c.MissingShare)!.Value })],
        Exclusions = Sentences(d.Exclusions),
        Warnings = Sentences(d.Warnings),
    };

    private static FidelitySection Fidelity(FidelitySection f, int train, int holdout) => f with
    {
        Overall = Measures(f.Overall),
        Columns = [.. f.Columns.Select(c => c with { Measures = Measures(c.Measures), Distribution = DistributionReduction.Reduce(c.Distribution, train, holdout) })],
        Associations = f.Associations is { } a ? a with { Real = Rounded(a.Real), Synthetic = Rounded(a.Synthetic), Holdout = a.Holdout is { } h ? Rounded(h) : null } : null,
        WorstPairs = Measures(f.WorstPairs),
        Detection = Measures(f.Detection),
        Projection = null,
        Neighbourhoods = null,
        Plausibility = Measures(f.Plausibility),
        Novelty = Measures(f.Novelty.Where(m => !IsDistance(m))),
        Survival = Measures(f.Survival),
        Notes = Sentences(f.Notes),
    };

    private static FairnessSection Fairness(FairnessSection f, int train) => f with
    {
        Groups = [.. f.Groups.Where(g => g.RealShare * train >= LeastCell - 0.5).Select(g => g with
        {
            Holdout = Cell(g.Holdout),
            RealShare = Rate(g.RealShare)!.Value,
            SyntheticShare = Rate(g.SyntheticShare)!.Value,
            Measures = g.Holdout < LeastCell ? [] : Measures(g.Measures),
        })],
        Gaps = Measures(f.Gaps),
    };

    private static PrivacySection Privacy(PrivacySection p) => p with
    {
        Attacks = [.. p.Attacks.Select(a => a with
        {
            Measures = Measures(a.Measures),
            Roc = [.. a.Roc.Select(CurveReduction.Roc)],
            Members = Cell(a.Members),
            NonMembers = Cell(a.NonMembers),
            Finding = Sentence(a.Finding),
            Power = a.Power is null ? null : Sentence(a.Power),
        })],
        Copies = Measures(p.Copies),
        Distances = [],
        DistanceCurves = [],
        Controls = [.. p.Controls.Select(c => c with { Figure = Measure(c.Figure) })],
        Exposed = Measures(p.Exposed),
        Verdict = p.Verdict is null ? null : Sentence(p.Verdict),
        NotTested = Sentences(p.NotTested),
    };

    internal static IReadOnlyList<IReadOnlyList<double?>> Rounded(IReadOnlyList<IReadOnlyList<double?>> m) => [.. m.Select(row => (IReadOnlyList<double?>)[.. row.Select(Rate)])];
}
