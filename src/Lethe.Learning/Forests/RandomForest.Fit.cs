using Lethe.Learning.Trees;
using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Forests;

/// <content>Fitting.</content>
public sealed partial class RandomForest
{
    private delegate DecisionTree GrowTree(double[] weights, DecisionTreeOptions options, RandomStream random);

    /// <summary>Fits a classification forest.</summary>
    /// <param name="x">Features, n rows.</param>
    /// <param name="y">Class of each row, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">K ≥ 1.</param>
    /// <param name="options">Number of trees, bootstrap, growth.</param>
    /// <param name="seed">Decides bootstraps and feature draws.</param>
    /// <param name="weights">Row weights ≥ 0 (0 leaves a row out), or empty; they multiply the bootstrap's counts.</param>
    /// <param name="countedRows">Rows that count towards the minimum of a leaf, or empty for all; see <see cref="DecisionTree.FitClassifier"/>.</param>
    /// <param name="cancellation">Stops the fit.</param>
    /// <exception cref="ArgumentException">Lengths disagree, a value is out of range or missing, or no row has a positive weight.</exception>
    public static RandomForest FitClassifier(
        TreeFeatures x,
        ReadOnlySpan<int> y,
        int classes,
        RandomForestOptions options,
        Seed seed,
        ReadOnlySpan<double> weights = default,
        ReadOnlySpan<bool> countedRows = default,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        Guard.Labels(x.Rows, y, classes);
        int[] labels = y.ToArray();
        double[] w = Guard.Weights(x.Rows, weights, "A random forest");
        bool[]? counted = DecisionTree.CountedRows(x.Rows, countedRows);
        int mtry = Math.Max(1, (int)Math.Sqrt(x.Columns));
        return Fit(
            x, w, classes, mtry, options, seed,
            (bag, tree, random) => DecisionTree.Grow(x, labels, classes, bag, counted, tree, random, cancellation), cancellation);
    }

    /// <summary>Fits a regression forest; parameters as for <see cref="FitClassifier"/>.</summary>
    /// <exception cref="ArgumentException">Lengths disagree, a value is missing, or no row has a positive weight.</exception>
    public static RandomForest FitRegressor(
        TreeFeatures x,
        ReadOnlySpan<double> y,
        RandomForestOptions options,
        Seed seed,
        ReadOnlySpan<double> weights = default,
        ReadOnlySpan<bool> countedRows = default,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        Guard.Targets(x.Rows, y);
        double[] w = Guard.Weights(x.Rows, weights, "A random forest");
        double[] centred = DecisionTree.Centre(y, w, out double mean);
        bool[]? counted = DecisionTree.CountedRows(x.Rows, countedRows);
        return Fit(
            x, w, 0, Math.Max(1, x.Columns), options, seed,
            (bag, tree, random) => DecisionTree.Grow(x, centred, mean, bag, counted, tree, random, cancellation), cancellation);
    }

    private static RandomForest Fit(
        TreeFeatures x, double[] weights, int classes, int mtry, RandomForestOptions options, Seed seed, GrowTree grow, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        DecisionTreeOptions treeOptions = options.Tree with { FeaturesPerSplit = options.Tree.FeaturesPerSplit ?? mtry };
        for (int j = 0; j < x.Columns; j++)
            _ = x[j].GetRanks(j);
        int[] usable = [.. Enumerable.Range(0, weights.Length).Where(i => weights[i] > 0)];
        int draws = options.BootstrapRows ?? usable.Length;
        DecisionTree[] trees = new DecisionTree[options.Trees];
        ulong[][]? inBag = options.Bootstrap ? new ulong[options.Trees][] : null;
        int threads = options.MaxThreads ?? Environment.ProcessorCount;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, trees.Length, parallel, t =>
        {
            RandomStream random = seed.Stream("tree", t);
            double[] bag = weights;
            if (inBag is not null)
            {
                bag = new double[weights.Length];
                inBag[t] = new ulong[(weights.Length + 63) / 64];
                for (int draw = 0; draw < draws; draw++)
                {
                    int row = usable[random.NextInt(usable.Length)];
                    bag[row] += weights[row];
                    inBag[t][row >> 6] |= 1UL << (row & 63);
                }
            }

            trees[t] = grow(bag, treeOptions, random);
        });

        RandomForest forest = new(trees, inBag, x.Columns, classes, threads);
        if (options.OutOfBag)
            forest.OutOfBag = forest.Average(x, true);
        return forest;
    }
}
