using Lethe.Data;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Learning.Trees;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Registry;

namespace Lethe.Synthesis.Tabular.SequentialCart;

/// <summary>
/// Sequential trees (Reiter 2005; synthpop: Nowok, Raab, Dibben 2016): the first column is drawn from its observed values, every
/// further column from the leaf of a CART tree over the columns before it. Values are smoothed within leaves by default,
/// because without it they are real recorded values. Immutable, thread-safe.
/// </summary>
public sealed class SequentialCartSynthesizer : ISynthesizer
{
    internal static readonly Descriptor Announcement = new(
        "cart",
        "Sequential CART",
        "trees",
        "Draws each column from a tree over the columns before it. Best marginals and pairs on very small tables; close to the data.",
        "Reiter, J. Official Statistics 21 (2005); Nowok, Raab, Dibben, synthpop, J. Statistical Software 74 (2016).");

    private readonly SequentialCartOptions _options;

    /// <summary>Sequential CART with these settings.</summary>
    /// <exception cref="OptionException">A setting is out of range.</exception>
    public SequentialCartSynthesizer(SequentialCartOptions? options = null)
    {
        _options = options ?? new SequentialCartOptions();
        OptionSet<SequentialCartOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<SequentialCartOptions>(Announcement, o => new SequentialCartSynthesizer(o), FittedSequentialCart.Load);

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<SequentialCartOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Table table = TrainingTable.Modelled(train);
        int[] order = Order(table);
        FeatureLayout[] layouts = [.. order.Select(j => FeatureLayout.Of(table.Columns[j], Median(table.Columns[j])))];
        TreeFeatures all = new([.. order.Select((j, k) => layouts[k].Features(table.Columns[j])).SelectMany(f => f)], table.RowCount);
        CartColumn[] columns = new CartColumn[order.Length];
        for (int k = 0, before = 0; k < order.Length; before += layouts[k].Levels.Length, k++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Seed seed = context.Seed.Derive("column", order[k]);
            columns[k] = CartColumn.Fit(table.Columns[order[k]], all.First(before), _options, Rows(table.RowCount, seed), seed, context.Cancellation);
            context.Progress?.Report(new FitProgress("growing trees", k + 1, order.Length));
        }

        return new FittedSequentialCart(table.Schema, order, columns, layouts, _options.Smoothing, Report(table, order));
    }

    private int[] Rows(int n, Seed seed)
    {
        int[] rows = [.. Enumerable.Range(0, n)];
        if (!_options.Proper)
            return rows;
        RandomStream bootstrap = seed.Stream("bootstrap");
        return [.. rows.Select(_ => bootstrap.NextInt(n))];
    }

    private int[] Order(Table table)
    {
        int[] all = [.. Enumerable.Range(0, table.Columns.Count)];
        if (_options.Order == ColumnOrder.Table)
            return all;
        return
        [
            .. all
                .OrderBy(j => table.Columns[j].Schema.Role == ColumnRole.Target)
                .ThenBy(j => table.Columns[j] is not DiscreteColumn)
                .ThenBy(j => table.Columns[j] is DiscreteColumn d ? d.Levels.Count : 0)
                .ThenBy(j => table.Columns[j].MissingCount)
                .ThenBy(j => j),
        ];
    }

    private static double Median(Column column)
    {
        double[] sorted = column is NumericColumn n ? SortedValues.Of(n.Values) : [];
        return sorted.Length == 0 ? 0 : SortedValues.Quantile(sorted, 0.5);
    }

    private FitReport Report(Table table, int[] order) => new()
    {
        Deviations =
        [
            .. _options.Smoothing ? ["Numbers are spread within leaves by a Gaussian kernel with Silverman's bandwidth (off in the original by default)."] : Array.Empty<string>(),
            "Synthetic rows that equal a unique real row are not removed: the model keeps no real rows to compare with. The audit counts them.",
        ],
        LearntFromData =
        [
            "Trees over the columns, with the sorted values or level counts of the training rows in each leaf.",
            "Range and recording step of every numeric column, and values held by many rows (spikes).",
        ],
        Notices =
        [
            $"Order of the columns: {string.Join(", ", order.Select(j => table.Columns[j].Name))}.",
            .. _options.Smoothing ? Array.Empty<string>() : ["Without smoothing every synthetic number is a real recorded value."],
        ],
    };
}
