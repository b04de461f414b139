using Lethe.Learning.Forests;
using Lethe.Learning.Trees;

namespace Lethe.Learning.Tests.Forests;

public class RandomForestTests
{
    private static readonly RandomForestOptions Small = new() { Trees = 20, OutOfBag = true };

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void SameSeedSameForestWithAnyNumberOfThreads(int classes)
    {
        DesignMatrix x = Data.Gaussian(700, 6, Data.Seed, 2);
        int[] y = Data.Classes(x, classes, Data.Seed);
        TreeFeatures features = TreeFeatures.From(x);
        RandomForest one = RandomForest.FitClassifier(features, y, classes, Small with { MaxThreads = 1 }, Data.Seed);
        RandomForest four = RandomForest.FitClassifier(TreeFeatures.From(x), y, classes, Small with { MaxThreads = 4 }, Data.Seed);
        Assert.Equal(one.PredictProbability(features), four.PredictProbability(features));
        Assert.Equal(one.OutOfBag, four.OutOfBag);
        Assert.Equal(one.Importances(), four.Importances());
        RandomForest other = RandomForest.FitClassifier(features, y, classes, Small, Data.Seed.Derive("other"));
        Assert.NotEqual(one.PredictProbability(features), other.PredictProbability(features));
    }

    [Fact]
    public void PredictionAndOutOfBagAreMeansOverTrees()
    {
        DesignMatrix x = Data.Gaussian(150, 4, Data.Seed);
        int[] y = Data.Classes(x, 3, Data.Seed);
        double[] target = Data.Targets(x, Data.Seed);
        TreeFeatures features = TreeFeatures.From(x);
        RandomForest forest = RandomForest.FitClassifier(features, y, 3, Small, Data.Seed);
        RandomForest regression = RandomForest.FitRegressor(features, target, Small, Data.Seed);
        double[] p = forest.PredictProbability(features);
        double[] prediction = regression.Predict(features);
        float[] row = new float[4];
        for (int i = 0; i < 150; i++)
        {
            features.CopyRow(i, row);
            double[] all = new double[3];
            double[] unseen = new double[3];
            double mean = 0;
            int votes = 0;
            for (int t = 0; t < 20; t++)
            {
                forest.Trees[t].AddLeafProbability(forest.Trees[t].FindLeaf(row), all);
                mean += regression.Trees[t].LeafMean(regression.Trees[t].FindLeaf(row)) / 20;
                if (forest.IsInBag(t, i))
                    continue;
                votes++;
                forest.Trees[t].AddLeafProbability(forest.Trees[t].FindLeaf(row), unseen);
            }

            Assert.Equal(mean, prediction[i], 1e-12);
            for (int k = 0; k < 3; k++)
            {
                Assert.Equal(all[k] / 20, p[(i * 3) + k], 1e-12);
                if (votes > 0)
                    Assert.Equal(unseen[k] / votes, forest.OutOfBag[(i * 3) + k], 1e-12);
                else
                    Assert.True(double.IsNaN(forest.OutOfBag[(i * 3) + k]));
            }
        }
    }

    [Fact]
    public void BootstrapHoldsTheExpectedShareAndLeafWeights()
    {
        int n = 1000;
        DesignMatrix x = Data.Gaussian(n, 2, Data.Seed);
        RandomForest forest = RandomForest.FitClassifier(TreeFeatures.From(x), Data.Classes(x, 2, Data.Seed), 2, Small, Data.Seed);
        int seen = 0;
        for (int t = 0; t < 20; t++)
        {
            Assert.Equal(n, forest.Trees[t].Node(0).Weight);
            for (int i = 0; i < n; i++)
                seen += forest.IsInBag(t, i) ? 1 : 0;
            Assert.Equal(Enumerable.Range(0, n).Count(i => forest.IsInBag(t, i)), forest.Trees[t].Node(0).Rows);
        }

        // Distinct share 1 − (1 − 1/n)^n = 0.6323; the count over 20 trees has sd √(20·n·0.0972) = 44; 4.9 sd is one in a million.
        Assert.InRange(seen, 12646 - 216, 12646 + 216);
    }

