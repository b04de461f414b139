using System.Numerics.Tensors;
using Lethe.Data.Cohorts;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Statics;
using Lethe.Synthesis.Series.Training;
using Shape = Lethe.Numerics.Tensors.Shape;
using Tensor = Lethe.Numerics.Tensors.Tensor;

namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>A trained generator: statics are drawn, noise and statics become series, masks follow by their thresholds.</summary>
internal sealed class FittedRcgan : FittedCohortSynthesizer
{
    private readonly SeriesEncoder _encoder;
    private readonly StaticModel _statics;
    private readonly RcganNetwork _generator;
    private readonly RcganSizes _sizes;
    private readonly MaskRule _masks;

    public FittedRcgan(SeriesEncoder encoder, StaticModel statics, RcganNetwork generator, RcganSizes sizes, MaskRule masks, FitReport report) =>
        (_encoder, _statics, _generator, _sizes, _masks, Report) = (encoder, statics, generator, sizes, masks, report);

    public override Descriptor Descriptor => RcganSynthesizer.Announcement;

    public override CohortShape Shape => _encoder.Shape;

    public override FitReport Report { get; }

    public static FittedRcgan Load(ModelReader reader)
    {
        SeriesEncoder encoder = SeriesEncoder.Load(reader);
        StaticModel statics = StaticModel.Load(reader, encoder);
        int[] sizes = reader.IntsWithin("sizes", 1, 4096, 2);
        RcganSizes own = new(encoder.Width, statics.Width, sizes[0], sizes[1]);
        RcganNetwork generator = own.Generator(new Seed(0));
        ModuleState.Load(reader, generator, "generator.");
        return new FittedRcgan(encoder, statics, generator, own, encoder.HasMask ? MaskRule.Load(reader, "masks", encoder.MaskWidth) : MaskRule.Draw, FitReport.Empty);
    }

    /// <summary>[0, 1] → [−1, 1], the range of tanh.</summary>
    public static void Signed(ReadOnlySpan<float> cells, Span<float> signed)
    {
        for (int i = 0; i < cells.Length; i++)
            signed[i] = (2 * cells[i]) - 1;
    }

    /// <summary>Series in [−1, 1], stays × steps × columns, zero beyond a stay's end.</summary>
    public static float[] Series(RcganNetwork generator, RcganSizes sizes, int steps, float[] conditions, int[] lengths, RandomStream noise)
    {
        Tape tape = new() { Recording = false };
        StepRows rows = new(lengths.Length, steps, lengths);
        Tensor z = tape.Gaussian(new Shape(lengths.Length, steps, sizes.Latent), noise);
        Tensor? condition = sizes.Condition == 0 ? null : rows.Repeat(tape.Input(conditions, new Shape(lengths.Length, sizes.Condition)));
        float[] series = generator.Forward(z, condition, rows.Lengths).Values.ToArray();
        for (int i = 0; i < lengths.Length; i++)
            series.AsSpan(((i * steps) + lengths[i]) * sizes.Columns, (steps - lengths[i]) * sizes.Columns).Clear();
        return series;
    }

    /// <summary>The same as cells in [0, 1], before any decision on masks.</summary>
    public static SeriesData Cells(RcganNetwork generator, RcganSizes sizes, int steps, StaticDraw drawn, RandomStream noise)
    {
        float[] cells = Series(generator, sizes, steps, drawn.Encoded, drawn.Lengths, noise);
        TensorPrimitives.Add(cells, 1f, cells);
        TensorPrimitives.Multiply(cells, 0.5f, cells);
        return new SeriesData(drawn.Lengths.Length, steps, sizes.Columns, cells, drawn.Lengths);
    }

    public override void Save(ModelWriter writer)
    {
        _encoder.Save(writer);
        _statics.Save(writer);
        writer.Add("sizes", [_sizes.Latent, _sizes.Hidden]);
        ModuleState.Save(writer, _generator, "generator.");
        if (_encoder.HasMask)
            _masks.Save(writer, "masks");
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    protected override Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        StaticDraw drawn = _statics.Sample(stays, seed.Derive("statics"), conditions);
        return _encoder.Decode(Cells(_generator, _sizes, _encoder.Steps, drawn, seed.Stream("noise")), drawn.Columns, _masks, seed.Stream("masks"));
    }
}
