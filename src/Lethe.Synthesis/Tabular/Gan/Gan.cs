using Lethe.Data;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Registry;
using Lethe.Synthesis.Tabular.Adversarial;

namespace Lethe.Synthesis.Tabular.Gan;

/// <summary>
/// The plain generative adversarial network on a table (Goodfellow et al. 2014), with the repairs without which it collapses
/// on a few hundred rows: softmax outputs for categories, one-sided label smoothing, a held-out score that chooses the
/// step, and missing values as part of the model. Immutable, thread-safe.
/// </summary>
public sealed class Gan : ISynthesizer
{
    internal static readonly Descriptor Announcement = new(
        "gan",
        "Plain GAN",
        "adversarial",
        "Generator and discriminator as two multilayer perceptrons. Usable ranking on small tables, but behind trees in fidelity.",
        "Goodfellow et al., Generative Adversarial Nets, NeurIPS 2014; label smoothing: Salimans et al., NeurIPS 2016.");

    private const int FewestRows = 1000;
    private const int ScoreRows = 1000;

    private readonly GanOptions _options;

    /// <summary>A plain GAN with these settings.</summary>
    /// <exception cref="OptionException">A setting is out of range.</exception>
    public Gan(GanOptions? options = null)
    {
        _options = options ?? new GanOptions();
        OptionSet<GanOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } = MethodRegistration.For<GanOptions>(Announcement, o => new Gan(o), FittedGan.Load);

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<GanOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Table table = TrainingTable.Modelled(train);
        TrainingRows rows = TrainingRows.Prepare(table, NumericCoding.MinMax, _options.HeldOutShare, context);
        if (rows.Encoder.Width == 0)
            return new FittedGan(rows.Encoder, null, _options, FitReport.Empty);
        int batch = Math.Max(2, _options.BatchSize ?? Math.Min(64, rows.Count / 4));
        GanTrainer trainer = new(rows, _options, batch, context.Seed);
        Seed scores = context.Seed.Derive("score");
        trainer.Run(
            context,
            _options.Steps,
            _options.ScoreEvery,
            AdversarialIdentity.Of(Announcement.Name, Options, rows, context.Seed),
            rows.Score,
            () =>
            {
                trainer.Network.Evaluate();
                Table sample = FittedGan.Draw(trainer.Network, rows.Encoder, _options.Noise, ScoreRows, scores.Stream("sample"));
                trainer.Network.Train();
                return sample;
            });
        return new FittedGan(rows.Encoder, trainer.Network, _options, ReportOf(trainer, rows, table.RowCount, batch));
    }

    private static FitReport ReportOf(GanTrainer trainer, TrainingRows rows, int n, int batch) => new()
    {
        Training = trainer.Curves,
        Deviations =
        [
            "Categories and missing-value indicators are softmax blocks instead of scaled numbers.",
            "One-sided label smoothing of 0.9 and a held-out score instead of a fixed number of epochs.",
            "Batch normalisation uses its running statistics when sampling.",
        ],
        LearntFromData =
        [
            "Smallest and largest value of every numeric column, for scaling to −1 … 1.",
            "Observed levels of every discrete column, and which columns have missing values.",
        ],
        Notices =
        [
            $"Batches of {batch} rows.",
            rows.Score is null ? "Too few rows to keep some apart: the last step was kept." : $"{n - rows.Count} of {n} rows were kept apart; the generator of step {trainer.BestStep} scored best on them.",
            .. n < FewestRows ? [$"Fewer than {FewestRows} rows: a GAN alone should not be the basis of a release of this size. Compare with 'auto'."] : Array.Empty<string>(),
        ],
    };
}
