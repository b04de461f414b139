using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Tabular.Adversarial;

namespace Lethe.Synthesis.Tabular.Gan;

/// <summary>A trained generator with the way back from its outputs to a table. Sampling uses the running statistics, so a row never depends on the rows beside it.</summary>
internal sealed class FittedGan : FittedTableSynthesizer
{
    private readonly RowEncoder _encoder;
    private readonly GanGenerator? _generator;
    private readonly GanOptions _options;

    public FittedGan(RowEncoder encoder, GanGenerator? generator, GanOptions options, FitReport report)
    {
        _encoder = encoder;
        _generator = generator;
        _options = options;
        _generator?.Evaluate();
        Report = report;
    }

    public override Descriptor Descriptor => Gan.Announcement;

    public override Schema Schema => _encoder.Schema;

    public override FitReport Report { get; }

    public static FittedGan Load(ModelReader reader)
    {
        RowEncoder encoder = RowEncoder.Load(reader);
        GanOptions options = new() { Noise = reader.Value<int>("noise"), Generator = reader.Ints("hidden", -1) };
        ModelReader.Require(options.Noise is > 0 and <= 10_000 && options.Generator.All(w => w is > 0 and <= 10_000), "noise", "or a layer width is out of range");
        if (encoder.Width == 0)
            return new FittedGan(encoder, null, options, FitReport.Empty);
        GanGenerator generator = new(options.Noise, options.Generator, encoder.Width, OutputLayout.Of(encoder), new Seed(0));
        ModuleState.Load(reader, generator, "generator.");
        return new FittedGan(encoder, generator, options, FitReport.Empty);
    }

    public override void Save(ModelWriter writer)
    {
        writer.State["noise"] = _options.Noise;
        writer.Add("hidden", _options.Generator, _options.Generator.Length);
        _encoder.Save(writer);
        if (_generator is not null)
            ModuleState.Save(writer, _generator, "generator.");
    }

    /// <summary>Rows of a generator as it is, for scores during training.</summary>
    public static Table Draw(GanGenerator generator, RowEncoder encoder, int noise, int rows, RandomStream stream)
    {
        Tape tape = new() { Recording = false };
        tape.Reset();
        Tensor z = tape.Input(new Shape(rows, noise));
        stream.FillGaussian(z.Values);
        return encoder.Decode(generator.Forward(z).Values, rows);
    }

    protected override Table SampleChunk(int rows, RandomStream stream, IReadOnlyList<Condition> conditions) =>
        _generator is null ? _encoder.Decode([], rows) : Draw(_generator, _encoder, _options.Noise, rows, stream);
}
