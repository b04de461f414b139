namespace Lethe.Results;

/// <summary>Is the synthetic data like the real data? Every figure stands beside that of a real holdout.</summary>
public sealed record FidelitySection
{
    /// <summary>Figures about the whole table.</summary>
    public required IReadOnlyList<Measure> Overall { get; init; }

    /// <summary>One entry per modelled column.</summary>
    public required IReadOnlyList<ColumnFidelity> Columns { get; init; }

    /// <summary>Associations between all pairs of columns, real and synthetic; null with fewer than two columns.</summary>
    public AssociationMatrices? Associations { get; init; }

    /// <summary>The pairs of columns whose association differs most, worst first.</summary>
    public IReadOnlyList<Measure> WorstPairs { get; init; } = [];

    /// <summary>Detection by a classifier, with intervals.</summary>
    public IReadOnlyList<Measure> Detection { get; init; } = [];

    /// <summary>Real and synthetic rows in two dimensions.</summary>
    public Projection? Projection { get; init; }

    /// <summary>Clinical plausibility: violations of bounds, categories and rules, with the real data's own rate as reference.</summary>
    public IReadOnlyList<Measure> Plausibility { get; init; } = [];

    /// <summary>New rows, copies and nearest-neighbour distances: they find copies, they do not show that a release protects anyone.</summary>
    public IReadOnlyList<Measure> Novelty { get; init; } = [];

    /// <summary>Survival times, censoring and Cox models; empty unless a time and an event column are named.</summary>
    public IReadOnlyList<Measure> Survival { get; init; } = [];

    /// <summary>Neighbourhoods of real and synthetic rows in two dimensions (t-SNE); null when not drawn.</summary>
    public Projection? Neighbourhoods { get; init; }

    /// <summary>What the reader must know about the figures: subsamples, sizes, columns left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One column's fidelity.</summary>
/// <param name="Column">Column name.</param>
/// <param name="Kind">Kind in lower case.</param>
/// <param name="Measures">Figures of the column, each with its real-holdout reference.</param>
/// <param name="Distribution">Shares per bin or level.</param>
public sealed record ColumnFidelity(string Column, string Kind, IReadOnlyList<Measure> Measures, Distribution Distribution);

/// <summary>Square matrices of association strength (0–1, or −1–1 for correlations) in the order of <paramref name="Labels"/>.</summary>
/// <param name="Labels">Column names.</param>
/// <param name="Statistic">What the cells are, e.g. <c>Pearson, correlation ratio or Cramér's V by kind of pair</c>.</param>
/// <param name="Real">Real training data.</param>
/// <param name="Synthetic">Synthetic data.</param>
public sealed record AssociationMatrices(IReadOnlyList<string> Labels, string Statistic, IReadOnlyList<IReadOnlyList<double?>> Real, IReadOnlyList<IReadOnlyList<double?>> Synthetic)
{
    /// <summary>Real holdout, or null without one.</summary>
    public IReadOnlyList<IReadOnlyList<double?>>? Holdout { get; init; }
}

/// <summary>Points in two dimensions.</summary>
/// <param name="Method">For example <c>PCA</c>; with the share of variance shown.</param>
/// <param name="Real">Real rows, seeded subsample.</param>
/// <param name="Synthetic">Synthetic rows, seeded subsample.</param>
public sealed record Projection(string Method, Series Real, Series Synthetic);
