using Lethe.Data;
using Lethe.Numerics.Randomness;
using Lethe.Studies.Configuration;
using Lethe.Studies.Loading;
using Lethe.Synthesis;
using Lethe.Synthesis.Conditions;

namespace Lethe.Studies.Runs;

/// <summary>What a run does differently for tables and for cohorts: how the release is written, read back, evaluated and attacked.</summary>
internal abstract class Release(RunFolder folder, RunOptions options)
{
    protected RunFolder Folder { get; } = folder;

    protected RunOptions Options { get; } = options;

    /// <summary>Files that the release consists of.</summary>
    public abstract IReadOnlyList<string> Files { get; }

    /// <summary>Whether attacks on this kind of release exist.</summary>
    public abstract bool CanBeAttacked { get; }

    public static Release Of(LoadedData data, RunFolder folder, RunOptions options) =>
        data.Cohort is null ? new TableRelease(folder, options) : new CohortRelease(folder, options);

    /// <summary>Draws and writes the release.</summary>
    public abstract void Write(FittedSynthesizer model, int count, Seed seed, IReadOnlyList<Condition> conditions);

    /// <summary>Reads the release back, as its recipient will.</summary>
    public abstract Dataset Read(FittedSynthesizer model);

    public abstract EvaluationRecord Evaluate(EvaluateConfig config, Dataset train, Dataset holdout, Dataset synthetic, IReadOnlyList<Condition> conditions, Seed seed);

    public abstract AuditRecord Attack(IReadOnlyList<string> attacks, Dataset train, Dataset holdout, Dataset reference, Dataset synthetic, string claim, Seed seed);

    /// <summary>Tells progress and hears cancellation while chunks are written.</summary>
    protected IEnumerable<T> Watched<T>(IEnumerable<T> chunks, int count, string noun)
        where T : Dataset
    {
        long done = 0;
        foreach (T chunk in chunks)
        {
            Options.Cancellation.ThrowIfCancellationRequested();
            yield return chunk;
            done += chunk.Count;
            Options.Progress?.Report(new StageAdvanced(noun, done, count, new Dictionary<string, double>()));
        }
    }
}
