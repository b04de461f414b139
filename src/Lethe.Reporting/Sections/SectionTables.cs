using Lethe.Reporting.Text;
using Lethe.Results;

namespace Lethe.Reporting.Sections;

/// <summary>The tables that sections show, the same for HTML and Markdown.</summary>
internal static class SectionTables
{
    // Four figures with intervals beside the attack's name fill the width of a page.
    private const int MostFigures = 4;

    private static readonly string[] PartOrder = ["train", "holdout", "reference", "synthetic"];

    /// <summary>The three answers with key number, interval, reference and status.</summary>
    public static TextTable Answers(DecisionSection d)
    {
        (string Question, Answer Answer)[] rows = [("Faithful", d.Faithful), ("Useful", d.Useful), ("Private", d.Private)];
        return new TextTable(
            "The numbers behind the three answers",
            [new("Question"), new("Key number"), TextColumn.Figure("Value"), TextColumn.Figure("95 % interval"), TextColumn.Figure("Reference"), new("What the reference is"), TextColumn.Figure("Ideal"), new("Status"), new("Decided by")],
            [.. rows.Select(r => (IReadOnlyList<string>)
            [
                r.Question,
                r.Answer.Key?.Name ?? Figures.None,
                r.Answer.Key is { } k ? k.Value is null ? Phrases.NotComputed(k.NotComputedBecause) : Figures.Number(k.Value) : Figures.None,
                Figures.Range(r.Answer.Key?.Interval),
                Figures.Number(r.Answer.Key?.Reference),
                r.Answer.Key?.ReferenceName ?? Figures.None,
                Figures.Constant(r.Answer.Key?.Ideal),
                r.Question == "Private" ? Phrases.PrivacyStatusWord(r.Answer.Status) : Phrases.StatusWord(r.Answer.Status),
                r.Answer.Basis,
            ])]);
    }

    public static TextTable Gates(IReadOnlyList<Check> gates) => Checks("Gates stated by the user", "Gate", gates);

    public static TextTable Checks(string caption, string name, IReadOnlyList<Check> checks) => new(
        caption,
        [new(name), new("Outcome"), new("Detail")],
        [.. checks.Select(c => (IReadOnlyList<string>)[c.Name, c.Passed ? "met" : "missed", c.Detail])]);

    public static TextTable Counts(DataSection d) => new(
        "Rows per part",
        [new("Part"), TextColumn.Figure("Rows"), new("Used for")],
        [.. d.Counts.OrderBy(p => Array.IndexOf(PartOrder, p.Key) is >= 0 and var i ? i : 99).Select(p => (IReadOnlyList<string>)[p.Key, Figures.Cell(p.Value), PartUse(p.Key)])]);

    public static TextTable Columns(DataSection d) => new(
        "Columns in order",
        [new("Column"), new("Kind"), new("Role"), new("Unit"), TextColumn.Figure("Missing"), TextColumn.Figure("Distinct"), new("Bounds or levels")],
        [.. d.Columns.Select(c => (IReadOnlyList<string>)
        [
            c.Name, c.Kind, ColumnWords.Role(c.Role), c.Unit ?? "", c.MissingShare < 0 ? "<10 cells" : Figures.Percent(c.MissingShare), Figures.Count(c.Distinct), c.DomainOrigin ?? Figures.None,
        ])]);

    public static TextTable Options(MethodSection m) => new(
        "Options as resolved",
        [new("Option"), new("Value")],
        [.. m.Options.Select(o => (IReadOnlyList<string>)[o.Key, o.Value])]);

    public static TextTable Selection(SelectionTable s) => new(
        "Candidates of the automatic choice",
        [new("Method"), .. s.Criteria.Select(TextColumn.Figure), TextColumn.Figure("Mean rank"), new("Chosen")],
        [.. s.Rows.Select(r => (IReadOnlyList<string>)[r.Method, .. r.Scores.Select(Figures.Number), Figures.Number(r.MeanRank), r.Chosen ? "chosen" : ""])]);

    public static TextTable Ledger(PrivacyCard p) => new(
        "Every use of the real data, in order",
        [new("Use"), new("How it is covered")],
        [.. p.Ledger.Select(l => (IReadOnlyList<string>)[l.Use, l.Cost])]);

    /// <summary>
    /// One row an attack, one column a figure, blind guessing in the first row. Attacks with many figures give several tables:
    /// more columns do not fit a printed page.
    /// </summary>
    public static IReadOnlyList<TextTable> Attacks(IReadOnlyList<AttackResult> attacks)
    {
        string[][] parts = [.. attacks.SelectMany(a => a.Measures).Select(m => m.Name).Distinct().Chunk(MostFigures)];
        return [.. parts.Select((figures, part) => Attacks(attacks, figures, part == 0 ? "Attacks beside blind guessing, with 95 % intervals" : "Further figures of the attacks"))];
    }

