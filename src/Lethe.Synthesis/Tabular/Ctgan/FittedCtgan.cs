using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Tabular.Adversarial;

namespace Lethe.Synthesis.Tabular.Ctgan;

/// <summary>
/// A trained generator. Conditions of unconditional sampling follow the true level frequencies, and batch normalisation
/// its running statistics, so that a row depends neither on log frequencies nor on the rows beside it.
/// </summary>
internal sealed class FittedCtgan : FittedTableSynthesizer
{
    private const float Temperature = 0.2f;

    private readonly RowEncoder _encoder;
    private readonly CtganGenerator? _generator;
    private readonly ConditionSampler _conditions;
    private readonly int _noise;
    private readonly int[] _hidden;

    public FittedCtgan(RowEncoder encoder, CtganGenerator? generator, ConditionSampler conditions, int noise, int[] hidden, FitReport report)
    {
        (_encoder, _generator, _conditions, _noise, _hidden) = (encoder, generator, conditions, noise, hidden);
        _generator?.Evaluate();
        Report = report;
    }

    public override Descriptor Descriptor => Ctgan.Announcement;

    public override Schema Schema => _encoder.Schema;

    public override FitReport Report { get; }

    public static FittedCtgan Load(ModelReader reader)
    {
        RowEncoder encoder = RowEncoder.Load(reader);
        int noise = reader.Value<int>("noise");
        int[] hidden = reader.Ints("hidden", -1);
        ModelReader.Require(noise is > 0 and <= 10_000 && hidden.All(w => w is > 0 and <= 10_000), "noise", "or a layer width is out of range");
        EncodedBlock[] discrete = [.. encoder.Blocks.Where(b => b.IsDiscreteColumn)];
        double[][] frequencies = new double[discrete.Length][];
        for (int b = 0; b < discrete.Length; b++)
        {
            frequencies[b] = reader.FiniteDoubles($"frequencies.{b}", discrete[b].Width);
            ModelReader.Require(frequencies[b].All(f => f >= 0) && frequencies[b].Sum() > 0, $"frequencies.{b}", "are not frequencies");
        }

        ConditionSampler conditions = ConditionSampler.FromFrequencies(encoder, frequencies);
        if (encoder.Width == 0)
            return new FittedCtgan(encoder, null, conditions, noise, hidden, FitReport.Empty);
        CtganGenerator generator = new(noise + conditions.Width, hidden, encoder.Width, new Seed(0));
        ModuleState.Load(reader, generator, "generator.");
        return new FittedCtgan(encoder, generator, conditions, noise, hidden, FitReport.Empty);
    }

    public override void Save(ModelWriter writer)
    {
        writer.State["noise"] = _noise;
        writer.Add("hidden", _hidden, _hidden.Length);
        _encoder.Save(writer);
        for (int b = 0; b < _conditions.Frequencies.Length; b++)
            writer.Add($"frequencies.{b}", _conditions.Frequencies[b]);
        if (_generator is not null)
            ModuleState.Save(writer, _generator, "generator.");
    }

    /// <summary>Rows of a generator as it is.</summary>
    public static Table Draw(CtganGenerator generator, RowEncoder encoder, ConditionSampler conditions, int noise, int rows, RandomStream stream)
    {
        Tape tape = new() { Recording = false };
        tape.Reset();
        Tensor input = tape.Constant(new Shape(rows, noise + conditions.Width), 0);
        for (int i = 0; i < rows; i++)
        {
            Span<float> row = input.Values.Slice(i * input.Shape.Columns, input.Shape.Columns);
            stream.FillGaussian(row[..noise]);
            if (conditions.Width > 0)
                row[noise + conditions.InCondition(conditions.DrawForSampling(stream))] = 1;
        }

        return encoder.Decode(generator.Forward(input).ActivateBlocks(OutputLayout.Of(encoder), Temperature, stream).Values, rows);
    }

    protected override Table SampleChunk(int rows, RandomStream stream, IReadOnlyList<Condition> conditions) =>
        _generator is null ? _encoder.Decode([], rows) : Draw(_generator, _encoder, _conditions, _noise, rows, stream);
}
