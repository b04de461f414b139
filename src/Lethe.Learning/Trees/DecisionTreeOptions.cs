namespace Lethe.Learning.Trees;

/// <summary>Node impurity for classification trees.</summary>
public enum ClassImpurity
{
    /// <summary>1 − Σ p².</summary>
    Gini,

    /// <summary>−Σ p log₂ p.</summary>
    Entropy,
}

/// <summary>How far a tree grows. The defaults grow until leaves are pure, as the reference does.</summary>
public sealed record DecisionTreeOptions
{
    /// <summary>Impurity of classification trees; regression trees always use the variance.</summary>
    public ClassImpurity Impurity { get; init; } = ClassImpurity.Gini;

    /// <summary>Largest number of splits above a leaf; null = no limit.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>A node with fewer rows becomes a leaf. ≥ 2.</summary>
    public int MinSamplesSplit { get; init; } = 2;

    /// <summary>
    /// Fewest rows in a leaf, ≥ 1 (0 is meaningful only where a fit counts a subset of rows: then a leaf may hold none of them).
    /// Rows are counted once, whatever their weight or multiplicity in a bootstrap.
    /// </summary>
    public int MinSamplesLeaf { get; init; } = 1;

    /// <summary>
    /// Features drawn at random per split (mtry); null = all. Constant features count as drawn, but drawing goes on until one
    /// feature that varies in the node was tried.
    /// </summary>
    public int? FeaturesPerSplit { get; init; }

    /// <summary>
    /// A split must lower the impurity of the whole tree by at least this share of the root's impurity (rpart's <c>cp</c>). 0
    /// accepts every split, even one without gain; 1e-8 refuses only splits without gain.
    /// </summary>
    public double Complexity { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinSamplesSplit, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(MinSamplesLeaf);
        ArgumentOutOfRangeException.ThrowIfNegative(Complexity);
        if (MaxDepth is { } depth)
            ArgumentOutOfRangeException.ThrowIfNegative(depth, nameof(MaxDepth));
        if (FeaturesPerSplit is { } features)
            ArgumentOutOfRangeException.ThrowIfLessThan(features, 1, nameof(FeaturesPerSplit));
    }
}
