using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Export;
using Lethe.Studies.Runs;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe data export</c>: a cohort folder in the forms that other tools read.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandHost host)
    {
        Verb command = new(
            "export",
            "Writes a cohort folder in another form: for statistics packages, databases, benchmark code, or software that speaks FHIR. "
            + "What stands at the place is left alone unless --force is given; a stopped export leaves nothing. The forms, and what a reader finds again:\n"
            + string.Concat(CohortExports.All.Select(f => $"\n  {f.Id,-14}  {f.Title}: {f.Keeps}.")),
            new Example("lethe data export cohort --format fhir --out fhir", "Patient, Encounter, Observation and Condition as NDJSON, to fill a test server"),
            new Example("lethe data export cohort --format sqlite --out cohort.sqlite", "one file with statics, events and channels, for SQL"),
            new Example("lethe data export cohort --format wide --out wide --force", "a row a stay and time, over an earlier export"));
        Argument<string> cohort = new("COHORT") { Description = "Cohort folder, as 'lethe data import' and 'lethe data simulate' write it.", HelpName = "COHORT" };
        Option<string> format = new("--format", "-f") { Description = $"One of {string.Join(", ", CohortExports.All.Select(f => f.Id))}.", HelpName = "FORM", Required = true };
        Option<string> output = new("--out", "-o") { Description = "Folder to write (sqlite: file).", HelpName = "PATH", Required = true };
        Option<bool> force = new("--force") { Description = "Replace an earlier export of the same form. Anything else is never replaced." };
        command.Add(cohort);
        command.Add(format);
        command.Add(output);
        command.Add(force);
        command.Add(CommonOptions.Json);
        host.Handle(command, async (session, parsed) =>
        {
            CohortExportFormat form = CohortExports.Get(parsed.GetValue(format)!);
            string path = parsed.GetValue(output)!;
            EnsureFree(form, path, parsed.GetValue(force)); // before the reading, which may take minutes
            (Cohort read, double seconds) = await session.WatchAsync(progress => Task.Run(
                () =>
                {
                    Cohort whole = Stage(progress, "read", "Reading the cohort", 1, () => CohortFolder.Read(parsed.GetValue(cohort)!), Text, out _);
                    Stage(progress, "write", $"Writing {form.Id}", 2, () => Write(whole), _ => $"{path} is written", out double took);
                    return Task.FromResult((whole, took));

                    bool Write(Cohort written)
                    {
                        CohortExports.Run(written, form, path, parsed.GetValue(force), new Stays(progress, written.Count), session.Cancellation);
                        return true;
                    }
                },
                session.Cancellation)).ConfigureAwait(false);
            Show(session, read, form, path, seconds);
            return ExitCode.Done;
        });
        return command;
    }

    private static void EnsureFree(CohortExportFormat form, string path, bool force)
    {
        try
        {
            CohortExports.EnsureFree(form, path, force);
        }
        catch (IOException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static T Stage<T>(IProgress<RunEvent> progress, string name, string title, int number, Func<T> work, Func<T, string> summary, out double seconds)
    {
        progress.Report(new StageStarted(name, title, number, 2));
        Stopwatch clock = Stopwatch.StartNew();
        T result = work();
        seconds = clock.Elapsed.TotalSeconds;
        progress.Report(new StageFinished(name, seconds, Reused: false, summary(result)));
        return result;
    }

    private static string Text(Cohort cohort) => string.Create(CultureInfo.InvariantCulture, $"{cohort.Count:N0} stays, {cohort.EventCount:N0} events");

    private static void Show(Session session, Cohort cohort, CohortExportFormat form, string path, double seconds)
    {
        FileInfo[] files = form.IsFolder ? [.. new DirectoryInfo(path).GetFiles().OrderBy(f => f.Name, StringComparer.Ordinal)] : [new FileInfo(path)];
        IReadOnlyList<string> losses = CohortExports.Losses(cohort, form);
        long bytes = files.Sum(f => f.Length);
        if (session.Json)
        {
            object result = new { format = form.Id, path, stays = cohort.Count, events = cohort.EventCount, channels = cohort.Channels.Count, files = files.Length, bytes, seconds, notes = losses };
            session.Streams.Out.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
            return;
        }

        session.Streams.Out.WriteLine($"Cohort  {Text(cohort)}, {cohort.Channels.Count} channels");
        session.Streams.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Export  {path} ({form.Title}; {(files.Length == 1 ? "1 file" : $"{files.Length:N0} files")}, {bytes / 1024.0 / 1024.0:F1} MiB)"));
        session.Streams.Out.WriteLine($"Keeps   {form.Keeps}");
        foreach (string loss in losses)
            session.Streams.Out.WriteLine($"Note    {loss}");
    }

    /// <summary>Stays written, as the session's progress.</summary>
    private sealed class Stays(IProgress<RunEvent> progress, int total) : IProgress<int>
    {
        private static readonly IReadOnlyDictionary<string, double> NoLosses = new Dictionary<string, double>();

        public void Report(int value) => progress.Report(new StageAdvanced("stays", value, total, NoLosses));
    }
}
