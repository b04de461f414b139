using Lethe.Data.Cohorts;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Statics;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.TimeGan;

/// <summary>Trained generator, supervisor and recovery: statics are drawn, noise becomes latents, latents cells, which are brought to the training quantiles and rates where the grid has holes.</summary>
internal sealed class FittedTimeGan : FittedCohortSynthesizer
{
    private readonly SeriesEncoder _encoder;
    private readonly StaticModel _statics;
    private readonly TimeGanNetworks _networks;
    private readonly TimeGanSizes _sizes;
    private readonly PilotCalibration? _calibration;

    public FittedTimeGan(SeriesEncoder encoder, StaticModel statics, TimeGanNetworks networks, TimeGanSizes sizes, PilotCalibration? calibration, FitReport report) =>
        (_encoder, _statics, _networks, _sizes, _calibration, Report) = (encoder, statics, networks, sizes, calibration, report);

    public override Descriptor Descriptor => TimeGanSynthesizer.Announcement;

    public override CohortShape Shape => _encoder.Shape;

    public override FitReport Report { get; }

    public static FittedTimeGan Load(ModelReader reader)
    {
        SeriesEncoder encoder = SeriesEncoder.Load(reader);
        StaticModel statics = StaticModel.Load(reader, encoder);
        TimeGanSizes sizes = new(reader.Value<int>("hidden"), reader.Value<int>("layers"), reader.Value<int>("stay_noise"));
        ModelReader.Require(sizes.Hidden is > 0 and <= 4096 && sizes.Layers is > 0 and <= 16 && sizes.StayNoise is >= 0 and <= 1000, "hidden", "or the number of layers or the width of the noise is out of range");
        TimeGanNetworks networks = new(encoder.Width, statics.Width, sizes, new Seed(0));
        foreach ((string name, Module module) in networks.Sampling)
            ModuleState.Load(reader, module, name);
        return new FittedTimeGan(encoder, statics, networks, sizes, encoder.HasMask ? PilotCalibration.Load(reader, encoder) : null, FitReport.Empty);
    }

    /// <summary>Cells of stays with these statics, before any decision on masks.</summary>
    public static SeriesData Cells(SeriesEncoder encoder, int staticWidth, TimeGanNetworks networks, StaticDraw drawn, RandomStream stream)
    {
        int stays = drawn.Lengths.Length;
        Tape tape = new() { Recording = false };
        tape.Reset();
        StepRows rows = new(stays, encoder.Steps, drawn.Lengths);
        Tensor noise = Noise(tape, rows, encoder.Width, networks.StayNoise, stream);
        Tensor? statics = staticWidth > 0 ? rows.Repeat(tape.Input(drawn.Encoded, new Shape(stays, staticWidth))) : null;
        return new SeriesData(stays, encoder.Steps, encoder.Width, networks.Sample(noise, statics, rows).Values.ToArray(), drawn.Lengths);
    }

    /// <summary>[z_S | z_t]: Gaussian noise that a stay keeps at all its steps, and what each step draws anew, uniform on [0, 1]; [B, T, stay noise + D].</summary>
    /// <param name="tape">Where it is recorded as input.</param>
    /// <param name="rows">Stays and steps.</param>
    /// <param name="columns">Columns of a step D.</param>
    /// <param name="stayNoise">Width of z_S, 0 for none.</param>
    /// <param name="stream">Where it is drawn from.</param>
    public static Tensor Noise(Tape tape, StepRows rows, int columns, int stayNoise, RandomStream stream)
    {
        Tensor steps = tape.Input(new Shape(rows.Examples, rows.Steps, columns));
        stream.FillUniform(steps.Values);
        if (stayNoise == 0)
            return steps;
        Tensor stay = tape.Input(new Shape(rows.Examples, stayNoise));
        stream.FillGaussian(stay.Values);
        return rows.Repeat(stay).ConcatColumns(steps);
    }

    public override void Save(ModelWriter writer)
    {
        _encoder.Save(writer);
        _statics.Save(writer);
        (writer.State["hidden"], writer.State["layers"], writer.State["stay_noise"]) = (_sizes.Hidden, _sizes.Layers, _sizes.StayNoise);
        foreach ((string name, Module module) in _networks.Sampling)
            ModuleState.Save(writer, module, name);
        _calibration?.Save(writer);
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    protected override Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        StaticDraw drawn = _statics.Sample(stays, seed.Derive("statics"), conditions);
        SeriesData cells = Cells(_encoder, _statics.Width, _networks, drawn, seed.Stream("noise"));
        _calibration?.Apply(_encoder, cells);
        return _encoder.Decode(cells, drawn.Columns, MaskRule.Draw, seed.Stream("masks"));
    }
}
