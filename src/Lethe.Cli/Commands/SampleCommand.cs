using System.CommandLine;
using System.Text.Json.Nodes;
using Lethe.Cli.Help;
using Lethe.Cli.Terminal;
using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
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
            "Draws synthetic patients from a model file. Any number: they are written as they are drawn.",
            new Example("lethe sample model.lethe --rows 1000 --seed 8 --out synthetic.csv", "a thousand patients; the same seed gives the same file"),
            new Example("lethe sample model.lethe --rows 200 --where \"sex=1 and age>=70\" --out men.csv", "patients who meet a condition"),
            new Example("lethe sample icu.lethe --rows 5000 --out synthetic-icu", "stays with their course over time, as a cohort folder"));
        Argument<string> model = new("MODEL") { Description = "Model file, as 'fit' and 'run' write it." };
        Option<long> rows = new("--rows") { Description = "Synthetic patients.", HelpName = "N", Required = true };
        Option<ulong> seed = new("--seed") { Description = "Seed of this draw.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<string> output = new("--out", "-o") { Description = "File (.csv, .tsv, .jsonl, each also .gz), - for standard output; a folder for a model of cohorts.", HelpName = "FILE", DefaultValueFactory = _ => "-" };
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
            FittedSynthesizer fitted = ModelFile.Load(parsed.GetValue(model)!);
            bool cohort = fitted is FittedCohortSynthesizer;
            if (cohort && file == "-")
                throw new UsageException("This model makes cohorts, which are folders: name one with --out.");
            if (cohort && Directory.Exists(file) && Directory.EnumerateFileSystemEntries(file).Any() && !parsed.GetValue(overwrite))
                throw new UsageException($"The folder '{file}' is not empty. Name another with --out, or replace the cohort in it with --overwrite.");

            long count = parsed.GetValue(rows);
            IReadOnlyList<Condition> conditions = ConditionParser.Parse(parsed.GetValue(where) ?? "", fitted.Schema);
            Seed draw = new Seed(parsed.GetValue(seed)).Derive("sample");
            await session.WatchAsync(progress => Task.Run(() =>
            {
                progress.Report(new StageStarted("sample", "Drawing synthetic patients", 1, 1));
                if (fitted is FittedCohortSynthesizer cohorts)
                    CohortFolder.WriteChunks(file, cohorts.Shape.Empty(), Watch(cohorts.SampleChunks(count, draw, conditions), count, progress, session.Cancellation));
                else
                    WriteTable(session, file, fitted.Schema, Watch(((FittedTableSynthesizer)fitted).SampleChunks(count, draw, conditions), count, progress, session.Cancellation));
                progress.Report(new StageFinished("sample", 0, Reused: false, $"{count} synthetic patients."));
                return true;
            })).ConfigureAwait(false);

            if (session.Json && cohort)
                session.Streams.Out.WriteLine(new JsonObject { ["folder"] = file, ["stays"] = count, ["sha256"] = Fingerprint.Of(CohortFolder.FilesOf(file).Select(Fingerprint.OfFile)) }.ToJsonString());
            else if (session.Json)
                session.Streams.Out.WriteLine(new JsonObject { ["file"] = file, ["rows"] = count, ["sha256"] = Fingerprint.OfFile(file) }.ToJsonString());
            else if (file != "-")
                session.Streams.Out.WriteLine($"{count} synthetic patients: {file}");
            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteTable(Session session, string file, Schema schema, IEnumerable<Table> chunks)
    {
        if (file == "-")
            CsvTableWriter.Write(session.Streams.RawOut, schema, chunks);
        else
            TableWriter.WriteChunks(file, schema, chunks);
    }

    private static IEnumerable<T> Watch<T>(IEnumerable<T> chunks, long count, IProgress<RunEvent> progress, CancellationToken cancellation)
        where T : Dataset
    {
        long done = 0;
        foreach (T chunk in chunks)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return chunk;
            done += chunk.Count;
            progress.Report(new StageAdvanced("patients", done, count, new Dictionary<string, double>()));
        }
    }
}
