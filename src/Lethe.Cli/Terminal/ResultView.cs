using System.Globalization;
using Lethe.Results;
using Lethe.Studies.Runs;
using Spectre.Console;
using Status = Lethe.Results.Status;

namespace Lethe.Cli.Terminal;

/// <summary>A result document as a short table on standard output.</summary>
internal static class ResultView
{
    public static void Show(Session session, RunDocument document, string? folder)
    {
        Table answers = new Table().Border(TableBorder.Simple).AddColumn("Question").AddColumn("").AddColumn("Answer");
        Row(answers, "Faithful?", document.Decision.Faithful);
        Row(answers, "Useful?", document.Decision.Useful);
        Row(answers, "Private?", document.Decision.Private);
        session.Page.Write(new Text(document.Title));
        session.Page.WriteLine();
        session.Page.Write(answers);
        session.Page.Write(new Text(document.Decision.FormalClaim));
        session.Page.WriteLine();
        foreach (Check gate in document.Decision.Gates)
        {
            session.Page.Write(new Text($"{(gate.Passed ? "Gate met" : "Gate missed")}: {gate.Detail}"));
            session.Page.WriteLine();
        }

        if (folder is null)
            return;
        RunFolder files = new(folder);
        session.Page.WriteLine();
        session.Streams.Out.WriteLine($"Synthetic patients  {Path.Combine(folder, Path.GetFileName(Directory.Exists(files.SyntheticCohort) ? files.SyntheticCohort : files.Synthetic))}");
        if (File.Exists(files.Model))
            session.Streams.Out.WriteLine($"Model               {Path.Combine(folder, Path.GetFileName(files.Model))}");
        session.Streams.Out.WriteLine($"Results             {Path.Combine(folder, Path.GetFileName(files.Results))}");
        session.Streams.Out.WriteLine($"Report              {Path.Combine(folder, Path.GetFileName(files.Report))}");
    }

    /// <summary>Figures as a table: value, interval, reference, or why there is none.</summary>
    public static void Show(Session session, string title, IEnumerable<Measure> measures)
    {
        Table table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title)).AddColumn("Figure").AddColumn("Value").AddColumn("Reference").AddColumn("Note");
        foreach (Measure m in measures)
        {
            table.AddRow(
                new Text(m.Subject is null ? m.Name : $"{m.Name} ({m.Subject})"),
                new Text(m.Value is { } value ? Number(value) + Interval(m.Interval) : "not computed"),
                new Text(m.Reference is { } reference ? $"{Number(reference)}{Interval(m.ReferenceInterval)} {m.ReferenceName}" : m.Ideal is { } ideal ? $"ideal {Number(ideal)}" : ""),
                new Text(m.NotComputedBecause ?? m.Note ?? ""));
        }

        if (table.Rows.Count > 0)
            session.Page.Write(table);
    }

    private static void Row(Table table, string question, Answer answer) => table.AddRow(
        new Text(question),
        new Text(answer.Status.ToString().ToLowerInvariant(), new Style(Color(answer.Status))),
        new Text(answer.Sentence));

    private static Color Color(Status status) => status switch
    {
        Status.Green => Spectre.Console.Color.Green,
        Status.Amber => Spectre.Console.Color.Yellow,
        Status.Red => Spectre.Console.Color.Red,
        _ => Spectre.Console.Color.Grey,
    };

    private static string Interval(Interval? i) => i is null ? "" : $" [{Number(i.Lower)}, {Number(i.Upper)}]";

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
