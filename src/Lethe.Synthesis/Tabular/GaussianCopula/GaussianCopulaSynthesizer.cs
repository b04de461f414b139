using Lethe.Data;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Registry;

namespace Lethe.Synthesis.Tabular.GaussianCopula;

/// <summary>
/// Gaussian copula (Nelsen 2006; Patki, Wedge and Veeramachaneni 2016, "The Synthetic Data Vault"): every column keeps its own
/// marginal distribution, dependence is the correlation matrix R of one multivariate normal. Fast, hard to overfit, blind to
/// interactions and to dependence that is not monotone.
/// </summary>
/// <remarks>
/// Deviations: marginals are empirical instead of the best of parametric families; correlations with discrete columns are maximum
/// likelihood estimates of the latent normal instead of correlations of drawn scores; missing cells are modelled by an
/// indicator instead of being refused; no jitter is added inside the recording step, which rounding would undo.
/// </remarks>
public sealed class GaussianCopulaSynthesizer : ISynthesizer
{
    private static readonly Descriptor Announcement = new(
        "gaussian-copula",
        "Gaussian copula",
        "statistical",
        "Keeps every column's distribution and one correlation matrix between them: a fast, cautious start.",
        "Patki, Wedge and Veeramachaneni, The Synthetic Data Vault, IEEE DSAA 2016.");

    private readonly GaussianCopulaOptions _options;

    /// <summary>Makes the method.</summary>
    /// <param name="options">Settings; null: defaults.</param>
    public GaussianCopulaSynthesizer(GaussianCopulaOptions? options = null)
    {
        _options = options ?? new GaussianCopulaOptions();
        OptionSet<GaussianCopulaOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<GaussianCopulaOptions>(Announcement, o => new GaussianCopulaSynthesizer(o), FittedGaussianCopula.Load) with { ConditionsExactly = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<GaussianCopulaOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        Table table = TrainingTable.Modelled(train);
        CopulaColumn[] columns = [.. table.Columns.Select(CopulaColumn.Fit)];
        LatentDimension[] dimensions = [.. columns.SelectMany((c, j) => c.Score(table.Columns[j], context.Seed.Stream("scores", j)))];
        double[,] r = Correlations(dimensions, context);
        double[,] factor = CorrelationRepair.Factor(ref r);
        return new FittedGaussianCopula(Announcement, table.Schema, columns, r, factor);
    }

    private double[,] Correlations(LatentDimension[] dimensions, FitContext context)
    {
        int d = dimensions.Length, done = 0;
        double[,] r = new double[d, d];
        Lock gate = new();
        Parallel.For(0, d, context.Parallelism, i =>
        {
            r[i, i] = 1;
            for (int j = 0; j < i; j++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                r[i, j] = r[j, i] = LatentCorrelation.Between(dimensions[i], dimensions[j], _options.DiscreteCorrelation);
            }

            lock (gate)
                context.Progress?.Report(new FitProgress("correlations", ++done, d));
        });
        if (d == 0)
            context.Progress?.Report(new FitProgress("correlations", 0, 0));
        return r;
    }
}
