using Lethe.Learning.Trees;
using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Tests.Trees;

/// <summary>The chosen split against an exhaustive search written from the definition.</summary>
public class DecisionTreeSplitTests
{
    [Theory]
    [InlineData(ClassImpurity.Gini, 2, 1)]
    [InlineData(ClassImpurity.Gini, 4, 3)]
    [InlineData(ClassImpurity.Entropy, 2, 3)]
    [InlineData(ClassImpurity.Entropy, 5, 1)]
    public void EveryNodeTakesABestOrderedSplit(ClassImpurity impurity, int classes, int minLeaf)
    {
        for (int trial = 0; trial < 10; trial++)
        {
            Seed seed = Data.Seed.Derive("split", trial);
            DesignMatrix x = Data.Gaussian(60, 4, seed.Derive("x"), trial % 3);
            int[] y = Data.Classes(x, classes, seed.Derive("y"));
            double[] w = Weights(60, seed, trial % 2 == 1);
            DecisionTreeOptions options = new() { Impurity = impurity, MinSamplesLeaf = minLeaf };
            DecisionTree tree = DecisionTree.FitClassifier(TreeFeatures.From(x), y, classes, options, seed, w);
            CheckNodes(tree, x, minLeaf, rows => WeightedImpurity(rows, y, w, classes, impurity));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void EveryNodeTakesABestRegressionSplit(int minLeaf)
    {
        for (int trial = 0; trial < 10; trial++)
        {
            Seed seed = Data.Seed.Derive("regression", trial);
            DesignMatrix x = Data.Gaussian(60, 4, seed.Derive("x"), trial % 3);
            double[] y = [.. Data.Targets(x, seed.Derive("y")).Select(v => v + 1e6)];
            double[] w = Weights(60, seed, trial % 2 == 1);
            DecisionTree tree = DecisionTree.FitRegressor(TreeFeatures.From(x), y, new DecisionTreeOptions { MinSamplesLeaf = minLeaf }, seed, w);
            CheckNodes(tree, x, minLeaf, rows => WeightedVariance(rows, y, w));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void FactorSplitIsTheBestOfAllSubsets(int classes)
    {
        for (int trial = 0; trial < 20; trial++)
        {
            Seed seed = Data.Seed.Derive("factor", trial);
            RandomStream random = seed.Stream();
            int n = 50;
            int levels = 6;
            int[] code = [.. Enumerable.Range(0, n).Select(_ => random.NextInt(levels))];
            int[] y = [.. code.Select(c => random.NextBool((0.15 * ((c * 5) % levels)) + 0.1) ? 1 : 0)];
            double[] target = [.. code.Select(c => ((c * 5) % levels) + random.NextGaussian())];
            TreeFeatures x = new([TreeColumn.Factor(code, levels)], n);
            DecisionTreeOptions stump = new() { MaxDepth = 1 };
            double[] w = Weights(n, seed, false);
            DecisionTree tree = classes == 2
                ? DecisionTree.FitClassifier(x, y, 2, stump, seed)
                : DecisionTree.FitRegressor(x, target, stump, seed);
            double Cost(IEnumerable<int> rows) =>
                classes == 2 ? WeightedImpurity([.. rows], y, w, 2, ClassImpurity.Gini) : WeightedVariance([.. rows], target, w);

            double best = double.PositiveInfinity;
            for (int subset = 1; subset < (1 << levels) - 1; subset++)
            {
                int[] left = [.. Enumerable.Range(0, n).Where(i => (subset >> code[i] & 1) != 0)];
                int[] right = [.. Enumerable.Range(0, n).Where(i => (subset >> code[i] & 1) == 0)];
                if (left.Length > 0 && right.Length > 0)
                    best = Math.Min(best, Cost(left) + Cost(right));
            }

            LeafPartition parts = tree.Partition(x);
            Assert.Equal(2, parts.Leaves);
            Assert.Equal(best, Cost(parts.Rows(0).ToArray()) + Cost(parts.Rows(1).ToArray()), 9);
        }
    }

    [Fact]
    public void FactorWithSeparatedClassesIsSolvedByOneSplitAtATime()
    {
        // Six levels, three classes, two levels each in scrambled order: two factor splits suffice, thresholds on the codes would need five.
        int[] code = [.. Enumerable.Range(0, 60).Select(i => i % 6)];
        int[] y = [.. code.Select(c => (c * 5 % 6) / 2)];
        DecisionTree tree = DecisionTree.FitClassifier(
            new TreeFeatures([TreeColumn.Factor(code, 6)], 60), y, 3, new DecisionTreeOptions { MaxDepth = 2 }, Data.Seed);
        Assert.Equal(3, tree.LeafCount);
        for (int leaf = 0; leaf < 3; leaf++)
            Assert.Equal(1, tree.LeafClasses(leaf).Length);
    }

    private static void CheckNodes(DecisionTree tree, DesignMatrix x, int minLeaf, Func<int[], double> cost)
    {
        int[] leaf = tree.Apply(TreeFeatures.From(x));
        for (int id = 0; id < tree.NodeCount; id++)
        {
            TreeNode node = tree.Node(id);
            int[] rows = [.. Enumerable.Range(0, x.Rows).Where(i => Below(tree, id, tree.NodeOfLeaf(leaf[i])))];
            Assert.Equal(rows.Length, node.Rows);
            Assert.True(rows.Length >= minLeaf);
            if (node.IsLeaf)
                continue;
            double best = double.PositiveInfinity;
            for (int j = 0; j < x.Columns; j++)
            {
                foreach (float value in rows.Select(i => (float)x[i, j]).Distinct())
                {
                    int[] left = [.. rows.Where(i => (float)x[i, j] <= value)];
                    int[] right = [.. rows.Where(i => (float)x[i, j] > value)];
                    if (left.Length >= minLeaf && right.Length >= minLeaf)
                        best = Math.Min(best, cost(left) + cost(right));
                }
            }

            int[] chosenLeft = [.. rows.Where(i => (float)x[i, node.Feature] <= node.Threshold)];
            int[] chosenRight = [.. rows.Where(i => (float)x[i, node.Feature] > node.Threshold)];
            Assert.Equal(best, cost(chosenLeft) + cost(chosenRight), 1e-7);
        }
    }

    private static bool Below(DecisionTree tree, int ancestor, int node)
    {
        if (ancestor == node)
            return true;
        TreeNode a = tree.Node(ancestor);
        return !a.IsLeaf && (Below(tree, a.Left, node) || Below(tree, a.Right, node));
    }

    private static double[] Weights(int n, Seed seed, bool random)
    {
        RandomStream stream = seed.Stream("weights");
        return [.. Enumerable.Range(0, n).Select(_ => random ? 0.5 + stream.NextDouble() : 1)];
    }

    private static double WeightedImpurity(int[] rows, int[] y, double[] w, int classes, ClassImpurity impurity)
    {
        double total = rows.Sum(i => w[i]);
        double result = impurity == ClassImpurity.Gini ? 1 : 0;
        for (int k = 0; k < classes; k++)
        {
            double p = rows.Where(i => y[i] == k).Sum(i => w[i]) / total;
            result -= impurity == ClassImpurity.Gini ? p * p : p > 0 ? p * Math.Log2(p) : 0;
        }

        return total * result;
    }

    private static double WeightedVariance(int[] rows, double[] y, double[] w)
    {
        double total = rows.Sum(i => w[i]);
        double mean = rows.Sum(i => w[i] * y[i]) / total;
        return rows.Sum(i => w[i] * (y[i] - mean) * (y[i] - mean));
    }
}
