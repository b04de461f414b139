using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Trees;

/// <content>Fitting, and cutting back afterwards.</content>
public sealed partial class DecisionTree
{
    /// <summary>Fits a classification tree.</summary>
    /// <param name="x">Features, n rows.</param>
    /// <param name="y">Class of each row, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">K ≥ 1.</param>
    /// <param name="options">How far the tree grows.</param>
    /// <param name="seed">Decides the order in which features are tried, hence ties.</param>
    /// <param name="weights">Row weights ≥ 0 (0 leaves a row out), or empty for equal weights.</param>
    /// <param name="countedRows">
    /// Rows that count towards <see cref="DecisionTreeOptions.MinSamplesLeaf"/>, or empty for all: adversarial forests ask for a
    /// number of real rows in each leaf.
    /// </param>
    /// <param name="cancellation">Stops the fit.</param>
    /// <exception cref="ArgumentException">Lengths disagree, a value is out of range or missing, or no row has a positive weight.</exception>
    public static DecisionTree FitClassifier(
        TreeFeatures x,
        ReadOnlySpan<int> y,
        int classes,
        DecisionTreeOptions options,
        Seed seed,
        ReadOnlySpan<double> weights = default,
        ReadOnlySpan<bool> countedRows = default,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Guard.Labels(x.Rows, y, classes);
        double[] w = Guard.Weights(x.Rows, weights, "A decision tree");
        return Grow(x, y.ToArray(), classes, w, CountedRows(x.Rows, countedRows), options, seed.Stream(), cancellation);
    }

    /// <summary>Fits a regression tree; parameters as for <see cref="FitClassifier"/>.</summary>
    /// <exception cref="ArgumentException">Lengths disagree, a value is missing, or no row has a positive weight.</exception>
    public static DecisionTree FitRegressor(
        TreeFeatures x,
        ReadOnlySpan<double> y,
        DecisionTreeOptions options,
        Seed seed,
        ReadOnlySpan<double> weights = default,
        ReadOnlySpan<bool> countedRows = default,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Guard.Targets(x.Rows, y);
        double[] w = Guard.Weights(x.Rows, weights, "A decision tree");
        double[] centred = Centre(y, w, out double mean);
        return Grow(x, centred, mean, w, CountedRows(x.Rows, countedRows), options, seed.Stream(), cancellation);
    }

    /// <summary>
    /// The tree without the leaves that <paramref name="keep"/> rejects: the parent of such a leaf is replaced by the leaf's sibling,
    /// repeatedly from the bottom up. Bounds that only separated a removed leaf vanish, so the sibling's box grows over it. A
    /// tree that keeps no leaf keeps its root as one.
    /// </summary>
    /// <param name="keep">One flag a leaf.</param>
    /// <returns>The smaller tree (this one where all are kept) and for each of its leaves the index it had here; −1 for a root made a leaf.</returns>
    public (DecisionTree Tree, int[] OldLeaf) Prune(ReadOnlySpan<bool> keep)
    {
        if (keep.Length != LeafCount)
            LearningThrow.Length(nameof(keep), keep.Length, LeafCount, "one flag a leaf");
        bool[] alive = new bool[NodeCount];
        for (int id = NodeCount - 1; id >= 0; id--)
            alive[id] = _steps[id].Feature < 0 ? keep[-1 - _steps[id].Feature] : alive[id + 1] || alive[_steps[id].Right];

        TreeShape shape = new();
        LeafStore leaves = new();
        List<int> oldLeaf = [];
        Stack<(int Id, int Parent, bool IsRight)> open = new();
        open.Push((0, -1, false));
        while (open.TryPop(out var next))
        {
            int id = next.Id;
            while (_steps[id].Feature >= 0 && alive[id] && !(alive[id + 1] && alive[_steps[id].Right]))
                id = alive[id + 1] ? id + 1 : _steps[id].Right;
            int copy = shape.Add(next.Parent, next.IsRight, _rows[id], _weight[id], _impurity[id]);
            if (_steps[id].Feature < 0 || !alive[id])
            {
                shape.MakeLeaf(copy, leaves.Count);
                oldLeaf.Add(_steps[id].Feature < 0 ? -1 - _steps[id].Feature : -1);
                if (_steps[id].Feature < 0)
                    leaves.AddFrom(_leaves, -1 - _steps[id].Feature);
                else if (Classes == 0)
                    leaves.AddMean(NodeValue(id)[0]);
                else
                    leaves.AddCounts(NodeValue(id));
                continue;
            }

            shape.Feature[copy] = _steps[id].Feature;
            shape.Threshold[copy] = _steps[id].Threshold;
            shape.Levels[copy] = _levels[id];
            open.Push((_steps[id].Right, copy, true));
            open.Push((id + 1, copy, false));
        }

        return (new DecisionTree(shape, leaves, Features, Classes), [.. oldLeaf]);
    }

    /// <summary>The core of a classification fit, on checked input; forests call it with bootstrap weights.</summary>
    internal static DecisionTree Grow(
        TreeFeatures x, int[] y, int classes, double[] weights, bool[]? counted, DecisionTreeOptions options, RandomStream random, CancellationToken cancellation)
    {
        ClassCounts counts = new(y, weights, classes);
        var (shape, leaves) = options.Impurity == ClassImpurity.Gini
            ? new TreeGrower<GiniCriterion>(x, new GiniCriterion(counts), weights, counted, options, random).Grow(cancellation)
            : new TreeGrower<EntropyCriterion>(x, new EntropyCriterion(counts), weights, counted, options, random).Grow(cancellation);
        return new DecisionTree(shape, leaves, x.Columns, classes);
    }

    /// <summary>The core of a regression fit, on checked and centred targets.</summary>
    internal static DecisionTree Grow(
        TreeFeatures x, double[] y, double offset, double[] weights, bool[]? counted, DecisionTreeOptions options, RandomStream random, CancellationToken cancellation)
    {
        VarianceCriterion criterion = new(y, weights, offset);
        var (shape, leaves) = new TreeGrower<VarianceCriterion>(x, criterion, weights, counted, options, random).Grow(cancellation);
        return new DecisionTree(shape, leaves, x.Columns, 0);
    }

    /// <summary>Targets less their weighted mean.</summary>
    internal static double[] Centre(ReadOnlySpan<double> y, double[] weights, out double mean)
    {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < y.Length; i++)
        {
            weight += weights[i];
            sum += weights[i] * y[i];
        }

        mean = sum / weight;
        double[] centred = new double[y.Length];
        for (int i = 0; i < y.Length; i++)
            centred[i] = y[i] - mean;
        return centred;
    }

    internal static bool[]? CountedRows(int rows, ReadOnlySpan<bool> counted)
    {
        if (counted.IsEmpty)
            return null;
        if (counted.Length != rows)
            LearningThrow.Length(nameof(counted), counted.Length, rows, "one flag a row");
        return counted.ToArray();
    }
}
