using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Trees;

/// <summary>
/// A fitted CART tree (Breiman, Friedman, Olshen and Stone 1984) for classes or numbers. Nodes are numbered in pre-order, leaves
/// 0 … <see cref="LeafCount"/> − 1 from left to right. Immutable; safe to share between threads.
/// </summary>
public sealed partial class DecisionTree
{
    private readonly Step[] _steps;
    private readonly int[] _parent;
    private readonly int[] _rows;
    private readonly double[] _weight;
    private readonly double[] _impurity;
    private readonly LevelSplit?[] _levels;
    private readonly LeafStore _leaves;
    private readonly int[] _nodeOfLeaf;

    private DecisionTree(TreeShape shape, LeafStore leaves, int features, int classes)
    {
        _steps = new Step[shape.Feature.Count];
        for (int id = 0; id < _steps.Length; id++)
            _steps[id] = new Step(shape.Feature[id], shape.Right[id], shape.Threshold[id]);
        _parent = [.. shape.Parent];
        _rows = [.. shape.Rows];
        _weight = [.. shape.Weight];
        _impurity = [.. shape.Impurity];
        _levels = [.. shape.Levels];
        _leaves = leaves;
        Features = features;
        Classes = classes;
        _nodeOfLeaf = new int[leaves.Count];
        for (int id = 0; id < _steps.Length; id++)
        {
            if (_steps[id].Feature < 0)
                _nodeOfLeaf[-1 - _steps[id].Feature] = id;
        }
    }

    /// <summary>d, the number of features.</summary>
    public int Features { get; }

    /// <summary>K, the number of classes; 0 for a regression tree.</summary>
    public int Classes { get; }

    /// <summary>Number of nodes, inner ones and leaves.</summary>
    public int NodeCount => _steps.Length;

    /// <summary>Number of leaves.</summary>
    public int LeafCount => _nodeOfLeaf.Length;

    /// <summary>Node <paramref name="id"/>.</summary>
    public TreeNode Node(int id) => _steps[id].Feature < 0
        ? new TreeNode(-1, double.NaN, -1, -1, -1 - _steps[id].Feature, _rows[id], _weight[id], _impurity[id])
        : new TreeNode(_steps[id].Feature, _steps[id].Threshold, id + 1, _steps[id].Right, -1, _rows[id], _weight[id], _impurity[id]);

    /// <summary>Node number of a leaf.</summary>
    public int NodeOfLeaf(int leaf) => _nodeOfLeaf[leaf];

    /// <summary>
    /// Whether <paramref name="value"/> of the feature that inner node <paramref name="id"/> splits on goes left. A level that the
    /// node did not hold at the fit goes to the child with more rows.
    /// </summary>
    public bool GoesLeft(int id, float value) =>
        _levels[id] is { } split ? GoesLeft(split, value) : value <= _steps[id].Threshold;

    /// <summary>The leaf of a row.</summary>
    /// <param name="x">Features, length d.</param>
    public int FindLeaf(ReadOnlySpan<float> x)
    {
        Step[] steps = _steps;
        int id = 0;
        while (true)
        {
            Step step = steps[id];
            if (step.Feature < 0)
                return -1 - step.Feature;
            float value = x[step.Feature];
            bool left = value <= step.Threshold;
            if (double.IsNaN(step.Threshold))
                left = GoesLeft(_levels[id]!, value);
            id = left ? id + 1 : step.Right;
        }
    }

    /// <summary>
    /// The leaf of a row, where a level that a node did not hold at the fit goes left or right at random in proportion to the
    /// children's rows (as a walk of the training rows would).
    /// </summary>
    public int FindLeaf(ReadOnlySpan<float> x, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int id = 0;
        while (_steps[id].Feature >= 0)
        {
            float value = x[_steps[id].Feature];
            bool left = _levels[id] is { } split && !IsSeen(split, value)
                ? random.NextInt(_rows[id]) < _rows[id + 1]
                : GoesLeft(id, value);
            id = left ? id + 1 : _steps[id].Right;
        }

        return -1 - _steps[id].Feature;
    }

    /// <summary>The leaf of every row, length n.</summary>
    /// <exception cref="ArgumentException">The width differs from the fit, or an ordered value is not finite.</exception>
    public int[] Apply(TreeFeatures x)
    {
        ArgumentNullException.ThrowIfNull(x);
        CheckInput(x, Features);
        int[] leaf = new int[x.Rows];
        float[] row = new float[Features];
        for (int i = 0; i < leaf.Length; i++)
        {
            x.CopyRow(i, row);
            leaf[i] = FindLeaf(row);
        }

        return leaf;
    }

    /// <summary>The rows of <paramref name="x"/> grouped by leaf.</summary>
    public LeafPartition Partition(TreeFeatures x) => LeafPartition.Of(Apply(x), LeafCount);

    /// <summary>The classes that a leaf of a classification tree holds, ascending.</summary>
    public ReadOnlySpan<int> LeafClasses(int leaf) => _leaves.Classes(leaf);

