using Lethe.Data;
using Lethe.Data.Tables;
using Lethe.Results;
using Lethe.Synthesis.Registry;

namespace Lethe.Synthesis.Tabular.BayesianNetwork;

/// <summary>
/// Bayesian network on binned columns (Koller and Friedman 2009; greedy construction in the manner of Zhang et al. 2017,
/// "PrivBayes", without its noise): each column depends on at most three others, sampling goes from parents to children.
/// </summary>
/// <remarks>
/// Deviations from PrivBayes: parents are chosen by penalised likelihood instead of mutual information, one at a time while
/// the score rises; the order starts at the column with most states; conditional distributions are smoothed by one pseudo-row
/// spread like the marginal; values inside a bin are recorded values plus noise of a tenth of the bin's range.
/// </remarks>
public sealed class BayesianNetworkSynthesizer : ISynthesizer
{
    private static readonly Descriptor Announcement = new(
        "bayesian-network",
        "Bayesian network",
        "statistical",
        "Links every column to the few others it depends on most: the best start for mixed clinical tables of some hundred rows.",
        "Zhang, Cormode, Procopiuc, Srivastava and Xiao, PrivBayes, ACM TODS 42 (2017), without its privacy mechanism.");

    private readonly BayesianNetworkOptions _options;

    /// <summary>Makes the method.</summary>
    /// <param name="options">Settings; null: defaults.</param>
    public BayesianNetworkSynthesizer(BayesianNetworkOptions? options = null)
    {
        _options = options ?? new BayesianNetworkOptions();
        OptionSet<BayesianNetworkOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<BayesianNetworkOptions>(Announcement, o => new BayesianNetworkSynthesizer(o), FittedBayesianNetwork.Load) with { ConditionsExactly = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<BayesianNetworkOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        Table table = TrainingTable.Modelled(train);
        NodeColumn[] nodes = [.. table.Columns.Select(c => NodeColumn.Fit(c, _options))];
        int[] sizes = [.. nodes.Select(n => n.States)];
        int[][] states = [.. nodes.Select((n, c) => n.StatesOf(table.Columns[c]))];

        StructureSearch search = new(states, sizes, _options.MaxParents, _options.Penalty);
        List<(int Column, int[] Parents)> structure =
            search.Run(placed => context.Progress?.Report(new FitProgress("choosing parents", placed, nodes.Length)), context.Parallelism);
        ConditionalTable[] tables = new ConditionalTable[nodes.Length];
        foreach ((int column, int[] parents) in structure)
            tables[column] = ConditionalTable.Fit(states, sizes, column, parents, _options.PseudoRows);
        return new FittedBayesianNetwork(Announcement, table.Schema, nodes, [.. structure.Select(s => s.Column)], tables);
    }
}
