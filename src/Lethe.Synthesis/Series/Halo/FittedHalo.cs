using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.Halo;

/// <summary>A trained HALO.</summary>
internal sealed class FittedHalo : FittedCohortSynthesizer
{
    private const int LargestWidth = 8192;

    private readonly HaloCodec _codec;
    private readonly HaloNetwork _network;
    private readonly HaloSampler _sampler;
    private readonly int _blocks, _heads;

    public FittedHalo(HaloCodec codec, HaloNetwork network, int blocks, int heads, FitReport report)
    {
        (_codec, _network, _blocks, _heads, Report) = (codec, network, blocks, heads, report);
        network.Evaluate();
        _sampler = new HaloSampler(network, codec);
    }

    public override Descriptor Descriptor => HaloSynthesizer.Announcement;

    public override CohortShape Shape => _codec.Shape;

    public override FitReport Report { get; }

    public static FittedHalo Load(ModelReader reader)
    {
        HaloCodec codec = HaloCodec.Load(reader);
        int width = reader.Value<int>("width"), blocks = reader.Value<int>("blocks"), heads = reader.Value<int>("heads");
        ModelReader.Require(width is > 0 and <= LargestWidth && blocks is > 0 and <= 100 && heads > 0 && width % heads == 0, "width", "or the number of blocks or heads is out of range");
        HaloNetwork network = new(codec, width, blocks, heads, 0, new Seed(0));
        ModuleState.Load(reader, network, "network.");
        ModelReader.Require(network.State.All(p => p.Values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) < 0), "network", "holds a number that is not finite");
        return new FittedHalo(codec, network, blocks, heads, FitReport.Empty);
    }

    public override void Save(ModelWriter writer)
    {
        writer.State["width"] = _network.Width;
        writer.State["blocks"] = _blocks;
        writer.State["heads"] = _heads;
        _codec.Save(writer);
        ModuleState.Save(writer, _network, "network.");
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    protected override Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions) => _sampler.Sample(stays, seed, conditions);
}
