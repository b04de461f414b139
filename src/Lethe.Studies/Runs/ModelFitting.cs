using System.Diagnostics;
using Lethe.Data;
using Lethe.Data.Problems;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Studies.Configuration;
using Lethe.Studies.Loading;
using Lethe.Studies.Selection;
using Lethe.Synthesis;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Registry;

namespace Lethe.Studies.Runs;

/// <summary>What a fit to a file amounted to.</summary>
/// <param name="Method">The method, also where it was chosen by the decision rule.</param>
/// <param name="Rows">Rows learnt from.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="Claim">The formal claim in one sentence.</param>
/// <param name="Notices">Notices for these data.</param>
/// <param name="Selection">Scores of the decision rule; null when the method was named.</param>
public sealed record FitSummary(Descriptor Method, int Rows, double Seconds, string Claim, IReadOnlyList<string> Notices, SelectionTable? Selection);

/// <summary>Fits the method of a configuration, with or without a run around it.</summary>
public static class ModelFitting
{
    /// <summary>Learns from all rows of the configured data and saves the model. A checkpoint beside the file lets the same call continue.</summary>
    /// <exception cref="DataException">The data cannot be read or do not fit their schema.</exception>
    /// <exception cref="ConfigException">The configuration cannot be used.</exception>
    /// <exception cref="SynthesisException">The method cannot learn from these data, or has no model file.</exception>
    public static async Task<FitSummary> ToFileAsync(RunConfig config, string modelFile, RunOptions options)
    {
        options.Progress?.Report(new StageStarted("read", "Reading the data", 1, 2));
        Stopwatch watch = Stopwatch.StartNew();
        LoadedData data = await new DataLoader(options.Catalogue).LoadAsync(config.Data, cancellation: options.Cancellation).ConfigureAwait(false);
        foreach (DataProblem note in data.Notes)
            options.Progress?.Report(new DataNoticed(note));
        options.Progress?.Report(new StageFinished("read", watch.Elapsed.TotalSeconds, Reused: false, $"{data.Table.RowCount} {data.RowNoun}, {data.Table.Columns.Count} columns."));

        options.Progress?.Report(new StageStarted("fit", $"Learning ({config.Method.Name})", 2, 2));
        string checkpoint = modelFile + ".checkpoint";
        CheckpointFolder.Claim(checkpoint, Fingerprint.Of(LetheVersion.Current, data.ContentKey, RunConfigWriter.Write(config)));
        (FittedSynthesizer model, FitRecord record) = Fit(config.Method, data.Dataset, conditions: false, new Seed(config.Seed).Derive("fit"), checkpoint, options);
        ModelFile.Save(model, modelFile);
        CheckpointFolder.Remove(checkpoint);
        options.Progress?.Report(new StageFinished("fit", record.Seconds, Reused: false, $"{record.Method.Title}."));
        return new FitSummary(record.Method, data.Table.RowCount, record.Seconds, record.Claim, record.Notices, record.Selection);
    }

    /// <summary>Chooses the method where the configuration leaves it open, and fits it.</summary>
    /// <param name="config">The method, or that it is to be chosen.</param>
    /// <param name="train">What to learn from.</param>
    /// <param name="conditions">Whether rows will be drawn under conditions.</param>
    /// <param name="seed">Root of the fit.</param>
    /// <param name="checkpoint">Folder of checkpoints.</param>
    /// <param name="options">Progress and cancellation.</param>
    internal static (FittedSynthesizer Model, FitRecord Record) Fit(MethodConfig config, Dataset train, bool conditions, Seed seed, string checkpoint, RunOptions options)
    {
        Stopwatch watch = Stopwatch.StartNew();
        IProgress<FitProgress> progress = new Relay<FitProgress>(p => options.Progress?.Report(new StageAdvanced(p.Stage, p.Done, p.Total, p.Losses)));
        Choice choice = config.Name == MethodConfig.Automatic
            ? AutomaticChoice.For(train, conditions, seed.Derive("auto"), progress, options.Cancellation)
            : new Choice(Methods.Get(config.Name), config.Options, null, []);
        ISynthesizer method = choice.Method.Create(choice.Options);
        FittedSynthesizer model = method.Fit(train, new FitContext
        {
            Seed = seed,
            Progress = progress,
            Cancellation = options.Cancellation,
            CheckpointFolder = checkpoint,
        });
        return (model, new FitRecord
        {
            Method = model.Descriptor,
            Options = new SortedDictionary<string, string>(method.Options.ToDictionary(), StringComparer.Ordinal),
            Claim = model.Claim.Sentence,
            Training = model.Report.Training,
            Deviations = model.Report.Deviations,
            LearntFromData = model.Report.LearntFromData,
            Notices = [.. choice.Notices, .. model.Report.Notices],
            Selection = choice.Table,
            Seconds = watch.Elapsed.TotalSeconds,
        });
    }
}
