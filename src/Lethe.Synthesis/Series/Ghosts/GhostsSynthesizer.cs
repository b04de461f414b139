using System.Globalization;
using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Numerics.Threading;
using Lethe.Results;
using Lethe.Synthesis.Registry;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// A generator in the style of GHOSTS (medRxiv 10.1101/2024.10.29.24316332): DoppelGANger (Lin et al., IMC 2020, arXiv
/// 1909.13403) for patients with static attributes and unevenly sampled series, with regularisers in training and post-processing
/// by low-dimensional statistics. The abstract's design, not the authors' code: their exact losses, weights and
/// algorithm are not public, hence the name. Immutable, thread-safe.
/// </summary>
public sealed class GhostsSynthesizer : ISynthesizer
{
    internal static readonly Descriptor Announcement = new(
        "ghosts",
        "GHOSTS-style",
        "adversarial",
        "DoppelGANger for whole stays: attributes, then unevenly sampled series with gaps and masks; regularisers and post-processing by summary statistics. In the style of GHOSTS, not its code.",
        "After GHOSTS, medRxiv 10.1101/2024.10.29.24316332; base: Lin, Jain, Wang, Fanti, Sekar, Using GANs for Sharing Networked Time Series Data, IMC 2020, arXiv 1909.13403.");

    private const int CheckpointEvery = 500;

    private readonly GhostsOptions _options;

    /// <summary>The generator with these settings.</summary>
    /// <exception cref="OptionException">A setting is out of range.</exception>
    public GhostsSynthesizer(GhostsOptions? options = null)
    {
        _options = options ?? new GhostsOptions();
        OptionSet<GhostsOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<GhostsOptions>(Announcement, o => new GhostsSynthesizer(o), FittedGhosts.Load) with { LearnsCohorts = true, ConditionsExactly = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<GhostsOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Cohort cohort = TrainingCohort.Of(train);
        GhostsSettings settings = GhostsSettings.Resolve(_options, cohort.Count, hours => GhostsEncoder.BinFor(cohort, hours));
        GhostsEncoder encoder = GhostsEncoder.Fit(cohort, settings, context.Cancellation);
        GhostsData data = encoder.Encode(cohort, context.Seed.Derive("encode"));
        GhostsTrainer trainer = new(encoder, data, settings, context.Seed.Derive("training"));
        trainer.Run(context, new TrainingPlan(settings.Steps, CheckpointEvery, null, TrainingIdentity.Of(Announcement.Name, Options, context.Seed, data.Rows)));
        using ComputeThreads.Scope threads = ComputeThreads.Limit(context.MaxThreads ?? ComputeThreads.Available);
        MarginalMap? map = _options.PostProcessing == GhostsPostProcessing.MarginalMap
            ? MarginalMap.Fit(data, FittedGhosts.Pilot(trainer.Generator, encoder, cohort.Count, context.Seed.Derive("pilot")), encoder.StaticNumbers)
            : null;
        return new FittedGhosts(encoder, trainer.Generator, _options, map, ReportOf(trainer, encoder, settings, cohort.Count));
    }

    private static FitReport ReportOf(GhostsTrainer trainer, GhostsEncoder encoder, GhostsSettings settings, int stays) => new()
    {
        Training = trainer.Curves,
        Deviations =
        [
            "GHOSTS-style: the authors' exact losses, weights and post-processing are not public; the design follows their abstract.",
            "Against DoppelGANger: time gaps, masks and 'never observed' bits; centre and half-range over observed readings of valid steps only; steps beyond a generated end are cut also within the last block; the critic also sees cumulative time and how far each reading lies from the channel's one before; both critics share one optimiser step; sampling takes a moving average of the generator's weights.",
            "Autocorrelation, spread and variation of courses are regularised around the stay's own mean and between consecutive readings of a channel: over all readings, levels of stays hide a course that jitters.",
            "The regularisers of moments and correlations are also taken over the attributes.",
            "Post-processing maps each stay's mean and spread per channel and the static numbers; minimum, maximum and slope follow from the course, joint maps and selection are left out.",
        ],
        LearntFromData =
        [
            .. encoder.LearntFromData,
            .. settings.Options.Regularisers > 0 ? ["Targets of the regularisers: moments, spread and autocorrelation within stays, correlations, gap quantiles, rates of observation, mean variation, moments and correlations of the attributes."] : Array.Empty<string>(),
            .. settings.Options.PostProcessing == GhostsPostProcessing.MarginalMap ? ["Quantiles of each channel's mean and spread per stay and of static numbers (post-processing)."] : Array.Empty<string>(),
        ],
        Notices =
        [
            string.Create(CultureInfo.InvariantCulture, $"{settings.Steps} steps of {settings.Batch} stays; times by bins of {settings.BinHours} h, {encoder.Layout.Steps} rows in blocks of {encoder.Layout.Block}."),
            .. settings.Capped ? [string.Create(CultureInfo.InvariantCulture, $"Only {stays} stays: training was cut to 200 passes, against copying.")] : Array.Empty<string>(),
        ],
    };
}
