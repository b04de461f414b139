using System.CommandLine;
using System.Text.Json.Nodes;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Studies.Configuration;
using Lethe.Studies.Runs;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe fit</c>: learns from a whole file and saves the model.</summary>
internal static class FitCommand
{
    public static Command Create(CommandHost host)
    {
        Verb command = new(
            "fit",
            "Learns from a file and saves the model. All rows are learnt from: keep a holdout back yourself, or use 'run'.",
            new Example("lethe fit train.csv --target death_30d --method ctgan --seed 7 --out model.lethe", "learns from all rows of train.csv"),
            new Example("lethe fit train.csv --method bayesian-network --option parents=3 --out model.lethe", "with an option of the method"),
            new Example("lethe fit cohort --method kovae --out icu.lethe", "learns from a cohort folder"));
        Argument<string> data = new("TRAIN") { Description = "CSV, TSV (.gz), SQLite file, a cohort folder (see 'lethe data import'), or a dataset of 'lethe data list'." };
        Option<string> output = new("--out", "-o") { Description = "Model file.", HelpName = "FILE", Required = true };
        Option<bool> overwrite = new("--overwrite") { Description = "Replace the model file." };
        RunOptionsSet options = new();
        command.Add(data);
        command.Add(output);
        options.AddTo(command, "--target", "--positive", "--patient-key", "--table", "--schema", "--method", "--option", "--seed");
        command.Add(overwrite);
        command.Add(CommonOptions.Json);
        host.Handle(command, async (session, parsed) =>
        {
            string file = parsed.GetValue(output)!;
            if (File.Exists(file) && !parsed.GetValue(overwrite))
                throw new UsageException($"The file '{file}' exists. Name another with --out, or replace it with --overwrite.");
            RunConfig config = RunConfigReader.Read("", [new Override("data.source", parsed.GetValue(data)!), .. options.Read(parsed)]);
            FitSummary fit;
            try
            {
                fit = await session.WatchAsync(progress => Task.Run(() => ModelFitting.ToFileAsync(config, file, new RunOptions { Progress = progress, Cancellation = session.Cancellation }))).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                session.Streams.Error.WriteLine("Stopped. The same command goes on from the last checkpoint.");
                return ExitCode.Interrupted;
            }

            if (session.Json)
            {
                session.Streams.Out.WriteLine(new JsonObject
                {
                    ["model"] = file,
                    ["method"] = fit.Method.Name,
                    ["rows"] = fit.Rows,
                    ["seconds"] = fit.Seconds,
                    ["sha256"] = Fingerprint.OfFile(file),
                    ["privacyClaim"] = fit.Claim,
                }.ToJsonString());
            }
            else
            {
                foreach (string notice in fit.Notices)
                    session.Say(notice);
                session.Streams.Out.WriteLine($"{fit.Method.Title} learnt from {fit.Rows} rows: {file}");
                session.Streams.Out.WriteLine(fit.Claim);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
