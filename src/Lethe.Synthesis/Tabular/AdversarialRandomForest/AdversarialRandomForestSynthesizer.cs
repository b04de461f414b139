using System.Globalization;
using Lethe.Data;
using Lethe.Data.Tables;
using Lethe.Results;
using Lethe.Synthesis.Registry;

namespace Lethe.Synthesis.Tabular.AdversarialRandomForest;

/// <summary>
/// Adversarial random forest (Watson, Blesch, Kapar and Wright 2023): forests learn to tell real rows from rows with
/// independent columns until the columns are independent inside leaves; a leaf's rows are then described by one simple
/// distribution per column (FORDE) and new rows drawn from them (FORGE). Any evidence is conditioned on exactly.
/// </summary>
/// <remarks>
/// Deviations: missing numbers are filled with draws for splitting and modelled by an indicator feature and a missing share per
/// leaf; a leaf's minimum counts distinct drawn rows; numbers are cut at the column's observed range where a leaf's box is open; evidence that no leaf supports is refused
/// instead of being relaxed to the nearest leaf, so that no row is delivered that the model calls impossible.
/// </remarks>
public sealed class AdversarialRandomForestSynthesizer : ISynthesizer
{
    // Beyond this many rows the default leaf grows with the table: finer leaves would make a model as large as the data.
    private const int RowsPerDefaultLeaf = 2000;
    private const int SmallestDefaultLeaf = 3;

    private static readonly Descriptor Announcement = new(
        "arf",
        "Adversarial random forest",
        "trees",
        "Forests that learn where columns are independent: good on mixed tables without tuning, exact under any condition.",
        "Watson, Blesch, Kapar and Wright, Adversarial Random Forests for Density Estimation and Generative Modeling, AISTATS 2023.");

    private readonly AdversarialRandomForestOptions _options;

    /// <summary>Makes the method.</summary>
    /// <param name="options">Settings; null: defaults.</param>
    public AdversarialRandomForestSynthesizer(AdversarialRandomForestOptions? options = null)
    {
        _options = options ?? new AdversarialRandomForestOptions();
        OptionSet<AdversarialRandomForestOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<AdversarialRandomForestOptions>(Announcement, o => new AdversarialRandomForestSynthesizer(o), FittedAdversarialRandomForest.Load) with { ConditionsExactly = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<AdversarialRandomForestOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        Table table = TrainingTable.Modelled(train);
        ForestColumn[] columns = [.. table.Columns.Select(ForestColumn.Fit)];
        double[][] real = [.. columns.Select((c, j) => c.Cells(table.Columns[j]))];
        int leaf = _options.MinNodeSize ?? Math.Max(SmallestDefaultLeaf, table.RowCount / RowsPerDefaultLeaf);

        AdversarialTraining training = new(columns, real, _options, context);
        LeafedTree[] trees = training.Run(leaf);
        if (trees.Length == 0)
            context.Progress?.Report(new FitProgress("adversarial rounds", 0, 0));
        LeafDensities densities = LeafDensities.Fit(columns, real, trees, _options);
        return new FittedAdversarialRandomForest(Announcement, table.Schema, columns, densities, Report(training, leaf));
    }

    private FitReport Report(AdversarialTraining training, int leaf) => new()
    {
        Training = training.Accuracies.Count == 0 ? [] :
        [
            new Results.Series("out-of-bag accuracy", [.. Enumerable.Range(1, training.Accuracies.Count).Select(i => (double)i)], training.Accuracies),
        ],
        Deviations =
        [
            "Missing numbers are modelled by an indicator and a missing share per leaf.",
            "Numbers are cut at the column's observed range where a leaf's box is open.",
            "Conditions that no leaf supports are refused, not relaxed.",
        ],
        LearntFromData =
        [
            "The observed range of every number and the observed levels.",
            $"Mean, standard deviation and bounds of numbers, level shares and missing shares in leaves of at least {leaf.ToString(CultureInfo.InvariantCulture)} patients.",
        ],
        Notices = _options.MinNodeSize is null && leaf > SmallestDefaultLeaf
            ? [$"Leaves hold at least {leaf.ToString(CultureInfo.InvariantCulture)} patients because the table is large; set 'min-node-size' to decide yourself."]
            : [],
    };
}
