using System.Diagnostics;
using System.Text.Json;
using Lethe.Data;
using Lethe.Data.Files;
using Lethe.Data.Problems;
using Lethe.Data.Splits;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Studies.Configuration;
using Lethe.Studies.Documents;
using Lethe.Studies.Loading;
using Lethe.Synthesis;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;

namespace Lethe.Studies.Runs;

/// <summary>
/// One pass of the flow: read, split, fit, sample, evaluate, audit, decide, document. Everything is written into the run
/// folder, each file whole or not at all. Killed at any moment, the same run continues with the first stage that is not
/// done; the same data, configuration, seed and version give the same synthetic patients and the same model, byte for byte.
/// </summary>
public sealed class Run
{
    private string WhereText => string.Join(" and ", _config.Sample.Where);

    private int StageCount => _config.Audit.Enabled && !DataLoader.IsCohort(_config.Data.Source) ? 5 : 4;

    private readonly RunOptions _options;
    private readonly RunFolder _folder;
    private readonly Seed _seed;
    private RunConfig _config;
    private string _key = "";

    private Run(RunConfig config, RunFolder folder, RunOptions options)
    {
        _config = config;
        _folder = folder;
        _options = options;
        _seed = new Seed(config.Seed);
    }

    /// <summary>Executes the run, or what is left of it.</summary>
    /// <param name="config">What to do.</param>
    /// <param name="folder">Where to keep it.</param>
    /// <param name="options">How to go about it.</param>
    /// <exception cref="ConfigException">The configuration cannot be used, or the folder holds something else.</exception>
    /// <exception cref="DataException">The data cannot be read or do not fit their schema.</exception>
    /// <exception cref="SynthesisException">The method cannot learn from these data.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the same call continues where it stopped.</exception>
    public static Task<RunOutcome> ExecuteAsync(RunConfig config, string folder, RunOptions options) =>
        new Run(config, new RunFolder(folder), options).ExecuteAsync();

    private async Task<RunOutcome> ExecuteAsync()
    {
        FolderClaim.RefuseForeign(_folder);
        _options.Progress?.Report(new StageStarted("read", "Reading the data", 1, StageCount));
        Stopwatch watch = Stopwatch.StartNew();
        LoadedData data = await new DataLoader(_options.Catalogue).LoadAsync(_config.Data, cancellation: _options.Cancellation).ConfigureAwait(false);
        Release release = Release.Of(data, _folder, _options);
        if (!release.CanBeAttacked)
            _config = _config with { Audit = _config.Audit with { Enabled = false } };
        Split split = SplitPatients(data.Table);
        RunState state = FolderClaim.Take(_folder, _config, data, _options.Overwrite);
        _key = state.Key!;

        using RunLog log = new(_folder.Log, _options.Clock);
        try
        {
            log.Write($"lethe {LetheVersion.Current}, {LetheVersion.Machine}, {LetheVersion.Threads} threads, seed {_config.Seed}");
            TellReading(data, split, log, watch.Elapsed.TotalSeconds);
            return Execute(data, split, release, new StageRunner(_folder, state, log, _options, StageCount, first: 2));
        }
        catch (OperationCanceledException)
        {
            log.Write("interrupted; the same command continues from here");
            throw;
        }
        catch (Exception e)
        {
            log.Write($"failed: {PublicText(e)}");
            throw;
        }
    }

    /// <summary>What may be written about an error: messages of our own exceptions, else the type alone, because foreign messages may quote data.</summary>
    private static string PublicText(Exception e) => e is DataException or ConfigException or SynthesisException or IOException ? e.Message : e.GetType().Name;

    private Split SplitPatients(Table table)
    {
        SplitConfig shares = _config.Split.Resolve(Grouping.Of(table).GroupCount);
        _config = _config with { Split = shares };
        return Split.Of(
            table,
            new SplitOptions { Sizes = SplitSizes.Fractions(shares.Train!.Value, shares.Holdout!.Value, shares.Reference!.Value), Stratify = shares.Stratify },
            _seed);
    }

    private void TellReading(LoadedData data, Split split, RunLog log, double seconds)
    {
        foreach (DataProblem problem in data.Notes.Concat(split.Warnings))
        {
            log.Write(problem.PublicText);
            _options.Progress?.Report(new DataNoticed(problem));
        }

        string summary = $"{data.Name}: {data.Table.RowCount} {data.RowNoun}, {data.Table.Columns.Count} columns; {split.Patients[0]} training, {split.Patients[1]} holdout and {split.Patients[2]} reference patients.";
        log.Write($"read: {summary}");
        _options.Progress?.Report(new StageFinished("read", seconds, Reused: false, summary));
    }

    private RunOutcome Execute(LoadedData data, Split split, Release release, StageRunner stages)
    {
        Dataset train = data.Part(split.Train), holdout = data.Part(split.Holdout), reference = data.Part(split.Reference);
        // A condition that cannot be understood is worth knowing before an hour of training, not after.
        IReadOnlyList<Condition> conditions = ConditionParser.Parse(WhereText, train.Schema);
        FittedSynthesizer? fitted = null;
        FitRecord fit = stages.Do(
            "fit",
            $"Learning ({_config.Method.Name})",
            _ => Fit(train, out fitted),
            r => $"{r.Method.Title} learnt from {train.Count} {data.RowNoun}.",
            _folder.Model);
        FittedSynthesizer model = fitted ?? ModelFile.Load(_folder.Model);

        SampleRecord sample = stages.Do(
            "sample",
            "Drawing synthetic patients",
            watch => Sample(model, train.Count, release, watch),
            r => $"{r.Rows} synthetic {data.RowNoun}.",
            release.Files);
        Dataset synthetic = release.Read(model);

        EvaluationRecord evaluation = stages.Do(
            "evaluate",
            "Comparing with real patients",
            _ => release.Evaluate(_config.Evaluate, train, holdout, synthetic, conditions, _seed.Derive("evaluate")),
            r => r.Summary);
        AuditRecord? audit = !_config.Audit.Enabled ? null : stages.Do(
            "audit",
            "Attacking the release",
            _ => release.Attack(_config.Audit.Attacks, train, holdout, reference, synthetic, model.Claim.Sentence, _seed.Derive("audit")),
            r => r.Summary);

        RunDocument document = new DocumentBuilder(_config, data, split, train, synthetic.Count, release.Files, fit, sample, evaluation, audit).Build(_folder, _options.Clock);
        AtomicFile.WriteAllText(_folder.Provenance, JsonSerializer.Serialize(document.Provenance, RunDocument.JsonOptions));
        AtomicFile.WriteAllText(_folder.Results, document.ToJson());
        return new RunOutcome(document, _folder);
    }

    private FitRecord Fit(Dataset train, out FittedSynthesizer fitted)
    {
        CheckpointFolder.Claim(_folder.Checkpoint, _key);
        (fitted, FitRecord record) = ModelFitting.Fit(_config.Method, train, _config.Sample.Where.Count > 0, _seed.Derive("fit"), _folder.Checkpoint, _options);
        if (fitted.CanSave)
            ModelFile.Save(fitted, _folder.Model);
        CheckpointFolder.Remove(_folder.Checkpoint);
        return record;
    }

    private SampleRecord Sample(FittedSynthesizer model, int trainRows, Release release, Stopwatch watch)
    {
        int rows = _config.Sample.Rows ?? trainRows;
        release.Write(model, rows, _seed.Derive("sample"), ConditionParser.Parse(WhereText, model.Schema));
        return new SampleRecord(rows, watch.Elapsed.TotalSeconds);
    }
}