    /// <summary>Weighted counts of <see cref="LeafClasses"/>.</summary>
    public ReadOnlySpan<double> LeafCounts(int leaf) => _leaves.Counts(leaf);

    /// <summary>Weighted mean target in a leaf of a regression tree.</summary>
    public double LeafMean(int leaf) => _leaves.Mean(leaf);

    /// <summary>Adds the class probabilities of a leaf to <paramref name="probability"/> (length K).</summary>
    public void AddLeafProbability(int leaf, Span<double> probability)
    {
        ReadOnlySpan<int> classes = _leaves.Classes(leaf);
        ReadOnlySpan<double> counts = _leaves.Counts(leaf);
        double weight = _weight[_nodeOfLeaf[leaf]];
        for (int i = 0; i < classes.Length; i++)
            probability[classes[i]] += counts[i] / weight;
    }

    /// <summary>
    /// What any node holds: weighted class counts (length K), or the weighted mean target (length 1).
    /// </summary>
    public double[] NodeValue(int id)
    {
        double[] value = new double[Math.Max(Classes, 1)];
        for (int i = id; i < SubtreeEnd(id); i++)
        {
            if (_steps[i].Feature >= 0)
                continue;
            int leaf = -1 - _steps[i].Feature;
            if (Classes == 0)
            {
                value[0] += _leaves.Mean(leaf) * (_weight[i] / _weight[id]);
                continue;
            }

            for (int k = 0; k < _leaves.Classes(leaf).Length; k++)
                value[_leaves.Classes(leaf)[k]] += _leaves.Counts(leaf)[k];
        }

        return value;
    }

    /// <summary>
    /// Impurity importances (length d): summed decreases W·I − W_L·I_L − W_R·I_R of a feature's splits, scaled to sum 1; all 0 for a
    /// tree without gain.
    /// </summary>
    public double[] Importances()
    {
        double[] importance = new double[Features];
        double total = 0;
        for (int id = 0; id < _steps.Length; id++)
        {
            if (_steps[id].Feature < 0)
                continue;
            int right = _steps[id].Right;
            double gain = (_weight[id] * _impurity[id]) - (_weight[id + 1] * _impurity[id + 1]) - (_weight[right] * _impurity[right]);
            importance[_steps[id].Feature] += gain;
            total += gain;
        }

        for (int j = 0; j < importance.Length && total > 0; j++)
            importance[j] /= total;
        return importance;
    }

    /// <summary>The box of a leaf.</summary>
    public LeafBox LeafBox(int leaf)
    {
        double[] lower = new double[Features];
        double[] upper = new double[Features];
        bool[]?[] allowed = new bool[]?[Features];
        Array.Fill(lower, double.NegativeInfinity);
        Array.Fill(upper, double.PositiveInfinity);
        for (int child = _nodeOfLeaf[leaf]; _parent[child] >= 0; child = _parent[child])
        {
            int id = _parent[child];
            int feature = _steps[id].Feature;
            bool isLeft = child == id + 1;
            if (_levels[id] is { } split)
            {
                bool[] levels = allowed[feature] ??= Enumerable.Repeat(true, split.GoesLeft.Length).ToArray();
                for (int l = 0; l < levels.Length; l++)
                    levels[l] &= split.GoesLeft[l] == isLeft;
            }
            else if (isLeft)
            {
                upper[feature] = Math.Min(upper[feature], _steps[id].Threshold);
            }
            else
            {
                lower[feature] = Math.Max(lower[feature], _steps[id].Threshold);
            }
        }

        return new LeafBox(lower, upper, allowed);
    }

    /// <summary>One past the last node below <paramref name="id"/>: in pre-order a subtree is a run of nodes.</summary>
    private int SubtreeEnd(int id)
    {
        int last = id;
        while (_steps[last].Feature >= 0)
            last = _steps[last].Right;
        return last + 1;
    }

    private static bool GoesLeft(LevelSplit split, float value) =>
        value >= 0 && value < split.GoesLeft.Length ? split.GoesLeft[(int)value] : split.UnseenLeft;

    private static bool IsSeen(LevelSplit split, float value) =>
        value >= 0 && value < split.Seen.Length && split.Seen[(int)value];

    internal static void CheckInput(TreeFeatures x, int features)
    {
        Guard.Width(x.Columns, features);
        for (int j = 0; j < features; j++)
        {
            if (x[j].IsFactor)
                continue;
            float[] values = x[j].Values;
            for (int i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                    LearningThrow.NotFinite("a tree", i, j);
            }
        }
    }

    /// <summary>
    /// What a walk needs of a node, together in 16 bytes so that a visit touches one cache line: the feature split on, or
    /// −1 − leaf index; the right child (the left one is the next node); the threshold, NaN for a factor split.
    /// </summary>
    private readonly record struct Step(int Feature, int Right, double Threshold);
}
