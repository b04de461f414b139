using System.Globalization;
using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Registry;
using Lethe.Synthesis.Series.DiffusionTs.Network;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Statics;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.DiffusionTs;

/// <summary>
/// Diffusion-TS (Yuan, Qiao: Diffusion-TS: Interpretable Diffusion for General Time Series Generation, ICLR 2024, arXiv 2403.01742): a diffusion model
/// whose Transformer predicts the series itself as trend plus season, trained on values and frequencies at once. Immutable, thread-safe. On complete
/// windows without statics the network is the paper's, and in the paper preset the loss too. Deviations of the cpu preset: the noisy series is added to what
/// the network gives and the loss is that of squared errors, all levels of noise alike (<see cref="SeriesPredictor"/>); low levels come more often;
/// the rate falls as a cosine; the chain has 2,000 steps, so that it ends at half the noise. Of both: fewer reverse steps than the chain's are even in the
/// logarithm of the noise and, without fresh noise, of second order; the
/// steps of the chain are spread evenly over a batch; at least one frequency is kept where ⌊ln bins⌋ is 0; masks are further columns in [−1, 1] and filled-in values count little in the loss; statics are embedded and added
/// to the encoding of the diffusion step; cells beyond a stay's end are 0 before and after noising and count nothing; the state that is best
/// on stays kept apart is taken where some are; guided sampling works at the level that a step reaches.
/// </summary>
public sealed class DiffusionTsSynthesizer : ISynthesizer
{
    internal static readonly Descriptor Announcement = new(
        "diffusion-ts",
        "Diffusion-TS",
        "diffusion",
        "Diffusion model that draws whole courses as trend plus season; masks and statics beside the values. Also fills gaps and forecasts given stays.",
        "Yuan, Qiao, Diffusion-TS: Interpretable Diffusion for General Time Series Generation, ICLR 2024, arXiv 2403.01742.");

    private const int MlpRatio = 4;
    private const int FewestHeldOut = 8;
    private const int MostHeldOut = 512;
    private const int PilotStays = 512;
    private const int Validations = 40;

    private readonly DiffusionTsOptions _options;

