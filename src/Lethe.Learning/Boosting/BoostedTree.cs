namespace Lethe.Learning.Boosting;

/// <summary>One fitted tree of a boosting sequence. Immutable.</summary>
public sealed class BoostedTree
{
    private readonly BoostingNode[] _nodes;

    internal BoostedTree(BoostingNode[] nodes) => _nodes = nodes;

    /// <summary>The nodes in pre-order.</summary>
    public ReadOnlySpan<BoostingNode> Nodes => _nodes;

    /// <summary>What the tree adds to the raw score of a row.</summary>
    /// <param name="x">Features, length d; NaN = missing.</param>
    public double Predict(ReadOnlySpan<double> x)
    {
        ref readonly BoostingNode node = ref _nodes[0];
        while (node.Feature >= 0)
        {
            double v = x[node.Feature];
            bool left = double.IsNaN(v) ? node.MissingGoesLeft : v <= node.Threshold;
            node = ref _nodes[left ? node.Left : node.Right];
        }

        return node.Value;
    }
}
