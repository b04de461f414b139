using Lethe.Learning.Trees;
using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Tests.Trees;

public class DecisionTreeTests
{
    private static readonly DecisionTreeOptions Full = new();

    [Fact]
    public void UnlimitedTreeFitsDistinctRowsExactly()
    {
        DesignMatrix x = Data.Gaussian(200, 5, Data.Seed);
        int[] y = Data.Classes(x, 4, Data.Seed);
        IFittedClassifier model = new DecisionTreeClassifier().Fit(x, y, 4, default, Data.Seed);
        Assert.Equal(y, model.Predict(x));
        double[] target = Data.Targets(x, Data.Seed);
        double[] fitted = new DecisionTreeRegressor().Fit(x, target, default, Data.Seed).Predict(x);
        for (int i = 0; i < target.Length; i++)
            Assert.Equal(target[i], fitted[i], 1e-12);
    }

    [Fact]
    public void SplitsWithoutGainAreTakenUnlessComplexityForbids()
    {
        // Exclusive or: no first split gains, but the second ones solve it.
        DesignMatrix x = DesignMatrix.FromRows([[0, 0], [0, 1], [1, 0], [1, 1]]);
        int[] y = [0, 1, 1, 0];
        TreeFeatures features = TreeFeatures.From(x);
        Assert.Equal(4, DecisionTree.FitClassifier(features, y, 2, Full, Data.Seed).LeafCount);
        Assert.Equal(1, DecisionTree.FitClassifier(features, y, 2, Full with { Complexity = 1e-8 }, Data.Seed).LeafCount);
    }

    [Fact]
    public void ComplexityIsAShareOfTheRootImpurity()
    {
        DesignMatrix x = Data.Gaussian(300, 4, Data.Seed, 1);
        double[] y = Data.Targets(x, Data.Seed);
        TreeFeatures features = TreeFeatures.From(x);
        DecisionTree loose = DecisionTree.FitRegressor(features, y, Full with { Complexity = 0.001 }, Data.Seed);
        DecisionTree strict = DecisionTree.FitRegressor(features, y, Full with { Complexity = 0.05 }, Data.Seed);
        Assert.True(1 < strict.LeafCount && strict.LeafCount < loose.LeafCount);
        foreach ((DecisionTree tree, double share) in new[] { (loose, 0.001), (strict, 0.05) })
        {
            TreeNode root = tree.Node(0);
            for (int id = 0; id < tree.NodeCount; id++)
            {
                TreeNode node = tree.Node(id);
                if (node.IsLeaf)
                    continue;
                double gain = Risk(node) - Risk(tree.Node(node.Left)) - Risk(tree.Node(node.Right));
                Assert.True(gain >= share * Risk(root) * (1 - 1e-9));
            }
        }

        static double Risk(TreeNode node) => node.Weight * node.Impurity;
    }

    [Fact]
    public void TinyTargetsAreStillSplit()
    {
        DesignMatrix x = DesignMatrix.FromColumns([[1, 2, 3, 4]]);
        double[] y = [1e-12, 2e-12, 3e-12, 4e-12];
        Assert.Equal(4, DecisionTree.FitRegressor(TreeFeatures.From(x), y, Full, Data.Seed).LeafCount);
    }

    [Fact]
    public void LeafBoxesPartitionTheSpaceAndHoldTheirRows()
    {
        RandomStream random = Data.Seed.Stream("boxes");
        TreeFeatures x = Mixed(300, random);
        double[] y = [.. Enumerable.Range(0, 300).Select(i => x[0].Values[i] + x[2].Values[i] + random.NextGaussian())];
        DecisionTree tree = DecisionTree.FitRegressor(x, y, Full with { MinSamplesLeaf = 5 }, Data.Seed);
        LeafBox[] boxes = [.. Enumerable.Range(0, tree.LeafCount).Select(tree.LeafBox)];
        TreeFeatures probes = Mixed(500, random);
        float[] row = new float[x.Columns];
        foreach (TreeFeatures table in new[] { x, probes })
        {
            int[] leaf = tree.Apply(table);
            for (int i = 0; i < table.Rows; i++)
            {
                table.CopyRow(i, row);
                for (int l = 0; l < boxes.Length; l++)
                    Assert.Equal(l == leaf[i], boxes[l].Contains(row));
            }
        }

        LeafPartition parts = tree.Partition(x);
        Assert.Equal(300, Enumerable.Range(0, parts.Leaves).Sum(l => parts.Rows(l).Length));
        for (int l = 0; l < parts.Leaves; l++)
        {
            Assert.Equal(tree.Node(tree.NodeOfLeaf(l)).Rows, parts.Rows(l).Length);
            double mean = 0;
            foreach (int i in parts.Rows(l))
                mean += y[i] / parts.Rows(l).Length;
            Assert.Equal(mean, tree.LeafMean(l), 1e-12);
        }
    }