    /// <summary>Diffusion-TS with these settings.</summary>
    /// <exception cref="OptionException">A setting is out of range.</exception>
    public DiffusionTsSynthesizer(DiffusionTsOptions? options = null)
    {
        _options = options ?? new DiffusionTsOptions();
        OptionSet<DiffusionTsOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<DiffusionTsOptions>(Announcement, o => new DiffusionTsSynthesizer(o), FittedDiffusionTs.Load) with { LearnsCohorts = true, ConditionsExactly = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<DiffusionTsOptions>.Texts(_options);

    /// <inheritdoc/>
    /// <exception cref="OptionException">The width does not fit the heads.</exception>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (_, SeriesEncoder encoder, SeriesData data, StaticModel statics, float[] encoded) = EncodedCohort.Of(train, new SeriesGridOptions(_options.BinHours, Scaling: _options.Scaling), context);
        DiffusionTsSettings settings = DiffusionTsSettings.Resolve(_options, data.Count, data.Width);
        if (settings.Width % 2 != 0 || settings.Width % _options.Heads != 0)
            throw new OptionException($"A width of {settings.Width} is not even or not a multiple of {_options.Heads} heads.");
        (int[] heldOut, int[] kept) = Split(data.Count, settings.ValidationShare, context.Seed);
        settings = settings with { Batch = Math.Min(settings.Batch, kept.Length) };

        DenoiserShape shape = new(data.Steps, data.Width, statics.Width, settings.Width, settings.EncoderLayers, settings.DecoderLayers, _options.Heads, MlpRatio, _options.Dropout);
        Denoiser network = new(shape, context.Seed.Derive("network"));
        SeriesPredictor predictor = new(network, new NoiseSchedule(settings.DiffusionSteps), settings.Preconditioned);
        NoisyBatch batches = new(data, encoded, encoder, predictor, _options.FilledWeight);
        DiffusionTsTrainer trainer = new(network, batches, kept, heldOut, _options, settings, context.Seed.Derive("training"));
        int every = Math.Max(1, settings.Steps / Validations);
        trainer.Run(context, new TrainingPlan(settings.Steps, every, _options.Patience, TrainingIdentity.Of(Announcement.Name, Options, context.Seed, data.Cells, encoded)));

        network.Evaluate();
        SamplingPlan plan = new(settings.DiffusionSteps, settings.SamplingSteps, settings.Eta);
        MaskRule masks = encoder.HasMask ? Calibrated(encoder, data, statics, new DiffusionSampler(predictor), plan, context.Seed) : MaskRule.Half(0);
        return new FittedDiffusionTs(encoder, statics, predictor, plan, masks, ReportOf(trainer, encoder, statics, settings, heldOut.Length));
    }

    private static (int[] HeldOut, int[] Kept) Split(int stays, double share, Seed seed)
    {
        int[] order = seed.Stream("held out").Permutation(stays);
        int apart = Math.Min(MostHeldOut, (int)(share * stays));
        apart = apart < FewestHeldOut ? 0 : apart;
        return (order[..apart], order[apart..]);
    }

    /// <summary>Thresholds of the masks from a pilot sample.</summary>
    private static MaskRule Calibrated(SeriesEncoder encoder, SeriesData data, StaticModel statics, DiffusionSampler sampler, SamplingPlan plan, Seed seed)
    {
        int stays = Math.Min(PilotStays, Math.Max(64, data.Count));
        (SeriesData pilot, _) = FittedDiffusionTs.DrawSeries(encoder, statics, sampler, plan, stays, seed.Derive("pilot"), []);
        return MaskRule.MatchingRates(encoder, data, pilot);
    }

    private FitReport ReportOf(DiffusionTsTrainer trainer, SeriesEncoder encoder, StaticModel statics, DiffusionTsSettings settings, int heldOut) => new()
    {
        Training = trainer.Curves,
        Deviations =
        [
            .. settings.Preconditioned ? ["The noisy series is added to what the network gives, with the shares of Karras et al. (2022), and errors are squared, all levels of noise counting alike and low ones coming more often (published: the network alone, absolute errors of values and frequencies, whose least is a median: samples shrink towards the dense part of the data and lose their finest detail)."] : Array.Empty<string>(),
            .. settings.RatePatience is null ? ["The learning rate falls as a cosine to the last step (published: halved on plateaus)."] : Array.Empty<string>(),
            .. settings.SamplingSteps < settings.DiffusionSteps ? ["The reverse steps are even in the logarithm of the noise and, without fresh noise, of second order (DPM-Solver++ 2M; published: even in the chain's steps, first order)."] : Array.Empty<string>(),
            "The steps of the noising chain are spread evenly over a batch (drawn one by one in the published code).",
            .. encoder.HasMask ? [string.Create(CultureInfo.InvariantCulture, $"Masks are further columns in [-1, 1]; values that were never observed count {_options.FilledWeight} in the loss (the paper has complete windows).")] : Array.Empty<string>(),
            .. statics.Width > 0 ? ["Statics come from a Bayesian network; the denoiser is given them beside the diffusion step (the paper has none)."] : Array.Empty<string>(),
            .. encoder.LengthsVary ? ["Cells beyond a stay's end are held at 0 and count nothing (the paper has one length)."] : Array.Empty<string>(),
            .. heldOut > 0 ? ["The averaged weights that are best on held-out stays are kept (the published code keeps the last)."] : Array.Empty<string>(),
        ],
        LearntFromData =
        [
            .. encoder.LearntFromData,
            .. statics.LearntFromData,
            .. encoder.HasMask ? ["Rate of observation of every channel, for the thresholds of sampled masks."] : Array.Empty<string>(),
        ],
        Notices =
        [
            string.Create(CultureInfo.InvariantCulture, $"{settings.Steps} steps of {settings.Accumulation} × {settings.Batch} stays planned; width {settings.Width}, {settings.EncoderLayers} + {settings.DecoderLayers} blocks, a chain of {settings.DiffusionSteps} steps of which sampling takes {settings.SamplingSteps}."),
            .. settings.Capped ? [$"Steps were cut to {DiffusionTsSettings.MostPasses} passes over the stays: longer training of so few repeats them."] : Array.Empty<string>(),
            trainer.BestStep is { } best ? string.Create(CultureInfo.InvariantCulture, $"{heldOut} stays were kept apart; the state of step {best} was best on them.") : "No stays were kept apart: the last state was kept.",
        ],
    };
}
