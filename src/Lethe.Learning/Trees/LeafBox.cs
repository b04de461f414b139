namespace Lethe.Learning.Trees;

/// <summary>
/// The part of feature space that one leaf covers: for an ordered feature the half-open interval (lower, upper], for a
/// factor a set of levels. The boxes of a tree's leaves cover the space without overlap.
/// </summary>
public sealed class LeafBox
{
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly bool[]?[] _levels;

    internal LeafBox(double[] lower, double[] upper, bool[]?[] levels)
    {
        _lower = lower;
        _upper = upper;
        _levels = levels;
    }

    /// <summary>Excluded lower bound of each feature; −∞ where there is none (always for factors).</summary>
    public ReadOnlySpan<double> Lower => _lower;

    /// <summary>Included upper bound of each feature; +∞ where there is none (always for factors).</summary>
    public ReadOnlySpan<double> Upper => _upper;

    /// <summary>True when the leaf can be reached with this level of a factor.</summary>
    public bool AllowsLevel(int feature, int level) => _levels[feature] is not { } allowed || allowed[level];

    /// <summary>True when the row lies in the box. Codes outside a factor's levels lie in no box that its splits bound.</summary>
    /// <param name="x">A row, length d.</param>
    public bool Contains(ReadOnlySpan<float> x)
    {
        for (int j = 0; j < _lower.Length; j++)
        {
            bool inside = _levels[j] is { } allowed
                ? x[j] >= 0 && x[j] < allowed.Length && allowed[(int)x[j]]
                : x[j] > _lower[j] && x[j] <= _upper[j];
            if (!inside)
                return false;
        }

        return true;
    }
}
