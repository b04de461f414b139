using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Lethe.Synthesis.Tabular.SequentialCart;

/// <summary>In which order columns are synthesised.</summary>
public enum ColumnOrder
{
    /// <summary>Discrete columns first, fewest levels first, then numbers by rising share of missing values; the target last.</summary>
    Auto,

    /// <summary>As in the table.</summary>
    Table,
}

/// <summary>Settings of sequential CART. Immutable.</summary>
public sealed record SequentialCartOptions
{
    /// <summary>Fewest training rows in a leaf.</summary>
    [Description("Fewest training rows in a leaf; larger leaves give away less and blur more.")]
    [Range(1, 100_000)]
    public int MinLeaf { get; init; } = 5;

    /// <summary>Whether numbers drawn from a leaf are spread by a kernel.</summary>
    [Description("Whether numbers drawn from a leaf are spread by a kernel; without it they are real recorded values.")]
    public bool Smoothing { get; init; } = true;

    /// <summary>Order of the columns.</summary>
    [Description("Order in which columns are synthesised: auto puts the target last, table keeps the table's order.")]
    public ColumnOrder Order { get; init; } = ColumnOrder.Auto;

    /// <summary>Whether every tree learns from a bootstrap sample of the rows.</summary>
    [Description("Whether each column learns from a bootstrap sample, as combining rules over several synthetic tables need.")]
    public bool Proper { get; init; }

    /// <summary>A value held by at least this share of the rows is synthesised as a level of its own.</summary>
    [Description("A single value held by at least this share of the rows (a spike at 0, say) is treated as a level of its own.")]
    [Range(0.01, 1)]
    public double SpikeShare { get; init; } = 0.2;
}
