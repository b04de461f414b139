using Lethe.Data;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;

namespace Lethe.Synthesis;

/// <summary>A fitted model of tables: streams any number of rows in chunks, with conditions.</summary>
public abstract class FittedTableSynthesizer : FittedSynthesizer
{
    /// <summary>Rows per chunk; chunk k draws from its own stream, so that row i never depends on how many rows follow.</summary>
    public const int ChunkRows = 4096;

    /// <summary>True when <see cref="SampleChunk"/> meets these conditions by itself; else rows are drawn and rejected.</summary>
    /// <param name="conditions">At least one, checked against the schema.</param>
    protected virtual bool ConditionsExactly(IReadOnlyList<Condition> conditions) => false;

    /// <summary>Draws exactly <paramref name="rows"/> rows of <see cref="FittedSynthesizer.Schema"/> from <paramref name="stream"/>.</summary>
    /// <param name="rows">How many; always <see cref="ChunkRows"/>.</param>
    /// <param name="stream">The only source of randomness.</param>
    /// <param name="conditions">Empty unless <see cref="ConditionsExactly"/> accepted them.</param>
    /// <exception cref="SynthesisException">The model gives these conditions no, or next to no, probability.</exception>
    protected abstract Table SampleChunk(int rows, RandomStream stream, IReadOnlyList<Condition> conditions);

    /// <inheritdoc/>
    public sealed override Dataset Sample(int count, Seed seed) => SampleTable(count, seed);

    /// <summary>Draws <paramref name="count"/> rows that meet <paramref name="conditions"/>.</summary>
    /// <exception cref="ConditionException">The conditions do not fit the schema.</exception>
    /// <exception cref="SynthesisException">The conditions are met too rarely; the message names the rarest.</exception>
    public Table SampleTable(int count, Seed seed, IReadOnlyList<Condition>? conditions = null) =>
        ChunkedSampling.Collect(Schema, SampleChunks(count, seed, conditions));

    /// <summary>Streams <paramref name="count"/> rows that meet <paramref name="conditions"/>, in tables of at most <see cref="ChunkRows"/> rows.</summary>
    /// <exception cref="ConditionException">The conditions do not fit the schema.</exception>
    /// <exception cref="SynthesisException">While enumerating: the conditions are met too rarely; the message names the rarest.</exception>
    public IEnumerable<Table> SampleChunks(long count, Seed seed, IReadOnlyList<Condition>? conditions = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        IReadOnlyList<Condition> wanted = conditions ?? [];
        Condition.Validate(wanted, Schema);
        return wanted.Count == 0 || ConditionsExactly(wanted)
            ? ChunkedSampling.Direct(count, seed, (rows, stream) => SampleChunk(rows, stream, wanted))
            : ChunkedSampling.Rejecting(count, seed, (rows, stream) => SampleChunk(rows, stream, []), wanted);
    }
}
