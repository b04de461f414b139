using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>A trained generator. Conditions on statics select among generated attributes, which the series are then generated given.</summary>
internal sealed class FittedGhosts : FittedCohortSynthesizer
{
    private const int PilotLeast = 1024, PilotMost = 4096;

    private readonly GhostsEncoder _encoder;
    private readonly GhostsGenerator _generator;
    private readonly GhostsOptions _options;
    private readonly MarginalMap? _map;

    public FittedGhosts(GhostsEncoder encoder, GhostsGenerator generator, GhostsOptions options, MarginalMap? map, FitReport? report)
    {
        (_encoder, _generator, _options, _map) = (encoder, generator, options, map);
        _generator.Evaluate();
        Report = report ?? new FitReport { LearntFromData = encoder.LearntFromData };
    }

    public override Descriptor Descriptor => GhostsSynthesizer.Announcement;

    public override CohortShape Shape => _encoder.Shape;

    public override FitReport Report { get; }

    /// <summary>Stays of a generator as they are, for the post-processing to learn from.</summary>
    public static GhostsData Pilot(GhostsGenerator generator, GhostsEncoder encoder, int trained, Seed seed)
    {
        generator.Evaluate();
        int wanted = Math.Clamp(trained, PilotLeast, PilotMost), width = encoder.Layout.RowWidth;
        GhostsData all = new(encoder.Layout, wanted, new float[wanted * width], new int[wanted]);
        for (int done = 0, chunk = 0; done < wanted; done += ChunkStays, chunk++)
        {
            int stays = Math.Min(ChunkStays, wanted - done);
            Tape tape = new() { Recording = false };
            Seed own = seed.Derive("chunk", chunk);
            GhostsData part = Series(generator, encoder, tape, stays, generator.Statics(tape, stays, own.Stream("attributes")), own);
            part.Rows.CopyTo(all.Rows, done * width);
            part.Lengths.CopyTo(all.Lengths, done);
        }

        return all;
    }

    public static FittedGhosts Load(ModelReader reader)
    {
        GhostsEncoder encoder = GhostsEncoder.Load(reader);
        int[] sizes = reader.IntsWithin("sizes", 1, 10_000, 3);
        GhostsOptions options = new() { Noise = sizes[0], AttributeHidden = sizes[1], LstmHidden = sizes[2] };
        GhostsGenerator generator = new(encoder, options.Noise, options.AttributeHidden, options.LstmHidden, new Seed(0));
        ModuleState.Load(reader, generator, "generator.");
        bool mapped = reader.Value<bool>("marginal_map");
        return new FittedGhosts(encoder, generator, options, mapped ? MarginalMap.Load(reader, encoder.Layout) : null, null);
    }

    public override void Save(ModelWriter writer)
    {
        _encoder.Save(writer);
        writer.Add("sizes", [_options.Noise, _options.AttributeHidden, _options.LstmHidden]);
        ModuleState.Save(writer, _generator, "generator.");
        writer.State["marginal_map"] = _map is not null;
        _map?.Save(writer);
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => _encoder.Layout.Statics > 0;

    protected override Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        Tape tape = new() { Recording = false };
        Tensor? statics = _encoder.Layout.Statics == 0 ? null : Attributes(tape, stays, seed, conditions);
        GhostsData data = Series(_generator, _encoder, tape, stays, statics, seed);
        Table? columns = _encoder.Statics?.Decode(statics is null ? [] : Mapped(statics), stays);
        return _encoder.Decode(data, columns, _map);
    }

    /// <summary>Attributes that meet the conditions, [stays, statics], drawn until there are enough.</summary>
    private Tensor Attributes(Tape tape, int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        if (conditions.Count == 0)
            return _generator.Statics(tape, stays, seed.Stream("attributes"))!;
        int width = _encoder.Layout.Statics;
        float[] kept = new float[stays * width];
        long drawn = 0;
        for (int done = 0, attempt = 0; done < stays; attempt++)
        {
            tape.Reset();
            Tensor tried = _generator.Statics(tape, ChunkStays, seed.Stream("attributes", attempt))!;
            Table table = _encoder.Statics!.Decode(Mapped(tried), ChunkStays);
            drawn += ChunkStays;
            foreach (int hit in ChunkedSampling.Matching(table, conditions))
            {
                if (done < stays)
                    tried.Values.Slice(hit * width, width).CopyTo(kept.AsSpan(done++ * width));
            }

            ChunkedSampling.ThrowIfTooRare(table, conditions, done, drawn, ChunkStays);
        }

        tape.Reset();
        return tape.Input(kept, new Shape(stays, width));
    }

    private float[] Mapped(Tensor statics) => _map is null ? statics.Values.ToArray() : _map.Statics(statics.Values);

    private static GhostsData Series(GhostsGenerator generator, GhostsEncoder encoder, Tape tape, int stays, Tensor? statics, Seed seed)
    {
        GhostsBatch batch = generator.Forward(tape, stays, statics, seed.Stream("series"), seed.Stream("bits"));
        return new GhostsData(encoder.Layout, stays, batch.Row.Values.ToArray(), batch.Lengths);
    }
}