    [Fact]
    public void CountedRowsBoundTheLeafAndOthersDoNot()
    {
        RandomStream random = Data.Seed.Stream("counted");
        TreeFeatures x = Mixed(400, random);
        int[] y = [.. Enumerable.Range(0, 400).Select(i => i < 200 ? 1 : 0)];
        bool[] real = [.. y.Select(v => v == 1)];
        DecisionTree tree = DecisionTree.FitClassifier(x, y, 2, Full with { MinSamplesLeaf = 5 }, Data.Seed, default, real);
        LeafPartition parts = tree.Partition(x);
        int withFewRows = 0;
        for (int l = 0; l < parts.Leaves; l++)
        {
            int counted = 0;
            foreach (int i in parts.Rows(l))
                counted += real[i] ? 1 : 0;
            Assert.True(counted >= 5);
            withFewRows += parts.Rows(l).Length < 10 ? 1 : 0;
        }

        Assert.True(parts.Leaves > 10 && withFewRows > 0);
    }

    [Fact]
    public void WholeWeightsEqualRepeatedRowsAndZeroWeightsAbsentOnes()
    {
        DesignMatrix x = Data.Gaussian(80, 3, Data.Seed);
        int[] y = Data.Classes(x, 3, Data.Seed);
        double[] w = [.. Enumerable.Range(0, 80).Select(i => (double)(i % 4))];
        int[] repeated = [.. Enumerable.Range(0, 80).SelectMany(i => Enumerable.Repeat(i, i % 4))];
        DecisionTree weighted = DecisionTree.FitClassifier(TreeFeatures.From(x), y, 3, Full with { MaxDepth = 4 }, Data.Seed, w);
        DecisionTree copied = DecisionTree.FitClassifier(
            TreeFeatures.From(x.SelectRows(repeated)), [.. repeated.Select(i => y[i])], 3, Full with { MaxDepth = 4 }, Data.Seed);
        Assert.Equal(copied.NodeCount, weighted.NodeCount);
        for (int id = 0; id < copied.NodeCount; id++)
        {
            Assert.Equal(copied.Node(id).Feature, weighted.Node(id).Feature);
            Assert.Equal(copied.Node(id).Threshold, weighted.Node(id).Threshold);
            Assert.Equal(copied.NodeValue(id), weighted.NodeValue(id));
        }
    }

    [Fact]
    public void PruneReplacesTheParentByTheSibling()
    {
        RandomStream random = Data.Seed.Stream("prune");
        TreeFeatures x = Mixed(300, random);
        int[] y = [.. Enumerable.Range(0, 300).Select(_ => random.NextInt(3))];
        DecisionTree tree = DecisionTree.FitClassifier(x, y, 3, Full with { MinSamplesLeaf = 4 }, Data.Seed);
        bool[] keep = [.. Enumerable.Range(0, tree.LeafCount).Select(l => l % 3 != 0)];
        (DecisionTree pruned, int[] old) = tree.Prune(keep);
        Assert.Equal(Enumerable.Range(0, tree.LeafCount).Where(l => keep[l]), old);
        Assert.Equal((2 * pruned.LeafCount) - 1, pruned.NodeCount);
        int[] before = tree.Apply(x);
        int[] after = pruned.Apply(x);
        for (int i = 0; i < 300; i++)
        {
            if (keep[before[i]])
                Assert.Equal(before[i], old[after[i]]);
        }

        for (int l = 0; l < pruned.LeafCount; l++)
            Assert.True(tree.LeafCounts(old[l]).SequenceEqual(pruned.LeafCounts(l)));

        (DecisionTree stump, int[] none) = tree.Prune(new bool[tree.LeafCount]);
        Assert.Equal(1, stump.NodeCount);
        Assert.Equal([-1], none);
        Assert.Equal(tree.NodeValue(0), stump.NodeValue(0));
    }

