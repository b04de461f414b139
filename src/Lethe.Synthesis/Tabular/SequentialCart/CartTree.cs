using Lethe.Learning.Trees;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.SequentialCart;

/// <summary>The splits of a fitted tree, as small as sampling needs them. Nodes are in pre-order: the left child follows its parent.</summary>
internal sealed class CartTree
{
    private readonly int[] _feature;      // −1 − leaf at a leaf
    private readonly double[] _threshold; // left when the value is at most this; NaN for a factor split
    private readonly int[] _right;
    private readonly int[] _setStart;     // into _left, for factor splits
    private readonly int[] _left;         // 1 where the level goes left

    private CartTree(int[] feature, double[] threshold, int[] right, int[] setStart, int[] left)
    {
        (_feature, _threshold, _right, _setStart, _left) = (feature, threshold, right, setStart, left);
        Leaves = feature.Count(f => f < 0);
    }

    /// <summary>Number of leaves.</summary>
    public int Leaves { get; }

    /// <summary>Copies the splits of a tree.</summary>
    public static CartTree Of(DecisionTree tree, TreeFeatures features)
    {
        int n = tree.NodeCount;
        int[] feature = new int[n], right = new int[n], setStart = new int[n];
        double[] threshold = new double[n];
        List<int> left = [];
        for (int id = 0; id < n; id++)
        {
            TreeNode node = tree.Node(id);
            feature[id] = node.IsLeaf ? -1 - node.Leaf : node.Feature;
            right[id] = node.IsLeaf ? -1 : node.Right;
            setStart[id] = left.Count;
            bool factor = !node.IsLeaf && features[node.Feature].IsFactor;
            threshold[id] = node.IsLeaf || factor ? 0 : node.Threshold;
            for (int level = 0; factor && level < features[node.Feature].Levels; level++)
                left.Add(tree.GoesLeft(id, level) ? 1 : 0);
        }

        return new CartTree(feature, threshold, right, setStart, [.. left]);
    }

    /// <summary>A tree of one leaf.</summary>
    public static CartTree Stump() => new([-1], [0], [-1], [0], []);

    /// <summary>The leaf of a row.</summary>
    /// <param name="x">Features, as the tree was fitted on.</param>
    /// <param name="levels">Levels of each feature; 0 for an ordered one.</param>
    public int FindLeaf(ReadOnlySpan<float> x, ReadOnlySpan<int> levels)
    {
        int id = 0;
        while (_feature[id] >= 0)
        {
            int f = _feature[id];
            bool goesLeft = levels[f] == 0 ? x[f] <= _threshold[id] : _left[_setStart[id] + (int)x[f]] == 1;
            id = goesLeft ? id + 1 : _right[id];
        }

        return -1 - _feature[id];
    }

    public void Save(ModelWriter writer, string prefix)
    {
        writer.Add(prefix + ".feature", _feature);
        writer.Add(prefix + ".threshold", _threshold);
        writer.Add(prefix + ".right", _right);
        writer.Add(prefix + ".set-start", _setStart);
        writer.Add(prefix + ".left", _left, _left.Length);
    }

    /// <summary>Reads a tree and checks that every walk ends in a leaf.</summary>
    /// <exception cref="InvalidDataException">It does not validate.</exception>
    public static CartTree Load(ModelReader reader, string prefix, ReadOnlySpan<int> levels)
    {
        int[] feature = reader.Ints(prefix + ".feature", -1);
        int n = feature.Length;
        double[] threshold = reader.FiniteDoubles(prefix + ".threshold", n);
        int[] right = reader.Ints(prefix + ".right", n), setStart = reader.Ints(prefix + ".set-start", n), left = reader.Ints(prefix + ".left", -1);
        HashSet<int> leaves = [];
        for (int id = 0; id < n; id++)
        {
            bool fits = feature[id] < 0
                ? leaves.Add(-1 - feature[id])
                : feature[id] < levels.Length && id + 1 < n && right[id] > id + 1 && right[id] < n && setStart[id] >= 0 && setStart[id] + (long)levels[feature[id]] <= left.Length;
            ModelReader.Require(fits, prefix, "is not a tree");
        }

        ModelReader.Require(n > 0 && leaves.Count > 0 && leaves.Max() == leaves.Count - 1, prefix, "does not number its leaves");
        return new CartTree(feature, threshold, right, setStart, left);
    }
}
