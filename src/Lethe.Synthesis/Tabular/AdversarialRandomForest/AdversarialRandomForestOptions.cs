using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Lethe.Synthesis.Tabular.AdversarialRandomForest;

/// <summary>What cuts the normal distribution of a number inside a leaf.</summary>
public enum LeafBounds
{
    /// <summary>The leaf's box, with the column's observed range where the box is open.</summary>
    Box,

    /// <summary>The leaf's own smallest and largest value: nothing new at the edges, but single patients' values as bounds.</summary>
    Local,
}

/// <summary>Settings of the adversarial random forest.</summary>
public sealed record AdversarialRandomForestOptions
{
    /// <summary>B, trees per forest.</summary>
    [Description("Trees per forest; more make smoother distributions and a larger model.")]
    [Range(1, 10_000)]
    public int Trees { get; init; } = 50;

    /// <summary>
    /// Fewest rows in a leaf: trees grow while each side holds as many distinct drawn rows, and leaves with fewer real rows are pruned.
    /// Three distinct rows are about five drawn with replacement, which is how the reference package counts.
    /// </summary>
    [Description("Fewest rows in a leaf; none: 3, or n / 2000 where that is more. Raise it to 10 for caution.")]
    [Range(1, 1_000_000)]
    public int? MinNodeSize { get; init; }

    /// <summary>Most adversarial rounds.</summary>
    [Description("Most rounds of generating and separating again; the forest usually stops by itself after a few.")]
    [Range(0, 1000)]
    public int Rounds { get; init; } = 10;

    /// <summary>Out-of-bag accuracy above one half at which the forest counts as fooled.</summary>
    [Description("Out-of-bag accuracy above one half that still counts as unable to tell real from generated.")]
    [Range(0.0, 0.5)]
    public double Tolerance { get; init; }

    /// <summary>Bounds of numbers inside leaves.</summary>
    [Description("Bounds of numbers inside a leaf; 'local' never leaves a leaf's own extremes.")]
    public LeafBounds Bounds { get; init; } = LeafBounds.Box;

    /// <summary>Pseudo-count of every level that was observed in the table, in every leaf.</summary>
    [Description("Pseudo-count of each level the leaf's box allows; above 0 rare levels may appear in leaves that lack them.")]
    [Range(0.0, 1000.0)]
    public double PseudoCount { get; init; }
}
