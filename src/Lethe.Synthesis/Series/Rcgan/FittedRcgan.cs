using System.Numerics.Tensors;
using Lethe.Data.Cohorts;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Ops;
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

/// <summary>A trained generator: statics are drawn, noise and statics become series, brought to the training quantiles and rates.</summary>
internal sealed class FittedRcgan : FittedCohortSynthesizer
{
    private readonly SeriesEncoder _encoder;
    private readonly StaticModel _statics;
    private readonly RcganNetwork _generator;
    private readonly RcganSizes _sizes;
    private readonly PilotCalibration? _calibration;

    public FittedRcgan(SeriesEncoder encoder, StaticModel statics, RcganNetwork generator, RcganSizes sizes, PilotCalibration? calibration, FitReport report) =>
        (_encoder, _statics, _generator, _sizes, _calibration, Report) = (encoder, statics, generator, sizes, calibration, report);

    public override Descriptor Descriptor => RcganSynthesizer.Announcement;

    public override CohortShape Shape => _encoder.Shape;

    public override FitReport Report { get; }

    public static FittedRcgan Load(ModelReader reader)
    {
        SeriesEncoder encoder = SeriesEncoder.Load(reader);
        StaticModel statics = StaticModel.Load(reader, encoder);
        int[] sizes = reader.IntsWithin("sizes", 0, 4096, 3);
        ModelReader.Require(sizes[0] > 0 && sizes[2] > 0, "sizes", "hold an empty network");
        RcganSizes own = new(encoder.Width, statics.Width, sizes[0], sizes[1], sizes[2]);
        RcganNetwork generator = own.Generator(new Seed(0));
        ModuleState.Load(reader, generator, "generator.");
        return new FittedRcgan(encoder, statics, generator, own, encoder.HasMask ? PilotCalibration.Load(reader, encoder) : null, FitReport.Empty);
    }

    /// <summary>[0, 1] → [−1, 1], the range of tanh.</summary>
    public static void Signed(ReadOnlySpan<float> cells, Span<float> signed)
    {
        for (int i = 0; i < cells.Length; i++)
            signed[i] = (2 * cells[i]) - 1;
    }

    /// <summary>The same in an array of its own.</summary>
    public static float[] Signed(float[] cells)
    {
        float[] signed = new float[cells.Length];
        Signed(cells, signed);
        return signed;
    }

    /// <summary>Series in [−1, 1], stays × steps × columns, zero beyond a stay's end.</summary>
    public static float[] Series(RcganNetwork generator, CarriedReadings? carried, RcganSizes sizes, int steps, float[] conditions, int[] lengths, Seed seed)
    {
        Tape tape = new() { Recording = false };
        StepRows rows = new(lengths.Length, steps, lengths);
        Tensor z = Noise(tape, rows, sizes, seed);
        Tensor? condition = sizes.Condition == 0 ? null : rows.Repeat(tape.Input(conditions, new Shape(lengths.Length, sizes.Condition)));
        Tensor raw = generator.Forward(z, condition, rows.Lengths);
        float[] series = (carried?.Forward(raw, seed.Stream("masks")) ?? raw).Values.ToArray();
        for (int i = 0; i < lengths.Length; i++)
            series.AsSpan(((i * steps) + lengths[i]) * sizes.Columns, (steps - lengths[i]) * sizes.Columns).Clear();
        return series;
    }

    /// <summary>Noise of a batch, [B, T, stay noise + latent].</summary>
    public static Tensor Noise(Tape tape, StepRows rows, RcganSizes sizes, Seed seed)
    {
        Tensor z = tape.Gaussian(new Shape(rows.Examples, rows.Steps, sizes.Latent), seed.Stream("steps"));
        return sizes.StayNoise == 0 ? z : rows.Repeat(tape.Gaussian(new Shape(rows.Examples, sizes.StayNoise), seed.Stream("stays"))).ConcatColumns(z);
    }

    /// <summary>The same as cells in [0, 1]; masks are probabilities.</summary>
    public static SeriesData Cells(RcganNetwork generator, RcganSizes sizes, int steps, StaticDraw drawn, Seed seed)
    {
        float[] cells = Series(generator, null, sizes, steps, drawn.Encoded, drawn.Lengths, seed);
        TensorPrimitives.Add(cells, 1f, cells);
        TensorPrimitives.Multiply(cells, 0.5f, cells);
        return new SeriesData(drawn.Lengths.Length, steps, sizes.Columns, cells, drawn.Lengths);
    }

    public override void Save(ModelWriter writer)
    {
        _encoder.Save(writer);
        _statics.Save(writer);
        writer.Add("sizes", [_sizes.Latent, _sizes.StayNoise, _sizes.Hidden]);
        ModuleState.Save(writer, _generator, "generator.");
        _calibration?.Save(writer);
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    protected override Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        StaticDraw drawn = _statics.Sample(stays, seed.Derive("statics"), conditions);
        SeriesData cells = Cells(_generator, _sizes, _encoder.Steps, drawn, seed.Derive("series"));
        _calibration?.Apply(_encoder, cells);
        return _encoder.Decode(cells, drawn.Columns, MaskRule.Draw, seed.Stream("masks"));
    }
}
