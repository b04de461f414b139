using System.Globalization;
using Lethe.Audit;
using Lethe.Results;
using Lethe.Studies.Configuration;

namespace Lethe.Studies.Decisions;

/// <summary>
/// The decision page: three questions, each with one figure and its colour. A failed collapse check makes the first
/// answer red whatever its figure, a detector that does worse than guessing keeps it from being green; a privacy answer is green
/// only when every attack was shown to be equivalent to guessing.
/// </summary>
internal static class DecisionMaker
{
    /// <summary>Stands in a draft until the rest of the document is known.</summary>
    public static DecisionSection Undecided { get; } = new()
    {
        Faithful = NotComputed("Not decided yet."),
        Useful = NotComputed("Not decided yet."),
        Private = NotComputed("Not decided yet."),
        FormalClaim = Lethe.Privacy.PrivacyClaim.None.Sentence,
        Caveats = [],
    };

    public static DecisionSection Decide(RunDocument document, AuditState? audit, IReadOnlyList<Gate> gates) => new()
    {
        Faithful = document.Series is { } series ? Courses(document, series, Faithful(document)) : Faithful(document),
        Useful = Useful(document),
        Private = Private(document, audit),
        FormalClaim = document.Method.PrivacyClaim,
        Caveats = [.. document.Limitations.Take(3)],
        Gates = GateKeeper.Check(gates, document),
    };

    private static Answer Faithful(RunDocument document)
    {
        Measure? key = document.Fidelity?.Detection.Where(m => KeyFigures.Detection.Contains(m.Id)).MaxBy(m => m.Value ?? double.NegativeInfinity);
        Check[] collapsed = [.. document.Method.CollapseChecks.Where(c => !c.Passed)];
        if (collapsed.Length > 0)
            return new Answer(Status.Red, $"No: the generator collapsed ({string.Join("; ", collapsed.Select(c => $"{c.Name}: {c.Detail}"))}).", key, "collapse checks, " + DefaultGates.Origin);
        if (key?.Value is not { } detection || Find(document.Fidelity?.Overall, KeyFigures.Pairs)?.Value is not { } pairs)
            return NotComputed("Not answered: fidelity was not computed.", key);
        Measure? copying = Copying(document);
        Status status = detection > DefaultGates.Obvious || pairs < DefaultGates.PairsDiffer ? Status.Red
            : detection <= DefaultGates.Detectable && pairs >= DefaultGates.PairsAgree && copying is null ? Status.Green
            : Status.Amber;
        string reading = status switch { Status.Green => "Yes", Status.Amber => "Partly", _ => "No" };
        string interval = key.Interval is { } i ? $" (95 % interval {Text(i.Lower)} to {Text(i.Upper)})" : "";
        string beside = key.Reference is { } reference ? $", unseen real patients by {Text(reference)}" : "";
        string copied = copying is null ? "" : $" {copying.Name} is {Text(copying.Value!.Value)}, worse than guessing: training patients, or values of theirs, may come back as copies. Read the copies and distances before calling this faithful.";
        return new Answer(
            status,
            $"{reading}: a classifier tells the synthetic from the training patients by an AUC of {Text(detection)}{interval}{beside}; pairs of columns agree to {Text(pairs)} of what a fresh real sample would reach.{copied}",
            key,
            $"green up to {Text(DefaultGates.Detectable)} with pairs from {Text(DefaultGates.PairsAgree)} and no detector below {Text(DefaultGates.Copied)}, red beyond {Text(DefaultGates.Obvious)} or pairs below {Text(DefaultGates.PairsDiffer)} ({DefaultGates.Origin})");
    }

    /// <summary>
    /// The detector that does worst, when it does worse than guessing: its AUC below the limit, its interval below one half, and
    /// lower than for unseen real patients. A row and its copy in different folds carry opposite labels, which teaches a detector the wrong one.
    /// </summary>
    private static Measure? Copying(RunDocument document) => document.Fidelity?.Detection
        .Where(m => KeyFigures.Detection.Contains(m.Id) && m.Value < DefaultGates.Copied && !(m.Interval?.Upper >= 0.5) && !(m.Reference <= m.Value))
        .MinBy(m => m.Value);

