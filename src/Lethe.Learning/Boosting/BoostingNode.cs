namespace Lethe.Learning.Boosting;

/// <summary>One node of a boosted tree, numbered in pre-order from the root, 0.</summary>
/// <param name="Feature">Feature split on; −1 in a leaf.</param>
/// <param name="Threshold">x ≤ threshold goes left; +∞ separates present from missing values; NaN in a leaf.</param>
/// <param name="MissingGoesLeft">Where a missing value goes.</param>
/// <param name="Left">Left child; −1 in a leaf.</param>
/// <param name="Right">Right child; −1 in a leaf.</param>
/// <param name="Rows">Training rows in the node.</param>
/// <param name="Gain">What the split gains; NaN in a leaf.</param>
/// <param name="Value">In a leaf the amount added to the raw score, shrinkage included; elsewhere −G/(H + λ), unshrunk.</param>
public readonly record struct BoostingNode(
    int Feature, double Threshold, bool MissingGoesLeft, int Left, int Right, int Rows, double Gain, double Value)
{
    /// <summary>True where no split follows.</summary>
    public bool IsLeaf => Feature < 0;
}
