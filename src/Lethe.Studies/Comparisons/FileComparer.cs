using System.Diagnostics;
using System.Globalization;
using Lethe.Audit;
using Lethe.Data;
using Lethe.Data.Catalogue;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;
using Lethe.Evaluation.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Studies.Configuration;
using Lethe.Studies.Decisions;
using Lethe.Studies.Documents;
using Lethe.Studies.Loading;
using Lethe.Studies.Runs;

namespace Lethe.Studies.Comparisons;

/// <summary>Evaluates and audits a synthetic file against real ones. No model is needed; nothing is written.</summary>
public static class FileComparer
{
    /// <summary>Reads the files under one schema and computes what was asked for.</summary>
    /// <exception cref="DataException">A file cannot be read, or lacks columns of the training file.</exception>
    /// <exception cref="ConfigException">The target is not as the request says.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RunDocument Compare(ComparisonRequest request, IProgress<RunEvent>? progress = null, CancellationToken cancellation = default)
    {
        if (Directory.Exists(request.Train))
            return CohortComparer.Compare(request, progress, cancellation);
        Stopwatch watch = Stopwatch.StartNew();
        int stages = 1 + (request.Evaluate ? 1 : 0) + (request.Audit ? 1 : 0), stage = 1;
        progress?.Report(new StageStarted("read", "Reading the files", stage++, stages));
        RealFiles files = RealFiles.Read(request, progress);
        progress?.Report(new StageFinished("read", watch.Elapsed.TotalSeconds, Reused: false, $"{files.Train.RowCount} training, {files.Holdout?.RowCount ?? 0} holdout, {files.Synthetic.RowCount} synthetic rows."));

        Seed seed = new(request.Seed);
        RunOptions options = new() { Progress = progress, Cancellation = cancellation };
        EvaluationRecord? evaluation = null;
        if (request.Evaluate)
        {
            progress?.Report(new StageStarted("evaluate", "Comparing with real patients", stage++, stages));
            evaluation = EvaluationStage.Of(new EvaluateConfig(), files.Train, files.Holdout, files.Synthetic, seed.Derive("evaluate"), options);
            progress?.Report(new StageFinished("evaluate", evaluation.Seconds, Reused: false, evaluation.Summary));
        }

        AuditRecord? audit = null;
        if (request.Audit)
        {
            progress?.Report(new StageStarted("audit", "Attacking the release", stage, stages));
            audit = AuditStage.Of(request.Attacks, files.Train, files.Holdout, files.Reference, files.Synthetic, Privacy.PrivacyClaim.None.Sentence, seed.Derive("audit"), options);
            progress?.Report(new StageFinished("audit", audit.Seconds, Reused: false, audit.Summary));
        }

        LoadedData data = new() { Table = files.Train, Name = files.Train.Schema.Name, RowsRead = files.Train.RowCount, ContentKey = "", Notes = files.Notes, Files = files.Fingerprints };
        return Document(request, data, Counts(files.Train, files.Holdout, files.Reference, files.Synthetic), evaluation, audit, watch.Elapsed.TotalSeconds);
    }

    /// <summary>Rows or stays by part.</summary>
    internal static Dictionary<string, int> Counts(Dataset train, Dataset? holdout, Dataset? reference, Dataset synthetic) => new()
    {
        ["train"] = train.Count,
        ["holdout"] = holdout?.Count ?? 0,
        ["reference"] = reference?.Count ?? 0,
        ["synthetic"] = synthetic.Count,
    };

    /// <summary>The result document of a comparison.</summary>
    internal static RunDocument Document(ComparisonRequest request, LoadedData data, Dictionary<string, int> counts, EvaluationRecord? evaluation, AuditRecord? audit, double seconds)
    {
        MethodSection method = new() { CollapseChecks = evaluation?.Collapse ?? [], Notices = ["The synthetic data were made elsewhere; how is not known here."] };
        RunDocument draft = new()
        {
            Title = $"{Path.GetFileName(request.Synthetic)} against {Path.GetFileName(request.Train)}",
            Provenance = new Provenance
            {
                LetheVersion = LetheVersion.Current,
                FinishedUtc = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                Command = Command(request),
                Seed = request.Seed,
                Threads = LetheVersion.Threads,
                Machine = LetheVersion.Machine,
                Seconds = seconds,
                Files = data.Files,
            },
            Decision = DecisionMaker.Undecided,
            Data = DataSummary.Of(data, data.Table, counts),
            Cohort = data.Cohort is { } cohort ? CohortSummariser.Of(cohort) : null,
            Method = method,
            Fidelity = evaluation?.Fidelity,
            Series = evaluation?.Series,
            Utility = evaluation?.Utility,
            Fairness = evaluation?.Fairness,
            Privacy = audit?.Outcome.Section,
            Limitations = Limitations.Of(data, data.Table, [], method, evaluation, audit),
        };
        return draft with { Decision = DecisionMaker.Decide(draft, audit?.Outcome.State, request.Gates) };
    }

    /// <summary>The command with file names in place of paths.</summary>
    private static string Command(ComparisonRequest request)
    {
        List<string> words = ["lethe", request.Evaluate ? "evaluate" : "audit", "--train", Path.GetFileName(request.Train)];
        foreach ((string option, string? file) in new[] { ("--holdout", request.Holdout), ("--synthetic", request.Synthetic), ("--reference", request.Reference), ("--schema", request.Schema) })
        {
            if (file is not null)
                words.AddRange([option, Path.GetFileName(file)]);
        }

        if (request.Target is not null)
            words.AddRange(["--target", request.Target]);
        if (request.Positive is not null)
            words.AddRange(["--positive", $"\"{request.Positive}\""]);
        words.AddRange(["--seed", request.Seed.ToString(CultureInfo.InvariantCulture)]);
        return string.Join(' ', words);
    }
}
