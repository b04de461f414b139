using System.Globalization;
using Lethe.Data.Splits;
using Lethe.Data.Tables;
using Lethe.Results;
using Lethe.Studies.Configuration;
using Lethe.Studies.Decisions;
using Lethe.Studies.Loading;
using Lethe.Studies.Runs;

namespace Lethe.Studies.Documents;

/// <summary>Puts what the stages found into one result document.</summary>
internal sealed class DocumentBuilder(
    RunConfig config, LoadedData data, Split split, Table train, Table synthetic,
    FitRecord fit, SampleRecord sample, EvaluationRecord evaluation, AuditRecord? audit)
{
    public RunDocument Build(RunFolder folder, TimeProvider clock)
    {
        MethodSection method = Method();
        RunDocument draft = new()
        {
            Title = config.Title ?? $"{data.Name}, {fit.Method.Title}",
            Provenance = Provenance(folder, clock),
            Decision = DecisionMaker.Undecided,
            Context = config.Context,
            Data = DataSummary.Of(data, train, Counts()),
            Method = method,
            Fidelity = evaluation.Fidelity,
            Utility = evaluation.Utility,
            Fairness = evaluation.Fairness,
            Privacy = audit?.Outcome.Section,
            Limitations = Limitations.Of(data, train, config.Sample.Where, method, evaluation, audit),
            Configuration = RunConfigWriter.Write(WithoutFolders(config)),
        };
        return draft with { Decision = DecisionMaker.Decide(draft, audit?.Outcome.State, config.Gates) };
    }

    /// <summary>The report names files, not where they lie.</summary>
    private static RunConfig WithoutFolders(RunConfig config) => config with
    {
        Data = config.Data with { Source = Path.GetFileName(config.Data.Source), Schema = Path.GetFileName(config.Data.Schema) },
    };

    private Dictionary<string, int> Counts() => new()
    {
        ["train"] = split.Train.Count,
        ["holdout"] = split.Holdout.Count,
        ["reference"] = split.Reference.Count,
        ["synthetic"] = synthetic.RowCount,
    };

    private MethodSection Method() => new()
    {
        Method = fit.Method,
        Options = fit.Options,
        Deviations = fit.Deviations,
        LearntFromData = fit.LearntFromData,
        Training = fit.Training,
        Selection = fit.Selection,
        CollapseChecks = evaluation.Collapse,
        Notices = fit.Notices,
        FitSeconds = fit.Seconds,
        PrivacyClaim = fit.Claim,
    };

    private Provenance Provenance(RunFolder folder, TimeProvider clock)
    {
        List<FileFingerprint> files = [.. data.Files, Fingerprint.Describe(folder.Schema, "schema of the run")];
        if (File.Exists(folder.Model))
            files.Add(Fingerprint.Describe(folder.Model, "model"));
        files.Add(Fingerprint.Describe(folder.Synthetic, "synthetic"));
        return new Provenance
        {
            LetheVersion = LetheVersion.Current,
            FinishedUtc = clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            Command = "lethe run --config run.yaml --out NEW_FOLDER",
            Seed = config.Seed,
            Threads = LetheVersion.Threads,
            Machine = LetheVersion.Machine,
            Seconds = fit.Seconds + sample.Seconds + evaluation.Seconds + (audit?.Seconds ?? 0),
            Files = files,
        };
    }
}
