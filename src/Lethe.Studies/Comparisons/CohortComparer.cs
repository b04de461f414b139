using System.Diagnostics;
using Lethe.Data.Cohorts;
using Lethe.Data.Problems;
using Lethe.Data.Schemas;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Studies.Configuration;
using Lethe.Studies.Loading;
using Lethe.Studies.Runs;

namespace Lethe.Studies.Comparisons;

/// <summary>Evaluates a synthetic cohort folder against real ones. No model is needed; nothing is written.</summary>
internal static class CohortComparer
{
    /// <summary>Reads the folders and computes what was asked for.</summary>
    /// <exception cref="DataException">A folder cannot be read.</exception>
    /// <exception cref="ConfigException">The cohorts do not fit each other, or attacks were asked for.</exception>
    public static RunDocument Compare(ComparisonRequest request, IProgress<RunEvent>? progress, CancellationToken cancellation)
    {
        if (request.Audit)
            throw new ConfigException("There are no attacks on cohorts in this build; 'lethe evaluate' compares them.");
        if (request.Schema is not null || request.Positive is not null)
            throw new ConfigException("--schema and --positive are for tables: a cohort folder brings its own schema and outcome.");
        Stopwatch watch = Stopwatch.StartNew();
        List<FileFingerprint> prints = [];
        progress?.Report(new StageStarted("read", "Reading the cohorts", 1, 2));
        Cohort train = Load(request.Train, "train", null);
        Schema schema = SchemaRoles.Override(train.Schema, request.Target ?? train.Schema.Target?.Name ?? (train.Outcomes.Count > 0 ? train.Outcomes[0] : null), request.PatientKey, request.Train);
        train = train.WithStatics(train.Statics.WithSchema(schema));
        Cohort? holdout = request.Holdout is null ? null : Load(request.Holdout, "holdout", train);
        Cohort? reference = request.Reference is null ? null : Load(request.Reference, "reference", train);
        Cohort synthetic = Load(request.Synthetic, "synthetic", train);
        progress?.Report(new StageFinished("read", watch.Elapsed.TotalSeconds, Reused: false, $"{train.Count} training, {holdout?.Count ?? 0} holdout, {synthetic.Count} synthetic stays."));

        progress?.Report(new StageStarted("evaluate", "Comparing with real patients", 2, 2));
        RunOptions options = new() { Progress = progress, Cancellation = cancellation };
        EvaluationRecord evaluation = CohortEvaluation.Of(new EvaluateConfig(), train, holdout, synthetic, new Seed(request.Seed).Derive("evaluate"), options);
        progress?.Report(new StageFinished("evaluate", evaluation.Seconds, Reused: false, evaluation.Summary));
        LoadedData data = new() { Table = train.Statics, Cohort = train, Name = train.Name, RowsRead = train.Count, ContentKey = "", Files = prints };
        return FileComparer.Document(request, data, FileComparer.Counts(train, holdout, reference, synthetic), evaluation, null, watch.Elapsed.TotalSeconds);

        Cohort Load(string folder, string role, Cohort? like)
        {
            if (!Directory.Exists(folder))
                throw new ConfigException($"--{role}: there is no cohort folder '{folder}'. Check the path; 'lethe data import' writes one.");
            Cohort cohort = CohortFolder.Read(folder);
            prints.AddRange(CohortFolder.FilesOf(folder).Select(f => Fingerprint.Describe(f, role)));
            if (like is null)
                return cohort;
            string[] channels = [.. like.Channels.Select(c => c.Name)];
            if (!cohort.Channels.Select(c => c.Name).SequenceEqual(channels))
                throw new ConfigException($"--{role}: the channels of '{folder}' are not those of the training cohort ({string.Join(", ", channels)}), in this order. Import both under one definition.");
            string[] missing = [.. like.Schema.Columns.Where(c => c.IsModelled && !cohort.Schema.TryGet(c.Name, out _)).Select(c => c.Name)];
            return missing.Length == 0
                ? cohort
                : throw new ConfigException($"--{role}: '{folder}' lacks static columns of the training cohort: {string.Join(", ", missing)}.");
        }
    }
}
