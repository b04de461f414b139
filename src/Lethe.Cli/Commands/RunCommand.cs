using System.CommandLine;
using System.Globalization;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Data.Files;
using Lethe.Reporting.Html;
using Lethe.Results;
using Lethe.Studies.Configuration;
using Lethe.Studies.Runs;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe run</c>: the whole flow into one folder.</summary>
internal static class RunCommand
{
    public static Command Create(CommandHost host)
    {
        Verb command = new(
            "run",
            "The whole flow: split, fit, sample, evaluate, audit, report, into one folder.",
            new Example("lethe run heart-cleveland --out runs/heart", "a public dataset by name, the best of several methods, everything into runs/heart"),
            new Example("lethe run patients.csv --target death_30d --method ctgan --option epochs=300 --rows 1000 --seed 7 --out runs/ctgan", "your own table with a named method"),
            new Example("lethe run cohort --method kovae --out runs/icu", "a cohort folder: whole stays with their course over time"),
            new Example("lethe run --config runs/ctgan/run.yaml --out runs/again", "repeats a run; the same seed gives the same bytes"),
            new Example("lethe run --resume runs/ctgan", "goes on with a run that was stopped"));
        Argument<string?> data = new("DATA") { Description = "CSV, TSV (.gz), SQLite file, a cohort folder (see 'lethe data import'), a dataset of 'lethe data list', or simulated-heart-clinic.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> config = new("--config", "-c") { Description = "Configuration file; options of the command line override it.", HelpName = "FILE" };
        Option<string?> output = new("--out", "-o") { Description = "Folder of the run. [default: runs/NAME/TIME-ID]", HelpName = "DIR" };
        Option<string?> resume = new("--resume") { Description = "Go on with the run in this folder.", HelpName = "DIR" };
        Option<bool> overwrite = new("--overwrite") { Description = "Replace a run that the folder already holds." };
        Option<bool> dryRun = new("--dry-run") { Description = "Resolve and check everything, show it, write nothing." };
        RunOptionsSet options = new();
        command.Add(data);
        command.Add(config);
        command.Add(output);
        options.AddTo(command);
        command.Add(resume);
        command.Add(overwrite);
        command.Add(dryRun);
        command.Add(CommonOptions.Json);
        host.Handle(command, async (session, parsed) =>
        {
            List<Override> overrides = [.. options.Read(parsed)];
            if (parsed.GetValue(data) is { } source)
                overrides.Insert(0, new Override("data.source", source));
            string? again = parsed.GetValue(resume);
            string? file = parsed.GetValue(config) ?? (again is null ? null : new RunFolder(again).Config);
            if (parsed.GetValue(data) is null && file is null)
                throw new UsageException("There is nothing to run on: name the data, a configuration with --config, or a stopped run with --resume. See 'lethe run --help'.");

            RunConfig resolved = RunConfigReader.ReadFile(file, overrides);
            string folder = parsed.GetValue(output) ?? again ?? DefaultFolder(resolved);
            return parsed.GetValue(dryRun)
                ? await DryRun.ShowAsync(session, resolved, folder).ConfigureAwait(false)
                : await ExecuteAsync(session, resolved, folder, parsed.GetValue(overwrite)).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>Executes a run, draws its report, shows its results, and gives the exit code.</summary>
    public static async Task<int> ExecuteAsync(Session session, RunConfig config, string folder, bool overwrite)
    {
        RunOutcome outcome;
        try
        {
            outcome = await session.WatchAsync(progress => Task.Run(() => Run.ExecuteAsync(config, folder, new RunOptions
            {
                Overwrite = overwrite,
                Progress = progress,
                Cancellation = session.Cancellation,
            }))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (File.Exists(new RunFolder(folder).Config))
        {
            session.Streams.Error.WriteLine($"Stopped. Go on with: lethe run --resume {folder}");
            return ExitCode.Interrupted;
        }

        ReportEdition edition = config.Edition;
        AtomicFile.WriteAllText(outcome.Folder.Report, HtmlReport.Render(outcome.Document, edition));
        if (session.Json)
            session.Streams.Out.WriteLine(outcome.Document.ToJson());
        else
            ResultView.Show(session, outcome.Document, folder);
        foreach (Check missed in outcome.Missed)
            session.Streams.Error.WriteLine($"Not met: {missed.Name}: {missed.Detail}");
        return outcome.Missed.Count == 0 ? ExitCode.Done : ExitCode.GateMissed;
    }

    private static string DefaultFolder(RunConfig config)
    {
        string name = Path.GetFileName(config.Data.Source).Split('.')[0];
        string time = DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string id = Fingerprint.Of(RunConfigWriter.Write(config))[..6];
        return Path.Combine("runs", name, $"{time}-{id}");
    }
}