    /// <summary>Of a cohort the courses decide, and the static columns can only make the answer worse: right admission sheets say nothing of a course.</summary>
    private static Answer Courses(RunDocument document, SeriesSection series, Answer statics)
    {
        Measure? key = series.Detection.FirstOrDefault(m => m.Id == KeyFigures.Courses);
        if (key?.Value is not { } distance)
            return statics.Status == Status.Red ? statics : NotComputed("Not answered: too few stays, or no time, for a judge of courses; the static columns alone do not answer it.", key);
        Status status = distance > DefaultGates.CoursesObvious || statics.Status == Status.Red ? Status.Red
            : distance <= DefaultGates.CoursesDetectable && statics.Status == Status.Green ? Status.Green
            : Status.Amber;
        string reading = status switch { Status.Green => "Yes", Status.Amber => "Partly", _ => "No" };
        string interval = key.Interval is { } i ? $" (95 % interval {Text(0.5 + i.Lower)} to {Text(0.5 + i.Upper)})" : "";
        string beside = key.Reference is { } reference ? $", unseen real courses in {Text(0.5 + reference)}" : "";
        string sheets = statics.Status is Status.Green or Status.Grey ? "" : $" Static columns: {statics.Sentence}";
        return new Answer(
            status,
            $"{reading}: a recurrent network tells synthetic from training courses in a share of {Text(0.5 + distance)} of cases, 0.50 being chance{interval}{beside}.{sheets}",
            key,
            $"green up to {Text(0.5 + DefaultGates.CoursesDetectable)} with green static columns, red beyond {Text(0.5 + DefaultGates.CoursesObvious)} or with red static columns ({DefaultGates.Origin})");
    }

    private static Answer Useful(RunDocument document)
    {
        Measure? key = KeyFigures.Useful.Select(id => Find(document.Utility?.Headline, id)).FirstOrDefault(m => m is not null);
        if (key?.Value is not { } loss)
            return NotComputed(document.Data.Target is null ? "Not answered: no target was named." : "Not answered: utility was not computed.", key);

        // Judged by the end of the interval that could still be true, so that few patients give amber, not green.
        double worst = key.Interval?.Lower ?? loss;
        Status status = worst >= -DefaultGates.UsefulLoss ? Status.Green : loss >= -DefaultGates.UselessLoss ? Status.Amber : Status.Red;
        string reading = status switch { Status.Green => "Yes", Status.Amber => "Probably, with reservation", _ => "No" };
        string interval = key.Interval is { } i ? $" (95 % interval {Fine(i.Lower)} to {Fine(i.Upper)})" : "";
        string figure = key.Id.Contains("auroc", StringComparison.Ordinal) ? "AUROC" : "R²";
        return new Answer(
            status,
            $"{reading}: on unseen real patients, models trained on the synthetic patients reach an {figure} that differs by {Fine(loss)}{interval} from models trained on real ones.",
            key,
            $"green when the interval stays above −{Text(DefaultGates.UsefulLoss)}, red beyond −{Text(DefaultGates.UselessLoss)} ({DefaultGates.Origin})");
    }

    private static Answer Private(RunDocument document, AuditState? audit)
    {
        PrivacySection? privacy = document.Privacy;
        Measure? key = privacy?.Attacks
            .Select(a => a.Measures.FirstOrDefault(m => m.Id.EndsWith(".auc", StringComparison.Ordinal)))
            .Where(m => m?.Value is not null)
            .MaxBy(m => Math.Abs(m!.Value!.Value - 0.5));
        if (privacy is null || audit is null)
            return NotComputed("Not answered: no attack was run.");
        Status status = audit switch
        {
            AuditState.Leak => Status.Red,
            AuditState.Signal => Status.Amber,
            AuditState.NotDetected => Status.Green,
            _ => Status.Grey,
        };
        return new Answer(
            status,
            privacy.Verdict ?? $"Not answered: {privacy.NotComputedBecause}.",
            key,
            $"the audit's verdict: red for a leak, amber for a signal, green only for equivalence to guessing shown for every attack, else grey ({DefaultGates.Origin})");
    }

    private static Answer NotComputed(string sentence, Measure? key = null) => new(Status.Grey, sentence, key, "no figure to decide by");

    private static Measure? Find(IReadOnlyList<Measure>? measures, string id) => measures?.FirstOrDefault(m => m.Id == id);

    private static string Fine(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
