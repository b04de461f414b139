using Lethe.Data.Cohorts;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Statics;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Kovae;

/// <summary>A trained prior and decoder: statics are drawn, the prior is rolled out given them, the decoder gives cells, masks are drawn.</summary>
internal sealed class FittedKovae : FittedCohortSynthesizer
{
    private const string Weights = "generator.";

    private readonly SeriesEncoder _encoder;
    private readonly StaticModel _statics;
    private readonly KovaeGenerator _generator;
    private readonly KovaeSizes _sizes;

    public FittedKovae(SeriesEncoder encoder, StaticModel statics, KovaeGenerator generator, KovaeSizes sizes, FitReport report)
    {
        (_encoder, _statics, _generator, _sizes, Report) = (encoder, statics, generator, sizes, report);
        _generator.Evaluate();
    }

    public override Descriptor Descriptor => KovaeSynthesizer.Announcement;

    public override CohortShape Shape => _encoder.Shape;

    public override FitReport Report { get; }

    public static FittedKovae Load(ModelReader reader)
    {
        SeriesEncoder encoder = SeriesEncoder.Load(reader);
        StaticModel statics = StaticModel.Load(reader, encoder);
        KovaeSizes sizes = new(reader.Value<int>("hidden"), reader.Value<int>("layers"), reader.Value<int>("latent"));
        ModelReader.Require(sizes.Hidden is > 0 and <= 4096 && sizes.Layers is > 0 and <= 16 && sizes.Latent is > 0 and <= 1024, "hidden", "or another size is out of range");
        KovaeGenerator generator = new(encoder.Width, statics.Width, sizes, new Seed(0));
        ModuleState.Load(reader, generator, Weights);
        return new FittedKovae(encoder, statics, generator, sizes, FitReport.Empty);
    }

    public override void Save(ModelWriter writer)
    {
        _encoder.Save(writer);
        _statics.Save(writer);
        (writer.State["hidden"], writer.State["layers"], writer.State["latent"]) = (_sizes.Hidden, _sizes.Layers, _sizes.Latent);
        ModuleState.Save(writer, _generator, Weights);
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    protected override Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        StaticDraw drawn = _statics.Sample(stays, seed.Derive("statics"), conditions);
        Tape tape = new() { Recording = false };
        tape.Reset();
        StepRows rows = new(stays, _encoder.Steps, drawn.Lengths);
        Tensor noise = tape.Input(new Shape(stays, _encoder.Steps, _sizes.Latent));
        seed.Stream("prior").FillGaussian(noise.Values);
        Tensor? statics = _statics.Width > 0 ? tape.Input(drawn.Encoded, new Shape(stays, _statics.Width)) : null;
        Tensor cells = rows.Spread(_generator.Decode(_generator.RollOut(statics, noise).Latent, statics, rows).Sigmoid());
        return _encoder.Decode(new SeriesData(stays, _encoder.Steps, _encoder.Width, cells.Values.ToArray(), drawn.Lengths), drawn.Columns, MaskRule.Draw, seed.Stream("masks"));
    }
}
