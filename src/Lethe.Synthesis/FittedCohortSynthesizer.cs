using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Series;

namespace Lethe.Synthesis;

/// <summary>A fitted model of cohorts: whole synthetic patients (statics, outcomes, events), any number of them, streamed in chunks.</summary>
public abstract class FittedCohortSynthesizer : FittedSynthesizer
{
    /// <summary>Stays per chunk; chunk k draws from its own seed, so that stay i never depends on how many follow.</summary>
    public const int ChunkStays = 256;

    /// <summary>What delivered cohorts look like: name, channels, outcomes, static columns.</summary>
    public abstract CohortShape Shape { get; }

    /// <summary>The static columns: the stay's identifier, then the modelled columns of the training cohort, in order.</summary>
    public sealed override Schema Schema => Shape.Schema;

    /// <summary>True when <see cref="SampleChunk"/> meets these conditions on static columns by itself; else stays are drawn and rejected.</summary>
    /// <param name="conditions">At least one, checked against the schema.</param>
    protected virtual bool ConditionsExactly(IReadOnlyList<Condition> conditions) => false;

    /// <summary>Draws exactly <paramref name="stays"/> stays.</summary>
    /// <param name="stays">How many; always <see cref="ChunkStays"/>.</param>
    /// <param name="seed">The only source of randomness; derive named children.</param>
    /// <param name="conditions">Empty unless <see cref="ConditionsExactly"/> accepted them.</param>
    /// <returns>A cohort of <see cref="Shape"/>; its stay ids are replaced by the caller.</returns>
    protected abstract Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions);

    /// <inheritdoc/>
    public sealed override Dataset Sample(int count, Seed seed) => SampleCohort(count, seed);

    /// <summary>Draws <paramref name="count"/> stays that meet <paramref name="conditions"/> on static columns.</summary>
    /// <exception cref="ConditionException">The conditions do not fit the schema.</exception>
    /// <exception cref="SynthesisException">The conditions are met too rarely.</exception>
    public Cohort SampleCohort(int count, Seed seed, IReadOnlyList<Condition>? conditions = null)
    {
        Cohort[] chunks = [.. SampleChunks(count, seed, conditions)];
        return chunks.Length == 0 ? Shape.Empty() : chunks[0].Append(chunks[1..]);
    }

    /// <summary>Streams <paramref name="count"/> stays that meet <paramref name="conditions"/>, in cohorts of at most <see cref="ChunkStays"/> stays.</summary>
    /// <exception cref="ConditionException">The conditions do not fit the schema.</exception>
    /// <exception cref="SynthesisException">While enumerating: the conditions are met too rarely.</exception>
    public IEnumerable<Cohort> SampleChunks(long count, Seed seed, IReadOnlyList<Condition>? conditions = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        IReadOnlyList<Condition> wanted = conditions ?? [];
        Condition.Validate(wanted, Schema);
        bool direct = wanted.Count == 0 || ConditionsExactly(wanted);
        return Stream(count, seed, direct ? wanted : [], direct ? [] : wanted);
    }

    private IEnumerable<Cohort> Stream(long count, Seed seed, IReadOnlyList<Condition> exact, IReadOnlyList<Condition> rejecting)
    {
        long done = 0, drawn = 0;
        for (long chunk = 0; done < count; chunk++)
        {
            Cohort full = SampleChunk(ChunkStays, seed.Derive("chunk", chunk), exact);
            drawn += ChunkStays;
            int[] hits = ChunkedSampling.Matching(full.Statics, rejecting);
            int take = (int)Math.Min(hits.Length, count - done);
            if (take > 0)
            {
                Cohort kept = take == full.Count ? full : full.Take(hits.AsSpan(0, take));
                yield return kept.WithStatics(Shape.Numbered(kept.Statics, done));
                done += take;
            }

            ChunkedSampling.ThrowIfTooRare(full.Statics, rejecting, done, drawn, ChunkStays);
        }
    }
}
