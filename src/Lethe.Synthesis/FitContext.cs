using Lethe.Numerics.Randomness;

namespace Lethe.Synthesis;

/// <summary>What a fit is given besides data: seed, progress, cancellation, checkpoint folder. Immutable.</summary>
public sealed record FitContext
{
    /// <summary>Root of all random draws of the fit; methods derive named children.</summary>
    public required Seed Seed { get; init; }

    /// <summary>Told about progress, one report at a time, not always from the same thread; null when nobody listens.</summary>
    public IProgress<FitProgress>? Progress { get; init; }

    /// <summary>Checked at least every training step.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Most threads to use; null: all processors. Results do not depend on it.</summary>
    public int? MaxThreads { get; init; }

    /// <summary>Where long fits keep their latest checkpoint and look for one to resume from; null: none.</summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>Options for parallel loops of a fit: the thread limit and the cancellation.</summary>
    internal ParallelOptions Parallelism => new() { MaxDegreeOfParallelism = MaxThreads ?? -1, CancellationToken = Cancellation };
}

/// <summary>How far a fit is.</summary>
/// <param name="Stage">What is being done, e.g. <c>training</c>, <c>selecting parents</c>.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all; 0 when unknown.</param>
/// <param name="Losses">Named losses or scores at this step; may be empty.</param>
public sealed record FitProgress(string Stage, long Done, long Total, IReadOnlyDictionary<string, double> Losses)
{
    /// <summary>Progress without losses.</summary>
    public FitProgress(string stage, long done, long total)
        : this(stage, done, total, new Dictionary<string, double>())
    {
    }
}
