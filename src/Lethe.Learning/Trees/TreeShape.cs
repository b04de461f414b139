namespace Lethe.Learning.Trees;

/// <summary>
/// The nodes of a tree while it grows, in pre-order: the left child of node i is i + 1. Ends as arrays in a
/// <see cref="DecisionTree"/>.
/// </summary>
internal sealed class TreeShape
{
    /// <summary>Feature split on, or −1 − leaf index.</summary>
    public List<int> Feature { get; } = [];

    /// <summary>Threshold of an ordered split; for a factor NaN.</summary>
    public List<double> Threshold { get; } = [];

    /// <summary>Right child, 0 for a leaf.</summary>
    public List<int> Right { get; } = [];

    /// <summary>Parent, −1 for the root.</summary>
    public List<int> Parent { get; } = [];

    /// <summary>Rows that reached the node in the fit.</summary>
    public List<int> Rows { get; } = [];

    /// <summary>Their summed weight.</summary>
    public List<double> Weight { get; } = [];

    /// <summary>Impurity.</summary>
    public List<double> Impurity { get; } = [];

    /// <summary>Level sets of a factor split, null elsewhere.</summary>
    public List<LevelSplit?> Levels { get; } = [];

    public int Add(int parent, bool isRight, int rows, double weight, double impurity)
    {
        int id = Feature.Count;
        Feature.Add(0);
        Threshold.Add(double.NaN);
        Right.Add(0);
        Parent.Add(parent);
        Rows.Add(rows);
        Weight.Add(weight);
        Impurity.Add(impurity);
        Levels.Add(null);
        if (isRight)
            Right[parent] = id;
        return id;
    }

    public void MakeLeaf(int id, int leaf) => Feature[id] = -1 - leaf;

    public void SplitAt(int id, int feature, double threshold)
    {
        Feature[id] = feature;
        Threshold[id] = threshold;
    }

    /// <param name="id">The node.</param>
    /// <param name="feature">A factor.</param>
    /// <param name="rank">Rank of each level in the node, −1 for levels it did not hold.</param>
    /// <param name="lastLeft">Largest rank that goes left.</param>
    /// <param name="unseenLeft">Where levels go that the node did not hold: to the child with more rows.</param>
    public void SplitLevels(int id, int feature, ReadOnlySpan<int> rank, int lastLeft, bool unseenLeft)
    {
        Feature[id] = feature;
        bool[] goesLeft = new bool[rank.Length];
        bool[] seen = new bool[rank.Length];
        for (int l = 0; l < rank.Length; l++)
        {
            seen[l] = rank[l] >= 0;
            goesLeft[l] = seen[l] ? rank[l] <= lastLeft : unseenLeft;
        }

        Levels[id] = new LevelSplit(goesLeft, seen, unseenLeft);
    }
}

/// <summary>A factor split: for each level whether it goes left and whether the node held it in the fit.</summary>
internal sealed record LevelSplit(bool[] GoesLeft, bool[] Seen, bool UnseenLeft);