    [Fact]
    public void UnseenLevelGoesToTheLargerChildOrWalksInProportion()
    {
        // Levels 0 (30 rows) and 1 (10 rows); level 2 never occurs, and −1 and 7 are no levels.
        int[] code = [.. Enumerable.Range(0, 40).Select(i => i < 30 ? 0 : 1)];
        DecisionTree tree = DecisionTree.FitClassifier(new TreeFeatures([TreeColumn.Factor(code, 3)], 40), code, 2, Full, Data.Seed);
        int large = tree.FindLeaf([0f]);
        RandomStream random = Data.Seed.Stream("walk");
        foreach (float unseen in new[] { 2f, -1f, 7f, float.NaN })
        {
            Assert.Equal(large, tree.FindLeaf([unseen]));
            int hits = 0;
            for (int i = 0; i < 4000; i++)
                hits += tree.FindLeaf([unseen], random) == large ? 1 : 0;

            // Binomial(4000, 3/4): sd 27.4; 4.9 sd is one in a million.
            Assert.InRange(hits, 3000 - 134, 3000 + 134);
        }

        Assert.Equal(large, tree.FindLeaf([0f], random));
        Assert.True(tree.LeafBox(large).AllowsLevel(0, 2));
        Assert.False(tree.LeafBox(large).AllowsLevel(0, 1));
    }

    [Fact]
    public void ImportancesSumToOneAndIgnoreUselessFeatures()
    {
        DesignMatrix x = DesignMatrix.FromColumns([[1, 2, 3, 4, 5, 6], [7, 7, 7, 7, 7, 7]]);
        double[] importances = DecisionTree.FitClassifier(TreeFeatures.From(x), [0, 0, 1, 1, 0, 0], 2, Full, Data.Seed).Importances();
        Assert.Equal(1.0, importances[0], 1e-12);
        Assert.Equal(0.0, importances[1]);
    }

    [Fact]
    public void DrawingFeaturesGoesOnUntilOneVaries()
    {
        double[][] columns = [.. Enumerable.Range(0, 30).Select(j => Enumerable.Range(0, 16).Select(i => j == 17 ? i : 3.0).ToArray())];
        int[] y = [.. Enumerable.Range(0, 16).Select(i => i % 2)];
        DecisionTree tree = DecisionTree.FitClassifier(
            TreeFeatures.From(DesignMatrix.FromColumns(columns)), y, 2, Full with { FeaturesPerSplit = 1 }, Data.Seed);
        Assert.Equal(16, tree.LeafCount);
    }

    [Fact]
    public void OneFeaturePerSplitDrawsThemEvenly()
    {
        // 300 stumps, each on one of three equally useful copies of a column: Binomial(300, 1/3), sd 8.2; 4.9 of them.
        double[] v = Data.Gaussian(40, 1, Data.Seed).Column(0);
        TreeFeatures x = TreeFeatures.From(DesignMatrix.FromColumns([v, v, v]));
        int[] y = [.. v.Select(a => a > 0 ? 1 : 0)];
        int[] chosen = new int[3];
        for (int t = 0; t < 300; t++)
            chosen[DecisionTree.FitClassifier(x, y, 2, Full with { FeaturesPerSplit = 1, MaxDepth = 1 }, Data.Seed.Derive("stump", t)).Node(0).Feature]++;
        Assert.All(chosen, c => Assert.InRange(c, 60, 140));
    }

    [Fact]
    public void ExtremeFloatsKeepNeighboursApart()
    {
        float a = 1f;
        float b = MathF.BitIncrement(a);
        float big = float.MaxValue;
        TreeColumn column = TreeColumn.Ordered([a, b, -big, big]);
        DecisionTree tree = DecisionTree.FitClassifier(new TreeFeatures([column], 4), [0, 1, 1, 0], 2, Full, Data.Seed);
        Assert.Equal(4, tree.LeafCount);
        Assert.NotEqual(tree.FindLeaf([a]), tree.FindLeaf([b]));
    }

