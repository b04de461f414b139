using System.Globalization;
using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Results;
using Lethe.Synthesis.Registry;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Statics;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.TimeGan;

/// <summary>
/// TimeGAN (Yoon, Jarrett, van der Schaar: Time-series Generative Adversarial Networks, NeurIPS 2019): a generator and a
/// discriminator in the latent space of an autoencoder, with a supervised loss on single steps of the latents. Immutable, thread-safe. On complete
/// windows without statics networks, losses and loop are those of the published code. Deviations: the cpu preset gives the generator the
/// paper's z_S, noise that a stay keeps, weighs adversary, moments and supervision otherwise (<see cref="TimeGanSettings"/>), lets the joint
/// learning rate fall and samples from averaged weights; 1e-8 under the square roots of the losses; means over valid steps alone where
/// lengths vary; masks are further columns, and cells are brought to the training quantiles and rates (<see cref="PilotCalibration"/>);
/// statics are given to all five networks at each step.
/// </summary>
public sealed class TimeGanSynthesizer : ISynthesizer
{
    internal static readonly Descriptor Announcement = new(
        "timegan",
        "TimeGAN",
        "adversarial",
        "Adversarial networks in the latent space of a recurrent autoencoder, supervised step by step. The classic to compare with.",
        "Yoon, Jarrett, van der Schaar, Time-series Generative Adversarial Networks, NeurIPS 2019.");

    private const int PilotStays = 512;

    private readonly TimeGanOptions _options;

    /// <summary>TimeGAN with these settings.</summary>
    /// <exception cref="OptionException">A setting is out of range.</exception>
    public TimeGanSynthesizer(TimeGanOptions? options = null)
    {
        _options = options ?? new TimeGanOptions();
        OptionSet<TimeGanOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<TimeGanOptions>(Announcement, o => new TimeGanSynthesizer(o), FittedTimeGan.Load) with { LearnsCohorts = true, ConditionsExactly = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<TimeGanOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (_, SeriesEncoder encoder, SeriesData data, StaticModel statics, float[] encoded) = EncodedCohort.Of(train, new SeriesGridOptions(_options.BinHours), context);
        EpochBatches epochs = new(data.Count, Math.Min(_options.BatchSize, data.Count), context.Seed.Derive("batches"));
        TimeGanSettings settings = TimeGanSettings.Resolve(_options, data.Count, epochs.Size);
        TimeGanTrainer trainer = new(data, encoded, statics.Width, epochs, settings, _options, context.Seed);
        int every = (int)Math.Max(1, settings.Steps / 50);
        trainer.Run(context, new TrainingPlan(settings.Steps, every, null, TrainingIdentity.Of(Announcement.Name, Options, context.Seed, data.Cells, encoded)));
        PilotCalibration? calibration = encoder.HasMask ? Calibration(encoder, data, statics, trainer.Networks, context) : null;
        return new FittedTimeGan(encoder, statics, trainer.Networks, new TimeGanSizes(_options.Hidden, _options.Layers, settings.StayNoise), calibration, ReportOf(trainer, encoder, statics, settings, epochs));
    }

    private static PilotCalibration Calibration(SeriesEncoder encoder, SeriesData data, StaticModel statics, TimeGanNetworks networks, FitContext context)
    {
        StaticDraw pilot = statics.Sample(PilotStays, context.Seed.Derive("pilot"), []);
        return PilotCalibration.Fit(encoder, data, FittedTimeGan.Cells(encoder, statics.Width, networks, pilot, context.Seed.Stream("pilot")), context.Seed.Stream("pilot masks"));
    }

    private static string[] Balance(TimeGanSettings s)
    {
        TimeGanSettings published = new() { Embedding = 0, Supervised = 0, Joint = 0 };
        return (s.GeneratorRounds, s.DiscriminatorRounds, s.DiscriminatorPace, s.MomentWeight, s.SupervisedWeight, s.JointBeta1)
            == (published.GeneratorRounds, published.DiscriminatorRounds, published.DiscriminatorPace, published.MomentWeight, published.SupervisedWeight, published.JointBeta1)
            ? []
            : [string.Create(CultureInfo.InvariantCulture, $"A joint step updates generator and embedder {s.GeneratorRounds} times and the discriminator {s.DiscriminatorRounds} times, at {s.DiscriminatorPace} times the rate; moments weigh {s.MomentWeight}, supervision {s.SupervisedWeight}; β₁ is {s.JointBeta1} (published code: 2, 1, 1, 100, 100, 0.9).")];
    }

    private static FitReport ReportOf(TimeGanTrainer trainer, SeriesEncoder encoder, StaticModel statics, TimeGanSettings settings, EpochBatches epochs) => new()
    {
        Training = trainer.Curves,
        Deviations =
        [
            .. settings.AverageDecay > 0 ? ["Sampling uses moving averages of the weights over joint steps (the published code has the last weights)."] : Array.Empty<string>(),
            .. settings.LeastRate < 1 ? ["The learning rate falls as a cosine over the joint steps (constant in the published code)."] : Array.Empty<string>(),
            .. settings.StayNoise > 0 ? ["The generator is given Gaussian noise that a stay keeps at all its steps, the paper's z_S (the published code draws noise per step alone)."] : Array.Empty<string>(),
            .. Balance(settings),
            "Square roots in the losses have 1e-8 inside (the published code has unbounded slopes at zero).",
            .. encoder.LengthsVary ? ["Means of the losses run over valid steps alone (the published code counts padding)."] : Array.Empty<string>(),
            .. encoder.HasMask ? ["Masks are further columns, drawn with the probability that the recovery gives (the paper has complete series).", "Values and probabilities of observation are brought to the training quantiles and rates of each channel by maps learnt from a pilot sample (not in the paper)."] : Array.Empty<string>(),
            .. statics.Width > 0 ? ["Statics come from a Bayesian network; all five networks are given them at each step (the published code has none)."] : Array.Empty<string>(),
        ],
        LearntFromData = [.. encoder.LearntFromData, .. statics.LearntFromData, .. encoder.HasMask ? ["Quantiles and rate of observation of each channel on the grid."] : Array.Empty<string>()],
        Notices =
        [
            string.Create(CultureInfo.InvariantCulture, $"{settings.Embedding} steps of embedding, {settings.Supervised} supervised and {settings.Joint} joint ones, of {epochs.Size} stays."),
            string.Create(CultureInfo.InvariantCulture, $"The discriminator learnt in {trainer.DiscriminatorSteps} of {settings.Joint * settings.DiscriminatorRounds} rounds; nearly all or nearly none means that the two networks are out of balance."),
        ],
    };
}
