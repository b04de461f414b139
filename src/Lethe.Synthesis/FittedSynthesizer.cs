using Lethe.Data;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Privacy;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis;

/// <summary>
/// A model that has learnt and can make synthetic data without the training data. Immutable and thread-safe. Sampling is
/// a function of the seed alone: the same seed gives the same rows, whether drawn at once, in chunks, or after saving and
/// loading.
/// </summary>
public abstract class FittedSynthesizer
{
    /// <summary>How the method announces itself.</summary>
    public abstract Descriptor Descriptor { get; }

    /// <summary>The schema of what <see cref="Sample"/> delivers: the modelled columns of the training schema, in order.</summary>
    public abstract Schema Schema { get; }

    /// <summary>The formal privacy claim.</summary>
    public virtual PrivacyClaim Claim => PrivacyClaim.None;

    /// <summary>What the fit has to tell the report.</summary>
    public virtual FitReport Report => FitReport.Empty;

    /// <summary>Draws <paramref name="count"/> synthetic patients.</summary>
    /// <param name="count">How many, ≥ 0.</param>
    /// <param name="seed">Seed of this draw.</param>
    public abstract Dataset Sample(int count, Seed seed);

    /// <summary>Writes everything that sampling needs. No training row, cache or index may be among it.</summary>
    public abstract void Save(ModelWriter writer);
}

/// <summary>A fitted model of tables: streams any number of rows in chunks, with conditions.</summary>
public abstract class FittedTableSynthesizer : FittedSynthesizer
{
    /// <summary>Rows per chunk; chunk k draws from its own stream, so that row i never depends on how many rows follow.</summary>
    public const int ChunkRows = 4096;

    /// <summary>True when <see cref="SampleChunk"/> meets these conditions exactly by itself; else rows are drawn and rejected.</summary>
    protected virtual bool ConditionsExactly(IReadOnlyList<Condition> conditions) => conditions.Count == 0;

    /// <summary>Draws exactly <paramref name="rows"/> rows of <see cref="FittedSynthesizer.Schema"/> from <paramref name="stream"/>.</summary>
    /// <param name="rows">How many, 1 … <see cref="ChunkRows"/>.</param>
    /// <param name="stream">The only source of randomness.</param>
    /// <param name="conditions">Empty unless <see cref="ConditionsExactly"/> accepted them.</param>
    protected abstract Table SampleChunk(int rows, RandomStream stream, IReadOnlyList<Condition> conditions);

    /// <inheritdoc/>
    public sealed override Dataset Sample(int count, Seed seed) => SampleTable(count, seed);

    /// <summary>Draws <paramref name="count"/> rows that meet <paramref name="conditions"/>.</summary>
    /// <exception cref="SynthesisException">The conditions are met too rarely; the message names the rarest.</exception>
    public Table SampleTable(int count, Seed seed, IReadOnlyList<Condition>? conditions = null) =>
        ChunkedSampling.Collect(Schema, SampleChunks(count, seed, conditions));

    /// <summary>Streams <paramref name="count"/> rows that meet <paramref name="conditions"/>, in tables of at most <see cref="ChunkRows"/> rows.</summary>
    /// <exception cref="SynthesisException">The conditions are met too rarely; the message names the rarest.</exception>
    public IEnumerable<Table> SampleChunks(long count, Seed seed, IReadOnlyList<Condition>? conditions = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        IReadOnlyList<Condition> wanted = conditions ?? [];
        return ConditionsExactly(wanted)
            ? ChunkedSampling.Direct(count, seed, (rows, stream) => SampleChunk(rows, stream, wanted))
            : ChunkedSampling.Rejecting(count, seed, (rows, stream) => SampleChunk(rows, stream, []), wanted);
    }
}
