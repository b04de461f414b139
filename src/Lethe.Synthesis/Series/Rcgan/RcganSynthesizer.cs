using System.Globalization;
using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Results;
using Lethe.Synthesis.Registry;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Statics;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Rcgan;

/// <summary>
/// RGAN and RCGAN (Esteban, Hyland, Rätsch: Real-valued (medical) time series generation with recurrent conditional GANs, 2017,
/// arXiv 1706.02633): an LSTM makes series of noise, an LSTM judges each step, both given the condition at every step. On complete
/// windows without statics networks, losses and optimisers are the published ones. Deviations: under the cpu preset part of the noise
/// is kept for a whole series, without which series of different levels come out alike; conditions are the stay's encoded statics
/// (the published labels are derived from the next hour); the best step is the one with the smallest held-out MMD² under fixed
/// bandwidths (the published code tunes them). For stays besides: masks are further columns, drawn straight through, and unobserved
/// values are carried forward in generated stays as in real ones; the discriminator learns by Adam at a lower rate, sees its input
/// with noise and is shown wrong statics; rates fall, a moving average of the generator samples, and its cells are brought to the
/// training quantiles (<see cref="PilotCalibration"/>). Immutable, thread-safe.
/// </summary>
public sealed class RcganSynthesizer : ISynthesizer
{
    internal static readonly Descriptor Announcement = new(
        "rcgan",
        "RCGAN",
        "adversarial",
        "Two LSTMs against each other, given the patient's statics at every step. Small and quick; the classic for intensive care.",
        "Esteban, Hyland, Rätsch, Real-valued (Medical) Time Series Generation with Recurrent Conditional GANs, 2017, arXiv 1706.02633.");

    private const int Looks = 50;
    private const int PilotStays = 512;

    // Half the spread between real stays or less: patients have become alike.
    private const double Collapsed = 0.5;

    private readonly RcganOptions _options;

    /// <summary>RCGAN with these settings.</summary>
    /// <exception cref="OptionException">A setting is out of range.</exception>
    public RcganSynthesizer(RcganOptions? options = null)
    {
        _options = options ?? new RcganOptions();
        OptionSet<RcganOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<RcganOptions>(Announcement, o => new RcganSynthesizer(o), FittedRcgan.Load) with { LearnsCohorts = true, ConditionsExactly = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<RcganOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (_, SeriesEncoder encoder, SeriesData all, StaticModel statics, float[] encoded) = EncodedCohort.Of(train, new SeriesGridOptions(_options.BinHours), context);
        (SeriesData data, float[] conditions, HeldOut? heldOut) = HeldOut.Divide(all, encoded, _options.HeldOutShare, context.Seed.Stream("held-out").Permutation(all.Count));
        RcganSettings settings = RcganSettings.Resolve(_options, data.Count, statics.Width > 0 || encoder.HasMask);
        RcganSizes sizes = new(encoder.Width, statics.Width, settings.Latent, settings.StayNoise, _options.Hidden);
        CarriedReadings? carried = CarriedReadings.Of(encoder, all);
        StaySpread spread = new(FittedRcgan.Signed(all.Cells), encoder.Steps, encoder.Width, encoder.ValueWidth, all.Lengths);
        RcganTrainer trainer = new(data, conditions, heldOut, spread, carried, sizes, settings, _options, context.Seed.Derive("training"));
        trainer.Run(context, new TrainingPlan(settings.Steps, Math.Max(1, settings.Steps / Looks), _options.Patience, TrainingIdentity.Of(Announcement.Name, Options, context.Seed, all.Cells, encoded)));
        StaticDraw pilot = statics.Sample(PilotStays, context.Seed.Derive("pilot"), []);
        double[] ratios = spread.Of(FittedRcgan.Series(trainer.Generator, carried, sizes, encoder.Steps, pilot.Encoded, pilot.Lengths, context.Seed.Derive("pilot noise")), pilot.Lengths);
        PilotCalibration? calibration = encoder.HasMask
            ? PilotCalibration.Fit(encoder, all, FittedRcgan.Cells(trainer.Generator, sizes, encoder.Steps, pilot, context.Seed.Derive("pilot noise")), context.Seed.Stream("pilot masks"))
            : null;
        return new FittedRcgan(encoder, statics, trainer.Generator, sizes, calibration, ReportOf(trainer, encoder, statics, settings, heldOut, ratios));
    }

    private static FitReport ReportOf(RcganTrainer trainer, SeriesEncoder encoder, StaticModel statics, RcganSettings settings, HeldOut? heldOut, double[] spread) => new()
    {
        Training = trainer.Curves,
        Deviations =
        [
            "The step is chosen by held-out MMD² with fixed bandwidths (the published code tunes them; on its clinical data it chooses by a classifier's score).",
            .. encoder.HasMask ? ["Masks are further columns, drawn in training as in sampling with the gradient passed straight through; between readings the discriminator sees the last one carried forward, for real and generated stays alike (the paper has complete series).", "Values and probabilities of observation are brought to the training quantiles and rates of each channel by maps learnt from a pilot sample (not in the paper)."] : Array.Empty<string>(),
            .. settings.StayNoise > 0 ? ["Part of the noise is kept for all steps of a series (the paper draws noise per step alone). Without it series of different levels come out alike."] : Array.Empty<string>(),
            .. settings.Stabilised ? ["For stays the discriminator learns by Adam at a lower rate and sees its input with noise, rates fall along a cosine and sampling takes a moving average of the generator's weights (the paper uses gradient descent and constant rates, and neither noise nor average). Without them patients come out alike.", "For stays the discriminator is also shown real series with another stay's statics as wrong, with a weight of 0.2 (an option of the published code, off by default): statics then bear on the series, somewhat more than in reality."] : Array.Empty<string>(),
            .. statics.Width > 0 ? ["Conditions are the stay's encoded statics, drawn from a Bayesian network (the paper resamples real labels of the following hour)."] : Array.Empty<string>(),
        ],
        LearntFromData = [.. encoder.LearntFromData, .. statics.LearntFromData, .. encoder.HasMask ? ["Quantiles and rate of observation of each channel on the grid."] : Array.Empty<string>()],
        Notices =
        [
            string.Create(CultureInfo.InvariantCulture, $"At most {settings.Steps} steps of {settings.DiscriminatorRounds} discriminator and {settings.GeneratorRounds} generator rounds of {settings.Batch} stays."),
            heldOut is null
                ? "No stays were kept apart: the last step was kept."
                : string.Create(CultureInfo.InvariantCulture, $"{heldOut.Data.Count} stays were kept apart; the generator of step {trainer.BestStep} was nearest to them."),
            .. SpreadNotice(spread),
            .. settings.Capped ? ["Few stays: training was cut to 200 passes, against copying."] : Array.Empty<string>(),
        ],
    };

    /// <summary>The check for collapse: the commonest failure of adversarial training, which no loss shows.</summary>
    private static string[] SpreadNotice(double[] spread) => spread.Length == 0 ? [] :
    [
        string.Create(CultureInfo.InvariantCulture, $"Spread between stays of channel means: {spread[spread.Length / 2]:F2} of that of training stays (median of channels; least {spread[0]:F2}, most {spread[^1]:F2}).")
            + (spread[spread.Length / 2] < Collapsed ? " Generated patients are too much alike: the generator has collapsed; train longer or with another seed." : ""),
    ];
}
