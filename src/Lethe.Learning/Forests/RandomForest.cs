using Lethe.Learning.Trees;

namespace Lethe.Learning.Forests;

/// <summary>
/// A fitted random forest (Breiman 2001): B trees on bootstrap samples, each split chosen among few random features; predicts the
/// mean of the trees' leaf class shares (or leaf means). Immutable; safe to share between threads. The same data and seed
/// give the same forest and the same predictions bit for bit with any number of threads: each tree has its own stream, and
/// sums run over trees in order.
/// </summary>
public sealed partial class RandomForest
{
    // Rows are predicted in blocks, a tree at a time, so that the tree stays in cache; 256 rows of 100 floats fit the first level.
    private const int BlockRows = 256;

    private readonly DecisionTree[] _trees;
    private readonly ulong[][]? _inBag;
    private readonly int _width;
    private readonly ParallelOptions _parallel;

    private RandomForest(DecisionTree[] trees, ulong[][]? inBag, int features, int classes, int maxThreads)
    {
        _trees = trees;
        _inBag = inBag;
        Features = features;
        Classes = classes;
        _width = Math.Max(classes, 1);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = maxThreads };
        OutOfBag = [];
    }

    /// <summary>The B trees.</summary>
    public IReadOnlyList<DecisionTree> Trees => _trees;

    /// <summary>d, the number of features.</summary>
    public int Features { get; }

    /// <summary>K, the number of classes; 0 for regression.</summary>
    public int Classes { get; }

    /// <summary>
    /// Prediction of each training row by the trees that did not see it: class probabilities (n × K, row-major) or means (n).
    /// NaN where every tree saw the row. Empty unless <see cref="RandomForestOptions.OutOfBag"/> was set.
    /// </summary>
    public double[] OutOfBag { get; private set; }

    /// <summary>Whether tree <paramref name="tree"/> was fitted on training row <paramref name="row"/>.</summary>
    public bool IsInBag(int tree, int row) => _inBag is null || ((_inBag[tree][row >> 6] >> (row & 63)) & 1) != 0;

    /// <summary>Mean class probabilities, n × K row-major.</summary>
    /// <exception cref="ArgumentException">The width differs from the fit, or an ordered value is not finite.</exception>
    public double[] PredictProbability(TreeFeatures x)
    {
        if (Classes == 0)
            throw new InvalidOperationException("This forest was fitted to numbers. Call Predict.");
        return Average(x, false);
    }

    /// <summary>Mean predicted target, length n.</summary>
    /// <exception cref="ArgumentException">The width differs from the fit, or an ordered value is not finite.</exception>
    public double[] Predict(TreeFeatures x)
    {
        if (Classes != 0)
            throw new InvalidOperationException("This forest was fitted to classes. Call PredictProbability.");
        return Average(x, false);
    }

    /// <summary>Share of training rows whose out-of-bag class is right, over the rows that some tree did not see; NaN where there is none.</summary>
    /// <param name="y">The labels of the fit.</param>
    public double OutOfBagAccuracy(ReadOnlySpan<int> y)
    {
        if (OutOfBag.Length == 0 || Classes == 0)
            throw new InvalidOperationException("No out-of-bag class probabilities are kept. Fit a classifier with the option OutOfBag.");
        if (y.Length != OutOfBag.Length / Classes)
            LearningThrow.Length(nameof(y), y.Length, OutOfBag.Length / Classes, "one label a training row");
        int[] label = ClassifierExtensions.ArgMax(OutOfBag, Classes);
        int hits = 0;
        int judged = 0;
        for (int i = 0; i < label.Length; i++)
        {
            if (double.IsNaN(OutOfBag[i * Classes]))
                continue;
            judged++;
            if (label[i] == y[i])
                hits++;
        }

        return (double)hits / judged;
    }

    /// <summary>Mean over trees of the impurity importances, scaled to sum 1 (length d); all 0 where no tree gained.</summary>
    public double[] Importances()
    {
        double[] mean = new double[Features];
        foreach (DecisionTree tree in _trees)
        {
            double[] importance = tree.Importances();
            for (int j = 0; j < mean.Length; j++)
                mean[j] += importance[j];
        }

        double total = mean.Sum();
        for (int j = 0; j < mean.Length && total > 0; j++)
            mean[j] /= total;
        return mean;
    }

    private double[] Average(TreeFeatures x, bool onlyOutOfBag)
    {
        ArgumentNullException.ThrowIfNull(x);
        DecisionTree.CheckInput(x, Features);
        double[] result = new double[x.Rows * _width];
        int blocks = (x.Rows + BlockRows - 1) / BlockRows;
        if (blocks == 1)
            AverageBlock(x, 0, result, onlyOutOfBag);
        else
            Parallel.For(0, blocks, _parallel, block => AverageBlock(x, block * BlockRows, result, onlyOutOfBag));
        return result;
    }

    private void AverageBlock(TreeFeatures x, int start, double[] result, bool onlyOutOfBag)
    {
        int n = Math.Min(BlockRows, x.Rows - start);
        float[] rows = new float[n * Features];
        for (int i = 0; i < n; i++)
            x.CopyRow(start + i, rows.AsSpan(i * Features, Features));
        int[] votes = new int[n];
        for (int t = 0; t < _trees.Length; t++)
        {
            DecisionTree tree = _trees[t];
            for (int i = 0; i < n; i++)
            {
                if (onlyOutOfBag && IsInBag(t, start + i))
                    continue;
                votes[i]++;
                int leaf = tree.FindLeaf(rows.AsSpan(i * Features, Features));
                if (Classes == 0)
                    result[start + i] += tree.LeafMean(leaf);
                else
                    tree.AddLeafProbability(leaf, result.AsSpan((start + i) * _width, _width));
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < _width; k++)
                result[((start + i) * _width) + k] /= votes[i];
        }
    }
}