    [Fact]
    public void OutOfBagAccuracyIsHonestWhereTrainingAccuracyIsNot()
    {
        // Labels without any relation to the features: the truth is a half. Binomial(1000): sd 0.0158, 4.9 sd = 0.078.
        DesignMatrix x = Data.Gaussian(1000, 5, Data.Seed);
        int[] y = [.. Data.Seed.Stream("coin").Permutation(1000).Select(v => v % 2)];
        TreeFeatures features = TreeFeatures.From(x);
        RandomForest forest = RandomForest.FitClassifier(features, y, 2, Small with { Trees = 50 }, Data.Seed);
        Assert.InRange(forest.OutOfBagAccuracy(y), 0.5 - 0.078, 0.5 + 0.078);
        double training = Data.Accuracy(ClassifierExtensions.ArgMax(forest.PredictProbability(features), 2), y);
        Assert.True(training > 0.95);
    }

    [Fact]
    public void WithoutBootstrapAndWithAllFeaturesEveryTreeIsTheSame()
    {
        DesignMatrix x = Data.Gaussian(120, 3, Data.Seed);
        int[] y = Data.Classes(x, 2, Data.Seed);
        RandomForestOptions options = new() { Trees = 5, Bootstrap = false, Tree = new DecisionTreeOptions { FeaturesPerSplit = 3 } };
        RandomForest forest = RandomForest.FitClassifier(TreeFeatures.From(x), y, 2, options, Data.Seed);
        Assert.Single(forest.Trees.Select(t => t.NodeCount).Distinct());
        Assert.True(forest.IsInBag(0, 0));
    }

    [Fact]
    public void ZeroWeightRowsTakeNoPart()
    {
        DesignMatrix x = Data.Gaussian(100, 3, Data.Seed);
        int[] y = Data.Classes(x, 2, Data.Seed);
        double[] w = [.. Enumerable.Range(0, 100).Select(i => i < 60 ? 1.0 : 0)];
        int[] kept = [.. Enumerable.Range(0, 60)];
        RandomForest all = RandomForest.FitClassifier(TreeFeatures.From(x), y, 2, Small, Data.Seed, w);
        RandomForest some = RandomForest.FitClassifier(TreeFeatures.From(x.SelectRows(kept)), y.AsSpan(0, 60), 2, Small, Data.Seed);
        Assert.Equal(some.PredictProbability(TreeFeatures.From(x)), all.PredictProbability(TreeFeatures.From(x)));
    }

    [Fact]
    public void AwkwardTables()
    {
        RandomForestClassifier learner = new(new RandomForestOptions { Trees = 5 });
        Assert.Equal([0.0, 1.0, 0.0], learner.Fit(new DesignMatrix([3], 1, 1), [1], 3, default, Data.Seed).PredictProbability(new DesignMatrix([9], 1, 1)));
        DesignMatrix constant = new(new double[40], 20, 2);
        double[] p = learner.Fit(constant, [.. Enumerable.Range(0, 20).Select(i => i % 2)], 2, default, Data.Seed).PredictProbability(constant);
        Assert.Equal(1.0, p[0] + p[1], 1e-12);
        Assert.Empty(learner.Fit(constant, new int[20], 2, default, Data.Seed).PredictProbability(new DesignMatrix([], 0, 2)));
        Assert.Throws<ArgumentException>(() => learner.Fit(new DesignMatrix([double.NaN], 1, 1), [0], 2, default, Data.Seed));
        Assert.Throws<ArgumentException>(() => new RandomForestClassifier(new RandomForestOptions { Bootstrap = false, OutOfBag = true })
            .Fit(constant, new int[20], 2, default, Data.Seed));
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => learner.Fit(constant, new int[20], 2, default, Data.Seed, cancelled.Token));
    }

    [Fact]
    public void RegressionFollowsTheSignal()
    {
        DesignMatrix x = Data.Gaussian(600, 4, Data.Seed);
        double[] y = Data.Targets(x, Data.Seed);
        int[] train = [.. Enumerable.Range(0, 400)];
        int[] test = [.. Enumerable.Range(400, 200)];
        IFittedRegressor model = new RandomForestRegressor().Fit(x.SelectRows(train), y.AsSpan(0, 400), default, Data.Seed);
        double[] prediction = model.Predict(x.SelectRows(test));
        double mean = y.Skip(400).Average();
        double residual = test.Sum(i => Math.Pow(y[i] - prediction[i - 400], 2));
        double total = test.Sum(i => Math.Pow(y[i] - mean, 2));
        Assert.True(1 - (residual / total) > 0.85);
    }
}
