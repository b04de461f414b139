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

/// <summary>A trained prior and decoder: statics are drawn, the prior is rolled out given them, the decoder gives cells, values spread around them, masks are drawn.</summary>
internal sealed class FittedKovae : FittedCohortSynthesizer
{
    private const string Weights = "generator.";
    private const int MostPilotStays = 2048;

    private readonly SeriesEncoder _encoder;
    private readonly StaticModel _statics;
    private readonly KovaeGenerator _generator;
    private readonly KovaeSizes _sizes;
    private readonly CellNoise? _noise;
    private readonly PilotCalibration? _calibration;

    public FittedKovae(SeriesEncoder encoder, StaticModel statics, KovaeGenerator generator, KovaeSizes sizes, CellNoise? noise, PilotCalibration? calibration, FitReport report)
    {
        (_encoder, _statics, _generator, _sizes, _noise, _calibration, Report) = (encoder, statics, generator, sizes, noise, calibration, report);
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
        CellNoise? noise = reader.Value<bool>("noise") ? CellNoise.Load(reader, encoder.NumericChannels.Length) : null;
        PilotCalibration? calibration = reader.Value<bool>("pilot") ? PilotCalibration.Load(reader, encoder) : null;
        return new FittedKovae(encoder, statics, generator, sizes, noise, calibration, FitReport.Empty);
    }

    public override void Save(ModelWriter writer)
    {
        _encoder.Save(writer);
        _statics.Save(writer);
        (writer.State["hidden"], writer.State["layers"], writer.State["latent"]) = (_sizes.Hidden, _sizes.Layers, _sizes.Latent);
        ModuleState.Save(writer, _generator, Weights);
        writer.State["noise"] = _noise is not null;
        _noise?.Save(writer);
        writer.State["pilot"] = _calibration is not null;
        _calibration?.Save(writer);
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    /// <summary>This model with its cells brought to the training distribution.</summary>
    /// <param name="train">Training cells.</param>
    /// <param name="seed">Of the pilot sample, as many stays as there are training stays, at most 2,048.</param>
    /// <param name="report">Of the whole.</param>
    public FittedKovae Calibrated(SeriesData train, Seed seed, FitReport report)
    {
        int stays = Math.Min(train.Count, MostPilotStays), size = _encoder.Steps * _encoder.Width;
        float[] cells = new float[stays * size];
        int[] lengths = new int[stays];
        for (int first = 0; first < stays; first += ChunkStays)
        {
            SeriesData chunk = Cells(Math.Min(ChunkStays, stays - first), seed.Derive("chunk", first), [], out _);
            chunk.Cells.CopyTo(cells.AsSpan(first * size));
            chunk.Lengths.CopyTo(lengths.AsSpan(first));
        }

        PilotCalibration calibration = PilotCalibration.Fit(_encoder, train, new SeriesData(stays, _encoder.Steps, _encoder.Width, cells, lengths), seed.Stream("observed"));
        return new FittedKovae(_encoder, _statics, _generator, _sizes, _noise, calibration, report);
    }

    protected override Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        SeriesData cells = Cells(stays, seed, conditions, out StaticDraw drawn);
        _calibration?.Apply(_encoder, cells);
        return _encoder.Decode(cells, drawn.Columns, MaskRule.Draw, seed.Stream("masks"));
    }

    private SeriesData Cells(int stays, Seed seed, IReadOnlyList<Condition> conditions, out StaticDraw drawn)
    {
        drawn = _statics.Sample(stays, seed.Derive("statics"), conditions);
        Tape tape = new() { Recording = false };
        tape.Reset();
        StepRows rows = new(stays, _encoder.Steps, drawn.Lengths);
        Tensor noise = tape.Input(new Shape(stays, _encoder.Steps, _sizes.Latent));
        seed.Stream("prior").FillGaussian(noise.Values);
        Tensor? statics = _statics.Width > 0 ? tape.Input(drawn.Encoded, new Shape(stays, _statics.Width)) : null;
        Tensor means = rows.Spread(_generator.Decode(_generator.RollOut(statics, noise).Latent, statics, rows).Sigmoid());
        float[] cells = means.Values.ToArray();
        if (_noise is not null)
        {
            int[] columns = [.. _encoder.NumericChannels.Select(c => _encoder.ValueOf(c).First)];
            RandomStream stream = seed.Stream("cells");
            for (int i = 0, size = _encoder.Steps * _encoder.Width; i < stays; i++)
                _noise.Apply(cells.AsSpan(i * size, drawn.Lengths[i] * _encoder.Width), _encoder.Width, columns, stream);
        }

        return new SeriesData(stays, _encoder.Steps, _encoder.Width, cells, drawn.Lengths);
    }
}
