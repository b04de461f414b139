namespace Lethe.Learning.Trees;

/// <summary>One node of a fitted tree, for inspection. Nodes are numbered in pre-order from the root, 0.</summary>
/// <param name="Feature">Feature split on; −1 in a leaf.</param>
/// <param name="Threshold">x ≤ threshold goes left; NaN in a leaf and for a factor split (see <see cref="DecisionTree.GoesLeft(int, float)"/>).</param>
/// <param name="Left">Left child; −1 in a leaf.</param>
/// <param name="Right">Right child; −1 in a leaf.</param>
/// <param name="Leaf">Leaf index 0 … LeafCount − 1; −1 for an inner node.</param>
/// <param name="Rows">Rows in the node at the fit, each counted once.</param>
/// <param name="Weight">Their summed weight.</param>
/// <param name="Impurity">Gini, entropy in bits, or variance.</param>
public readonly record struct TreeNode(
    int Feature, double Threshold, int Left, int Right, int Leaf, int Rows, double Weight, double Impurity)
{
    /// <summary>True where no split follows.</summary>
    public bool IsLeaf => Leaf >= 0;
}
