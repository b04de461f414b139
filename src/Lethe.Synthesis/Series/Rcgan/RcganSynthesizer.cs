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
/// windows without statics the networks and losses are the published ones. Deviations: conditions are the stay's encoded
/// statics (the published labels are derived from the next hour); masks are further columns; the best step is the one with the smallest
/// held-out MMD² under fixed bandwidths (the published code tunes them). Immutable, thread-safe.
/// </summary>
public sealed class RcganSynthesizer : ISynthesizer
{
    internal static readonly Descriptor Announcement = new(
        "rcgan",
        "RCGAN",
        "adversarial",
        "Two LSTMs against each other, given the patient's statics at every step. Small and quick; the classic for intensive care.",
        "Esteban, Hyland, Rätsch, Real-valued (Medical) Time Series Generation with Recurrent Conditional GANs, 2017, arXiv 1706.02633.");

    private const int PilotStays = 512;
    private const int Looks = 50;

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
        RcganSettings settings = RcganSettings.Resolve(_options, data.Count, statics.Width > 0);
        RcganSizes sizes = new(encoder.Width, statics.Width, settings.Latent, _options.Hidden);
        RcganTrainer trainer = new(data, conditions, heldOut, sizes, settings, _options, context.Seed.Derive("training"));
        trainer.Run(context, new TrainingPlan(settings.Steps, Math.Max(1, settings.Steps / Looks), _options.Patience, TrainingIdentity.Of(Announcement.Name, Options, context.Seed, all.Cells, encoded)));
        MaskRule masks = encoder.HasMask
            ? MaskRule.MatchingRates(encoder, all, FittedRcgan.Cells(trainer.Generator, sizes, encoder.Steps, statics.Sample(PilotStays, context.Seed.Derive("pilot"), []), context.Seed.Stream("pilot")))
            : MaskRule.Draw;
        return new FittedRcgan(encoder, statics, trainer.Generator, sizes, masks, ReportOf(trainer, encoder, statics, settings, heldOut));
    }

    private static FitReport ReportOf(RcganTrainer trainer, SeriesEncoder encoder, StaticModel statics, RcganSettings settings, HeldOut? heldOut) => new()
    {
        Training = trainer.Curves,
        Deviations =
        [
            "The step is chosen by held-out MMD² with fixed bandwidths (the published code tunes them; on its clinical data it chooses by a classifier's score).",
            .. encoder.HasMask ? ["Masks are further columns; which cells are observed follows from thresholds at which a pilot sample has the training rates (the paper has complete series)."] : Array.Empty<string>(),
            .. statics.Width > 0 ? ["Conditions are the stay's encoded statics, drawn from a Bayesian network (the paper resamples real labels of the following hour)."] : Array.Empty<string>(),
        ],
        LearntFromData = [.. encoder.LearntFromData, .. statics.LearntFromData, .. encoder.HasMask ? ["Rate of observation of every channel."] : Array.Empty<string>()],
        Notices =
        [
            string.Create(CultureInfo.InvariantCulture, $"At most {settings.Steps} steps of {settings.DiscriminatorRounds} discriminator and {settings.GeneratorRounds} generator rounds of {settings.Batch} stays."),
            heldOut is null
                ? "No stays were kept apart: the last step was kept."
                : string.Create(CultureInfo.InvariantCulture, $"{heldOut.Data.Count} stays were kept apart; the generator of step {trainer.BestStep} was nearest to them."),
            .. settings.Capped ? ["Few stays: training was cut to 200 passes, against copying."] : Array.Empty<string>(),
        ],
    };
}
