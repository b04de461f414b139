using System.Globalization;
using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Registry;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Statics;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Kovae;

/// <summary>
/// KoVAE (Naiman, Erichson, Ren, Mahoney, Azencot: Generative Modeling of Regular and Irregular Time Series Data via Koopman
/// VAEs, ICLR 2024, arXiv 2310.02619): a variational autoencoder of sequences whose prior is a recurrent network kept
/// near linear dynamics. Immutable, thread-safe. On complete windows without statics and with the paper preset networks and loss are those of
/// the published code; deviations: the cpu preset compares posteriors with the prior after their own draws (<see cref="KovaePrior"/>);
/// missing cells are mask columns with Bernoulli outputs and squared errors on observed values, weighed by one over their channel's rate (the paper encodes irregular
/// rows by a neural differential equation); values are then drawn around the decoder's
/// (<see cref="Kovae.CellNoise"/>) and brought to the training quantiles (<see cref="PilotCalibration"/>); statics are given to encoder, prior and decoder; least squares are solved by
/// Cholesky factors with a ridge of 1e-6 of the mean square (QR in the code); the Koopman term of other batches than 64 is rescaled to it.
/// </summary>
public sealed class KovaeSynthesizer : ISynthesizer
{
    internal static readonly Descriptor Announcement = new(
        "kovae",
        "KoVAE",
        "variational",
        "Variational autoencoder of whole courses with a recurrent prior near linear dynamics; masks and statics beside the values. Quick to train.",
        "Naiman, Erichson, Ren, Mahoney, Azencot, Generative Modeling of Regular and Irregular Time Series Data via Koopman VAEs, ICLR 2024, arXiv 2310.02619.");

    private const int FewestHeldOut = 8;
    private const double CompleteKl = 0.007;
    
    // Twice the variance that stays unexplained, so that the latent numbers code courses and not single readings.
    private const double MaskedKl = 0.04;

    private readonly KovaeOptions _options;

    /// <summary>KoVAE with these settings.</summary>
    /// <exception cref="OptionException">A setting is out of range.</exception>
    public KovaeSynthesizer(KovaeOptions? options = null)
    {
        _options = options ?? new KovaeOptions();
        OptionSet<KovaeOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<KovaeOptions>(Announcement, o => new KovaeSynthesizer(o), FittedKovae.Load) with { LearnsCohorts = true, ConditionsExactly = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<KovaeOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (_, SeriesEncoder encoder, SeriesData data, StaticModel statics, float[] encoded) = EncodedCohort.Of(train, new SeriesGridOptions(_options.BinHours), context);
        int[] order = context.Seed.Stream("held out").Permutation(data.Count);
        int apart = (int)(_options.HeldOutShare * data.Count);
        apart = apart < FewestHeldOut ? 0 : apart;
        int[] heldOut = order[..apart], kept = order[apart..];

        // Batch normalisation and the Koopman operator need more than one stay; a single one is drawn twice.
        EpochBatches epochs = new(kept.Length, Math.Max(2, Math.Min(_options.BatchSize, kept.Length)), context.Seed.Derive("batches"));
        KovaeSettings settings = KovaeSettings.Resolve(_options, kept.Length, epochs.PerEpoch, encoder.HasMask);
        KovaePrior prior = _options.Prior ?? (_options.Preset == SeriesPreset.Paper ? KovaePrior.RolledOut : KovaePrior.Followed);

        // A Gaussian of variance w_kl/2 around the decoder's values makes the loss a bound on the likelihood; the masks' is weighed alike.
        double kl = _options.KlWeight ?? (encoder.HasMask ? MaskedKl : CompleteKl);
        KovaeWeights weights = new(kl, _options.PredictionWeight, kl, _options.Horizon, prior);
        KovaeBatches batches = new(encoder, data, encoded, statics.Width);
        KovaeTrainer trainer = new(batches, encoder.Width, statics.Width, kept, heldOut, epochs, settings, weights, context.Seed);
        trainer.Run(context, new TrainingPlan(settings.Steps, settings.Every, settings.Patience, TrainingIdentity.Of(Announcement.Name, Options, context.Seed, data.Cells, encoded)));
        CellNoise? noise = _options.CellNoise ?? encoder.HasMask ? trainer.FitNoise(encoder, data, context.Seed.Derive("cells")) : null;
        FitReport report = ReportOf(trainer, encoder, statics, settings, epochs, heldOut.Length, prior, noise is not null);
        FittedKovae fitted = new(encoder, statics, trainer.Generator, settings.Sizes, noise, null, report);
        return encoder.HasMask ? fitted.Calibrated(data, context.Seed.Derive("pilot"), report) : fitted;
    }

    private static FitReport ReportOf(KovaeTrainer trainer, SeriesEncoder encoder, StaticModel statics, KovaeSettings settings, EpochBatches epochs, int heldOut, KovaePrior prior, bool noise) => new()
    {
        Training = trainer.Curves,
        Deviations =
        [
            .. prior == KovaePrior.Followed ? ["Posteriors are compared with the prior after their own draws, the bound of the paper's prior (the published code compares them with a roll-out unrelated to the stay)."] : Array.Empty<string>(),
            .. encoder.HasMask ? ["Missing cells are mask columns with Bernoulli outputs, squared errors run over observed values, each counting one over its channel's rate (the paper encodes irregular rows by a neural differential equation)."] : Array.Empty<string>(),
            .. noise ? ["Values are drawn around the decoder's, as training values spread around their reconstructions (the paper's decoder gives the values)."] : Array.Empty<string>(),
            .. encoder.HasMask ? ["Values and probabilities of observation are brought to the training quantiles and rates of each channel by maps learnt from a pilot sample (not in the paper)."] : Array.Empty<string>(),
            .. statics.Width > 0 ? ["Statics come from a Bayesian network; encoder, prior and decoder are given them (the paper has none)."] : Array.Empty<string>(),
            "The Koopman operator is solved by Cholesky factors with a ridge of 1e-6 of the mean square (QR in the published code).",
            .. heldOut > 0 ? ["The state with the lowest loss on held-out stays is kept (the published code keeps the last)."] : Array.Empty<string>(),
        ],
        LearntFromData =
        [
            .. encoder.LearntFromData,
            .. statics.LearntFromData,
            .. encoder.HasMask ? ["Quantiles and rate of observation of each channel on the grid."] : Array.Empty<string>(),
            .. noise ? ["How values of each channel spread around their reconstructions: variances between stays, along time and per step, and correlations between channels."] : Array.Empty<string>(),
        ],
        Notices =
        [
            string.Create(CultureInfo.InvariantCulture, $"{settings.Steps} steps of {epochs.Size} stays planned."),
            trainer.BestStep is { } best ? string.Create(CultureInfo.InvariantCulture, $"{heldOut} stays were kept apart; the state of step {best} was best on them.") : "No stays were kept apart: the last state was kept.",
        ],
    };
}
