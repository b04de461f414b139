using System.Globalization;
using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Data.Splits;
using Lethe.Data.Tables;
using Lethe.Evaluation.Cohorts;
using Lethe.Results;
using Lethe.Studies.Configuration;
using Lethe.Studies.Decisions;
using Lethe.Studies.Loading;
using Lethe.Studies.Runs;

namespace Lethe.Studies.Documents;

/// <summary>Puts what the stages found into one result document.</summary>
internal sealed class DocumentBuilder(
    RunConfig config, LoadedData data, Split split, Dataset train, int synthetic, IReadOnlyList<string> released,
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
            Data = DataSummary.Of(data, Rows, Counts()),
            Cohort = train is Cohort cohort ? CohortSummariser.Of(cohort) : null,
            Method = method,
            Fidelity = evaluation.Fidelity,
            Series = evaluation.Series,
            Utility = evaluation.Utility,
            Fairness = evaluation.Fairness,
            Privacy = audit?.Outcome.Section,
            Limitations = Limitations.Of(data, Rows, config.Sample.Where, method, evaluation, audit),
            Configuration = RunConfigWriter.Write(WithoutFolders(config)),
        };
        return draft with { Decision = DecisionMaker.Decide(draft, audit?.Outcome.State, config.Gates) };
    }

    private Table Rows => train is Cohort cohort ? cohort.Statics : (Table)train;

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
        ["synthetic"] = synthetic,
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
        files.AddRange(released.Select(file => Fingerprint.Describe(file, "synthetic")));
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
