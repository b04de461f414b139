using System.CommandLine;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Data.Files;
using Lethe.Reporting.Html;
using Lethe.Reporting.Markdown;
using Lethe.Results;
using Lethe.Studies.Runs;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe report</c>: draws a result document again, in either edition.</summary>
internal static class ReportCommand
{
    public static Command Create(CommandHost host)
    {
        Verb command = new(
            "report",
            "Draws the report of a run, or of any result document, again.",
            new Example("lethe report runs/heart --edition release --out heart-release.html", "the edition that may leave: no real rows, no extremes, no small cells"),
            new Example("lethe report runs/heart/results.json --out heart.md", "as Markdown"));
        Argument<string> source = new("RUN") { Description = "Run folder, or a results.json." };
        Option<string?> output = new("--out", "-o") { Description = "File ending in .html or .md. [default: report.html in the run folder]", HelpName = "FILE" };
        Option<ReportEdition> edition = new("--edition") { Description = "How much is shown.", DefaultValueFactory = _ => ReportEdition.Internal };
        edition.AcceptOnlyFromAmong("internal", "release");
        command.Add(source);
        command.Add(output);
        command.Add(edition);
        host.Handle(command, (session, parsed) =>
        {
            string path = parsed.GetValue(source)!;
            RunFolder folder = new(path);
            bool isFolder = Directory.Exists(path);
            string results = isFolder ? folder.Results : path;
            if (!File.Exists(results))
                throw new UsageException($"There is no result document '{results}'. Name a finished run's folder, or a results.json.");
            string file = parsed.GetValue(output) ?? (isFolder ? folder.Report : throw new UsageException("Name the report's file with --out."));
            RunDocument document = RunDocument.FromJson(File.ReadAllText(results));
            ReportEdition shown = parsed.GetValue(edition);
            string text = Path.GetExtension(file).ToLowerInvariant() switch
            {
                ".html" or ".htm" => HtmlReport.Render(document, shown),
                ".md" => MarkdownReport.Render(document, shown),
                _ => throw new UsageException($"--out: found '{Path.GetFileName(file)}', expected a name ending in .html or .md."),
            };
            AtomicFile.WriteAllText(file, text);
            session.Streams.Out.WriteLine(file);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
