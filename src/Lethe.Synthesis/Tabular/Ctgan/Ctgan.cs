using Lethe.Data;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Registry;
using Lethe.Synthesis.Tabular.Adversarial;

namespace Lethe.Synthesis.Tabular.Ctgan;

/// <summary>
/// CTGAN (Xu et al. 2019): a conditional Wasserstein GAN with mode-specific normalisation of numbers, training by sampling
/// over the levels of discrete columns, and a critic that judges packs of rows. Immutable, thread-safe.
/// </summary>
public sealed class Ctgan : ISynthesizer
{
    internal static readonly Descriptor Announcement = new(
        "ctgan",
        "CTGAN",
        "adversarial",
        "Conditional Wasserstein GAN for mixed tables. Wants thousands of rows; small-table settings switch on below 2000.",
        "Xu, Skoularidou, Cuesta-Infante, Veeramachaneni, Modeling Tabular Data using Conditional GAN, NeurIPS 2019, arXiv 1907.00503.");

    private const int FewestRows = 1000;
    private const int ScoreRows = 1000;

    private readonly CtganOptions _options;

    /// <summary>CTGAN with these settings.</summary>
    /// <exception cref="OptionException">A setting is out of range.</exception>
    public Ctgan(CtganOptions? options = null)
    {
        _options = options ?? new CtganOptions();
        OptionSet<CtganOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } = MethodRegistration.For<CtganOptions>(Announcement, o => new Ctgan(o), FittedCtgan.Load);

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<CtganOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Table table = TrainingTable.Modelled(train);
        TrainingRows rows = TrainingRows.Prepare(table, NumericCoding.Modes, CtganSettings.HeldOutShare(_options, table.RowCount), context);
        ConditionSampler conditions = ConditionSampler.Fit(rows);
        CtganSettings settings = CtganSettings.Resolve(_options, rows.Count);
        if (rows.Encoder.Width == 0)
            return new FittedCtgan(rows.Encoder, null, conditions, settings.Noise, _options.Generator, FitReport.Empty);
        CtganTrainer trainer = new(rows, conditions, _options, settings, context.Seed);
        Seed scores = context.Seed.Derive("score");
        trainer.Run(
            context,
            settings.Steps,
            _options.ScoreEvery,
            AdversarialIdentity.Of(Announcement.Name, Options, rows, context.Seed),
            rows.Score,
            () =>
            {
                trainer.Network.Evaluate();
                Table sample = FittedCtgan.Draw(trainer.Network, rows.Encoder, conditions, settings.Noise, ScoreRows, scores.Stream("sample"));
                trainer.Network.Train();
                return sample;
            });
        return new FittedCtgan(rows.Encoder, trainer.Network, conditions, settings.Noise, _options.Generator, ReportOf(trainer, rows, table.RowCount, settings));
    }

    private static FitReport ReportOf(CtganTrainer trainer, TrainingRows rows, int n, CtganSettings settings) => new()
    {
        Training = trainer.Curves,
        Deviations =
        [
            "Missing numbers are modelled by an indicator of their own (the published code refuses them).",
            "Sampling draws conditions by true frequency and uses the running statistics of batch normalisation (the published code draws by log frequency and uses batch statistics).",
        ],
        LearntFromData =
        [
            "A Gaussian mixture of up to ten modes for every numeric column.",
            "Observed levels of every discrete column with their frequencies, and which columns have missing values.",
        ],
        Notices =
        [
            settings.Small
                ? $"Small-table settings (fewer than {CtganSettings.SmallBelow} rows): {settings.Steps} steps of {settings.Batch} rows, packs of {settings.Pac}, noise {settings.Noise}, critic dropout {settings.Dropout}."
                : $"{settings.Steps} steps of {settings.Batch} rows, packs of {settings.Pac}.",
            rows.Score is null ? "No rows were kept apart: the last step was kept." : $"{n - rows.Count} of {n} rows were kept apart; the generator of step {trainer.BestStep} scored best on them.",
            .. n < FewestRows ? [$"Fewer than {FewestRows} rows: a GAN alone should not be the basis of a release of this size. Compare with 'auto'."] : Array.Empty<string>(),
        ],
    };
}
