using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Series.DiffusionTs.Network;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Statics;

namespace Lethe.Synthesis.Series.DiffusionTs;

/// <summary>
/// A trained denoiser. Besides whole new patients it completes given ones without being trained for it: <see cref="Impute"/> fills the gaps of a
/// stay, <see cref="Forecast"/> continues it. Immutable, thread-safe.
/// </summary>
public sealed partial class FittedDiffusionTs : FittedCohortSynthesizer
{
    private const string Weights = "denoiser.";
    private const string Thresholds = "mask_thresholds";

    // The published imputation takes 200 reverse steps whatever plain sampling takes.
    private const int GuidedSteps = 200;

    private readonly SeriesEncoder _encoder;
    private readonly StaticModel _statics;
    private readonly SeriesPredictor _predictor;
    private readonly DiffusionSampler _sampler;
    private readonly MaskRule _masks;
    private readonly SamplingPlan _plan;

    internal FittedDiffusionTs(SeriesEncoder encoder, StaticModel statics, SeriesPredictor predictor, SamplingPlan plan, MaskRule masks, FitReport report)
    {
        (_encoder, _statics, _predictor, _plan, _masks, Report) = (encoder, statics, predictor, plan, masks, report);
        _predictor.Network.Evaluate();
        _sampler = new DiffusionSampler(predictor);
    }

    /// <inheritdoc/>
    public override Descriptor Descriptor => DiffusionTsSynthesizer.Announcement;

    /// <inheritdoc/>
    public override CohortShape Shape => _encoder.Shape;

    /// <inheritdoc/>
    public override FitReport Report { get; }

    /// <summary>The same model drawn from with another plan: more steps are slower and nearer to the learnt distribution.</summary>
    /// <param name="samplingSteps">Reverse steps, 1 … steps of the chain.</param>
    /// <param name="eta">Fresh noise of a step, from 0 (DDIM) to 1 (DDPM).</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside its range.</exception>
    public FittedDiffusionTs WithSampling(int samplingSteps, double eta)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplingSteps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samplingSteps, _plan.DiffusionSteps);
        if (!(eta is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(eta), eta, "Eta lies in [0, 1].");
        return new FittedDiffusionTs(_encoder, _statics, _predictor, _plan with { SamplingSteps = samplingSteps, Eta = eta }, _masks, Report);
    }

    internal static FittedDiffusionTs Load(ModelReader reader)
    {
        SeriesEncoder encoder = SeriesEncoder.Load(reader);
        StaticModel statics = StaticModel.Load(reader, encoder);
        int width = reader.Value<int>("width"), heads = reader.Value<int>("heads");
        int encoderLayers = reader.Value<int>("encoder_layers"), decoderLayers = reader.Value<int>("decoder_layers"), ratio = reader.Value<int>("mlp_ratio");
        ModelReader.Require(width is > 0 and <= 4096 && width % 2 == 0 && heads is > 0 and <= 64 && width % heads == 0, "width", "or the number of heads is impossible");
        ModelReader.Require(encoderLayers is > 0 and <= 100 && decoderLayers is > 0 and <= 100 && ratio is > 0 and <= 16, "encoder_layers", "or another size is out of range");
        SamplingPlan plan = new(reader.Value<int>("diffusion_steps"), reader.Value<int>("sampling_steps"), reader.Value<double>("eta"));
        ModelReader.Require(plan.DiffusionSteps is > 0 and <= 100_000 && plan.SamplingSteps > 0 && plan.SamplingSteps <= plan.DiffusionSteps && plan.Eta is >= 0 and <= 1, "diffusion_steps", "or the plan of sampling is impossible");
        Denoiser network = new(new DenoiserShape(encoder.Steps, encoder.Width, statics.Width, width, encoderLayers, decoderLayers, heads, ratio, 0), new Seed(0));
        ModuleState.Load(reader, network, Weights);
        SeriesPredictor predictor = new(network, new NoiseSchedule(plan.DiffusionSteps), reader.Value<bool>("preconditioned"));
        return new FittedDiffusionTs(encoder, statics, predictor, plan, MaskRule.Load(reader, Thresholds, encoder.MaskWidth), FitReport.Empty);
    }

    /// <inheritdoc/>
    public override void Save(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _encoder.Save(writer);
        _statics.Save(writer);
        DenoiserShape shape = _predictor.Network.Shape;
        writer.State["preconditioned"] = _predictor.Preconditioned;
        (writer.State["width"], writer.State["heads"], writer.State["mlp_ratio"]) = (shape.Width, shape.Heads, shape.MlpRatio);
        (writer.State["encoder_layers"], writer.State["decoder_layers"]) = (shape.EncoderLayers, shape.DecoderLayers);
        (writer.State["diffusion_steps"], writer.State["sampling_steps"], writer.State["eta"]) = (_plan.DiffusionSteps, _plan.SamplingSteps, _plan.Eta);
        _masks.Save(writer, Thresholds);
        ModuleState.Save(writer, _predictor.Network, Weights);
    }

    /// <inheritdoc/>
    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    /// <inheritdoc/>
    protected override Cohort SampleChunk(int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        (SeriesData data, StaticDraw drawn) = DrawSeries(_encoder, _statics, _sampler, _plan, stays, seed, conditions);
        return _encoder.Decode(data, drawn.Columns, _masks, seed.Stream("masks"));
    }

    /// <summary>Sampled cells before any decision on masks.</summary>
    internal static (SeriesData Data, StaticDraw Statics) DrawSeries(SeriesEncoder encoder, StaticModel statics, DiffusionSampler sampler, SamplingPlan plan, int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        StaticDraw drawn = statics.Sample(stays, seed.Derive("statics"), conditions);
        float[] cells = sampler.Draw(drawn.Lengths, drawn.Encoded, plan.SamplingSteps, plan.Eta, seed.Derive("series"));
        return (ToUnit(encoder, cells, drawn.Lengths), drawn);
    }

    // [−1, 1] → [0, 1]; what lies beyond a stay's length is never decoded.
    private static SeriesData ToUnit(SeriesEncoder encoder, float[] cells, int[] lengths)
    {
        for (int i = 0; i < cells.Length; i++)
            cells[i] = Math.Clamp((cells[i] + 1) / 2, 0, 1);
        return new SeriesData(lengths.Length, encoder.Steps, encoder.Width, cells, lengths);
    }
}

/// <summary>How series are drawn.</summary>
/// <param name="DiffusionSteps">S, steps of the chain.</param>
/// <param name="SamplingSteps">Reverse steps, at most S.</param>
/// <param name="Eta">Fresh noise of a step, in [0, 1].</param>
internal sealed record SamplingPlan(int DiffusionSteps, int SamplingSteps, double Eta);
