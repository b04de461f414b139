using System.Globalization;
using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Results;
using Lethe.Synthesis.Registry;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Halo;

/// <summary>
/// HALO (Theodorou, Xiao, Sun 2023): a hierarchical autoregressive model of records. A causal transformer over visits gives the
/// history, a masked network over the codes of a visit gives each code given the history and the codes before it; the
/// probability of a record is their product, sampling is exact. Deviations: each feature's codes are one categorical
/// variable (softmax per group, block-triangular masks) instead of independent Bernoulli codes, so no channel has two values at
/// once; time bins with at least one reading are the visits, and the time since admission, the statics and the last reading of every
/// channel are added to the visit embedding; statics and outcome are the first row and part of every later one; the code level has linear
/// terms beside its masked network, and training begins at frequencies of codes and transitions. Immutable, thread-safe.
/// </summary>
public sealed class HaloSynthesizer : ISynthesizer
{
    internal static readonly Descriptor Announcement = new(
        "halo",
        "HALO",
        "autoregressive",
        "Hierarchical autoregressive transformer over visits and binned readings: whole patients with missingness, statics and outcome, sampled exactly. Readings are as fine as its bins.",
        "Theodorou, Xiao, Sun, Synthesize high-dimensional longitudinal electronic health records via hierarchical autoregressive language model, Nature Communications 14 (2023), arXiv 2304.02169.");

    // With fewer stays a part kept apart would say nothing.
    private const int FewestForValidation = 20;

    private readonly HaloOptions _options;

    /// <summary>HALO with these settings.</summary>
    /// <exception cref="OptionException">A setting is out of range.</exception>
    public HaloSynthesizer(HaloOptions? options = null)
    {
        _options = options ?? new HaloOptions();
        OptionSet<HaloOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<HaloOptions>(Announcement, o => new HaloSynthesizer(o), FittedHalo.Load) with { LearnsCohorts = true, ConditionsExactly = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<HaloOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Cohort cohort = TrainingCohort.Of(train);
        context.Cancellation.ThrowIfCancellationRequested();
        int[] order = context.Seed.Stream("validation").Permutation(cohort.Count);
        int apart = cohort.Count < FewestForValidation ? 0 : (int)Math.Round(_options.ValidationShare * cohort.Count);
        HaloSettings settings = HaloSettings.Resolve(_options, cohort.Count, cohort.Count - apart);
        HaloCodec codec = HaloCodec.Fit(cohort, _options.BinHours, settings.Bins, settings.StaticBins);
        HaloTrainer trainer = new(codec.Encode(cohort.Take(order.AsSpan(apart))), codec.Encode(cohort.Take(order.AsSpan(0, apart))), codec, _options, settings, context.Seed);
        trainer.Run(context, new TrainingPlan(settings.Steps, settings.Epoch, _options.Patience, trainer.Identity(Options, context.Seed)));
        return new FittedHalo(codec, trainer.Network, settings.Blocks, settings.Heads, ReportOf(trainer, codec, settings, cohort.Count, apart));
    }

    private static FitReport ReportOf(HaloTrainer trainer, HaloCodec codec, HaloSettings settings, int stays, int apart) => new()
    {
        Training = trainer.Curves,
        Deviations =
        [
            "The codes of a feature are one categorical variable with a softmax, and masks are triangular in blocks of features (the paper has independent Bernoulli codes).",
            "Visits are time bins with at least one reading; whether a channel was read is one of its codes.",
            "The time since admission is embedded and added to each visit (the paper has the time gap as a code alone).",
            "Statics and the last reading of every channel are embedded with each visit, and statics are part of every row of the code level (the paper's history must find them by attention).",
            "Logits have linear terms beside the masked network: of a channel's last reading, of the statics for its first one, and of a row's earlier codes. They begin at training frequencies of transitions and given the outcome, biases at those of codes.",
            "Value bins are quantiles, narrower in the tails (the paper's ranges were chosen by clinicians); statics are binned alike. A reading in the bin of the one before repeats it as often as training readings do.",
            "Loss is the mean negative log-likelihood of a row; gradients are clipped to norm 1; the cpu preset warms up and lets the step size fall along a cosine.",
        ],
        LearntFromData = [.. codec.LearntFromData, "Weights of the network, by maximum likelihood."],
        Notices =
        [
            string.Create(CultureInfo.InvariantCulture, $"{codec.Width} codes in {codec.Groups.Length} groups, {trainer.Network.ParameterCount} weights, at most {settings.Steps} steps of {settings.Batch} stays."),
            apart == 0 ? "No stays were kept apart: the last step was kept." : string.Create(CultureInfo.InvariantCulture, $"{apart} of {stays} stays were kept apart; the state of step {trainer.BestStep} was the most likely on them."),
        ],
    };
}
