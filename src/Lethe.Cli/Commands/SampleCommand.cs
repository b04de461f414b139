using System.CommandLine;
using System.Text.Json.Nodes;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Writing;
using Lethe.Numerics.Randomness;
using Lethe.Studies.Runs;
using Lethe.Synthesis;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;

namespace Lethe.Cli.Commands;

/// <summary><c>lethe sample</c>: draws synthetic patients from a model file, any number, in a stream.</summary>
internal static class SampleCommand
{
    public static Command Create(CommandHost host)
    {
        Verb command = new(
            "sample",
            "Draws synthetic patients from a model file. Any number: rows are written as they are drawn.",
            new Example("lethe sample model.lethe --rows 1000 --seed 8 --out synthetic.csv", "a thousand patients; the same seed gives the same file"),
            new Example("lethe sample model.lethe --rows 200 --where \"sex=1 and age>=70\" --out men.csv", "patients who meet a condition"));
        Argument<string> model = new("MODEL") { Description = "Model file, as 'fit' and 'run' write it." };
        Option<long> rows = new("--rows") { Description = "Synthetic patients.", HelpName = "N", Required = true };
        Option<ulong> seed = new("--seed") { Description = "Seed of this draw.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<string> output = new("--out", "-o") { Description = "File (.csv, .tsv, .jsonl, each also .gz); - is standard output.", HelpName = "FILE", DefaultValueFactory = _ => "-" };
        Option<string?> where = new("--where") { Description = "Condition, e.g. \"sex=1 and age between 40 and 60\".", HelpName = "CONDITION" };
        Option<bool> overwrite = new("--overwrite") { Description = "Replace the file." };
        rows.Validators.Add(result =>
        {
            if (result.GetValue(rows) < 0)
                result.AddError("--rows must not be negative.");
        });
        command.Add(model);
        command.Add(rows);
        command.Add(seed);
        command.Add(output);
        command.Add(where);
        command.Add(overwrite);
        command.Add(CommonOptions.Json);
        host.Handle(command, async (session, parsed) =>
        {
            string file = parsed.GetValue(output)!;
            if (file != "-" && File.Exists(file) && !parsed.GetValue(overwrite))
                throw new UsageException($"The file '{file}' exists. Name another with --out, or replace it with --overwrite.");
            if (session.Json && file == "-")
                throw new UsageException("--json and patients cannot both go to standard output: name a file with --out.");
            if (ModelFile.Load(parsed.GetValue(model)!) is not FittedTableSynthesizer fitted)
                throw new UsageException("The model does not make tables.");

            long count = parsed.GetValue(rows);
            IReadOnlyList<Condition> conditions = ConditionParser.Parse(parsed.GetValue(where) ?? "", fitted.Schema);
            await session.WatchAsync(progress => Task.Run(() =>
            {
                progress.Report(new StageStarted("sample", "Drawing synthetic patients", 1, 1));
                IEnumerable<Table> chunks = Watch(fitted.SampleChunks(count, new Seed(parsed.GetValue(seed)).Derive("sample"), conditions), count, progress, session.Cancellation);
                if (file == "-")
                    CsvTableWriter.Write(session.Streams.RawOut, fitted.Schema, chunks);
                else
                    TableWriter.WriteChunks(file, fitted.Schema, chunks);
                progress.Report(new StageFinished("sample", 0, Reused: false, $"{count} synthetic rows."));
                return true;
            })).ConfigureAwait(false);

            if (session.Json)
                session.Streams.Out.WriteLine(new JsonObject { ["file"] = file, ["rows"] = count, ["sha256"] = Fingerprint.OfFile(file) }.ToJsonString());
            else if (file != "-")
                session.Streams.Out.WriteLine($"{count} synthetic patients: {file}");
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<Table> Watch(IEnumerable<Table> chunks, long count, IProgress<RunEvent> progress, CancellationToken cancellation)
    {
        long done = 0;
        foreach (Table chunk in chunks)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return chunk;
            done += chunk.RowCount;
            progress.Report(new StageAdvanced("rows", done, count, new Dictionary<string, double>()));
        }
    }
}
