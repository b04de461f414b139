namespace Lethe.Learning.Trees;

/// <summary>
/// What a split optimises, as a struct so that the scan over a node's rows is compiled without indirect calls. Usage per
/// node: <see cref="Reset"/>; per feature <see cref="BeginScan"/>, then <see cref="MoveLeft"/> row by row in feature order,
/// reading <see cref="Score"/> at each boundary.
/// </summary>
internal interface ISplitCriterion
{
    /// <summary>W, the summed weight of the node's rows.</summary>
    double Weight { get; }

    /// <summary>I, the impurity of the node.</summary>
    double Impurity { get; }

    /// <summary>
    /// W − (W_L·I_L + W_R·I_R) up to a term that is constant in the node: larger is better. −∞ where a side has no weight.
    /// </summary>
    double Score { get; }

    /// <summary>The same quantity for the unsplit node, so that Score − ParentScore = W·I − W_L·I_L − W_R·I_R.</summary>
    double ParentScore { get; }

    /// <summary>Takes up the rows of a node.</summary>
    void Reset(ReadOnlySpan<int> rows);

    /// <summary>Puts all rows on the right side.</summary>
    void BeginScan();

    /// <summary>Moves one row to the left side.</summary>
    void MoveLeft(int row);

    /// <summary>Writes the order in which a factor's levels are scanned: a number per level, NaN for levels without a row in the node.</summary>
    void ScoreLevels(ReadOnlySpan<int> rows, ReadOnlySpan<int> codes, Span<double> scores);

    /// <summary>Stores the node's prediction as the next leaf.</summary>
    void WriteLeaf(LeafStore leaves);
}