    [Fact]
    public void AwkwardTables()
    {
        // One row; constant features; identical rows with different labels; no feature at all; hundreds of classes.
        Assert.Equal([0.0, 1.0], new DecisionTreeClassifier().Fit(new DesignMatrix([3], 1, 1), [1], 2, default, Data.Seed).PredictProbability(new DesignMatrix([9], 1, 1)));
        DesignMatrix same = new([1, 2, 1, 2, 1, 2, 1, 2], 4, 2);
        Assert.Equal([0.25, 0.75], new DecisionTreeClassifier().Fit(same, [0, 1, 1, 1], 2, default, Data.Seed).PredictProbability(same)[..2]);
        Assert.Equal(2.5, new DecisionTreeRegressor().Fit(same, [1, 2, 3, 4], default, Data.Seed).Predict(same)[0], 1e-12);
        Assert.Equal([0.5, 0.5], new DecisionTreeClassifier().Fit(new DesignMatrix([], 2, 0), [0, 1], 2, default, Data.Seed).PredictProbability(new DesignMatrix([], 1, 0)));
        DesignMatrix x = Data.Gaussian(500, 3, Data.Seed);
        int[] own = [.. Enumerable.Range(0, 500)];
        Assert.Equal(own, new DecisionTreeClassifier().Fit(x, own, 500, default, Data.Seed).Predict(x));
    }

    [Fact]
    public void BadInputIsNamed()
    {
        DesignMatrix x = new([1, 2, double.NaN, 4], 4, 1);
        DecisionTreeClassifier learner = new();
        string message = Assert.Throws<ArgumentException>(() => learner.Fit(x, [0, 1, 0, 1], 2, default, Data.Seed)).Message;
        Assert.Contains("Row 2, column 0", message);
        DesignMatrix good = new([1, 2, 3, 4], 4, 1);
        Assert.Contains("Row 3", Assert.Throws<ArgumentException>(() => learner.Fit(good, [0, 1, 0, -2], 2, default, Data.Seed)).Message);
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => learner.Fit(good, [0, 1, 0, 1], 2, [1, -1, 1, 1], Data.Seed)).Message);
        Assert.Contains("positive weight", Assert.Throws<ArgumentException>(() => learner.Fit(good, [0, 1, 0, 1], 2, [0, 0, 0, 0], Data.Seed)).Message);
        Assert.Contains("positive weight", Assert.Throws<ArgumentException>(() => learner.Fit(new DesignMatrix([], 0, 1), [], 2, default, Data.Seed)).Message);
        Assert.Contains("5 columns", Assert.Throws<ArgumentException>(() => learner.Fit(good, [0, 1, 0, 1], 2, default, Data.Seed).PredictProbability(new DesignMatrix(new double[5], 1, 5))).Message);
        Assert.Throws<ArgumentException>(() => new DecisionTreeRegressor().Fit(good, [0, 1, double.NaN, 1], default, Data.Seed));
        Assert.Throws<ArgumentException>(() => DecisionTree.FitClassifier(new TreeFeatures([TreeColumn.Factor([0, 3], 3)], 2), [0, 1], 2, Full, Data.Seed));
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => learner.Fit(good, [0, 1, 0, 1], 2, default, Data.Seed, cancelled.Token));
    }

    /// <summary>Two ordered columns, one with ties, and two factors.</summary>
    private static TreeFeatures Mixed(int n, RandomStream random)
    {
        float[] smooth = new float[n];
        float[] tied = new float[n];
        int[] four = new int[n];
        int[] many = new int[n];
        for (int i = 0; i < n; i++)
        {
            smooth[i] = (float)random.NextGaussian();
            tied[i] = random.NextInt(7);
            four[i] = random.NextInt(4);
            many[i] = random.NextInt(70);
        }

        return new TreeFeatures([TreeColumn.Ordered(smooth), TreeColumn.Ordered(tied), TreeColumn.Factor(four, 4), TreeColumn.Factor(many, 70)], n);
    }
}