    private static TextTable Attacks(IReadOnlyList<AttackResult> attacks, string[] figures, string caption)
    {
        string Guessing(string figure) => Figures.Constant(attacks.SelectMany(a => a.Measures).FirstOrDefault(m => m.Name == figure && m.Ideal is not null)?.Ideal);
        string Cell(AttackResult attack, string figure) =>
            attack.Measures.FirstOrDefault(m => m.Name == figure) is not { } m ? Figures.None : m.Value is null ? "not computed" : Phrases.ValueWithInterval(m);
        return new TextTable(
            caption,
            [new("Attack"), new("Level"), .. figures.Select(TextColumn.Figure), TextColumn.Figure("Members, others")],
            [
                ["Blind guessing", "", .. figures.Select(Guessing), ""],
                .. attacks.Select(a => (IReadOnlyList<string>)[a.Attack.Title, Level(a.ThreatModel), .. figures.Select(f => Cell(a, f)), $"{Figures.Cell(a.Members)}, {Figures.Cell(a.NonMembers)}"]),
            ]);
    }

    public static TextTable Controls(IReadOnlyList<ControlResult> controls) => new(
        "Controls: the same attacks where the answer is known",
        [new("Control"), new("Kind"), new("Expected"), TextColumn.Figure("Found"), TextColumn.Figure("95 % interval"), TextColumn.Figure("Blind guessing"), new("Outcome")],
        [.. controls.Select(c => (IReadOnlyList<string>)
        [
            c.Name, c.Leak ? "planted leak" : "no leak", c.Expectation, c.Figure.Value is null ? Phrases.NotComputed(c.Figure.NotComputedBecause) : Figures.Number(c.Figure.Value),
            Figures.Range(c.Figure.Interval), Figures.Constant(c.Figure.Ideal), c.Passed ? "as expected" : "failed",
        ])]);

    public static TextTable Report(string caption, ClassificationReport r) => new(
        caption,
        [new("Class"), TextColumn.Figure("Precision"), TextColumn.Figure("Recall"), TextColumn.Figure("F1"), TextColumn.Figure("Support")],
        [
            .. r.Classes.Append(r.MacroAverage).Append(r.WeightedAverage).Select(c => (IReadOnlyList<string>)[c.Label, Score(c.Precision), Score(c.Recall), Score(c.F1), Figures.Cell(c.Support)]),
            ["accuracy", "", "", Score(r.Accuracy), Figures.Cell(r.Classes.Any(c => c.Support < 0) ? SuppressedCount.Withheld : r.Classes.Sum(c => c.Support))],
        ]);

    public static TextTable Confusion(string caption, ClassificationReport r) => new(
        caption,
        [new("True class"), .. r.Classes.Select(c => TextColumn.Figure(c.Label))],
        [.. r.Confusion.Select((row, k) => (IReadOnlyList<string>)[r.Classes[k].Label, .. row.Select(Figures.Cell)])]);

    public static TextTable Groups(FairnessSection f) => new(
        "Groups: who is there, who disappeared",
        [new("Attribute"), new("Group"), TextColumn.Figure("Share real"), TextColumn.Figure("Share synthetic"), TextColumn.Figure("Ratio"), TextColumn.Figure("n holdout"), new("Remark")],
        [.. f.Groups.Select(g => (IReadOnlyList<string>)
        [
            g.Attribute, g.Group, Figures.Percent(g.RealShare), Figures.Percent(g.SyntheticShare),
            g.RealShare > 0 ? Figures.Number(g.SyntheticShare / g.RealShare) : Figures.None, Figures.Cell(g.Holdout), Readings.GroupRemark(g),
        ])]);

    public static TextTable Files(IReadOnlyList<FileFingerprint> files) => new(
        "Fingerprints of inputs and outputs",
        [new("File"), new("Role"), TextColumn.Figure("Size"), new("SHA-256")],
        [.. files.Select(f => (IReadOnlyList<string>)[f.Name, f.Role, Figures.Bytes(f.Bytes), f.Sha256])]);

    /// <summary>The level of access at the start of a threat model, e.g. <c>T0</c>.</summary>
    public static string Level(string threatModel) =>
        threatModel.Length >= 2 && threatModel[0] == 'T' && char.IsAsciiDigit(threatModel[1]) ? threatModel[..2] : threatModel;

    /// <summary>A score of a class, where the release edition may have withheld it (below zero).</summary>
    public static string Score(double score) => score < 0 ? "withheld" : Figures.Number(score);

    private static string PartUse(string part) => part switch
    {
        "train" => "fitting the generator; members in membership attacks",
        "holdout" => "never seen by the generator: reference of fidelity, test of utility, non-members",
        "reference" => "the adversary's own similar data",
        "synthetic" => "the data that may leave",
        _ => "",
    };
}
