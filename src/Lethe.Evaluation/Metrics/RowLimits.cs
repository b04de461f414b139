namespace Lethe.Evaluation.Metrics;

/// <summary>Most rows of each table that costly figures look at; larger tables are subsampled by the seed, and the section says so.</summary>
public sealed record RowLimits
{
    /// <summary>Columns, pairs, triples. Linear in rows.</summary>
    public int Margins { get; init; } = 50_000;

    /// <summary>Classifier detection and downstream models.</summary>
    public int Learners { get; init; } = 10_000;

    /// <summary>Nearest neighbours by mixed distance. Quadratic in rows.</summary>
    public int Neighbours { get; init; } = 5_000;

    /// <summary>Kernel and transport distances. Quadratic to cubic in rows.</summary>
    public int Kernels { get; init; } = 1_000;

    /// <summary>Points of the t-SNE drawing, both tables together.</summary>
    public int Drawing { get; init; } = 400;
}
