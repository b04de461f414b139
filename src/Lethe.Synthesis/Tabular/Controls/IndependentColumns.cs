using Lethe.Data;
using Lethe.Data.Tables;
using Lethe.Results;
using Lethe.Synthesis.Registry;

namespace Lethe.Synthesis.Tabular.Controls;

/// <summary>
/// Control: every column drawn on its own from its observed values. Marginals are right, nothing between columns is: what
/// a measure says about it is what that measure cannot see.
/// </summary>
public sealed class IndependentColumns : ISynthesizer
{
    private static readonly Descriptor Announcement = new(
        "independent",
        "Independent columns",
        "control",
        "Draws every column on its own: right marginals, no relation between columns. A control, not a generator.",
        "Baseline without a source.");

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<NoOptions>(Announcement, _ => new IndependentColumns(), FittedIndependentColumns.Load) with { ConditionsExactly = true, IsControl = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<NoOptions>.Texts(new NoOptions());

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Table table = TrainingTable.Modelled(train);
        List<Marginal> marginals = [];
        foreach (Column column in table.Columns)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            marginals.Add(Marginal.Fit(column));
            context.Progress?.Report(new FitProgress("columns", marginals.Count, table.Columns.Count));
        }

        return new FittedIndependentColumns(Announcement, table.Schema, marginals);
    }
}
