using Lethe.Learning.Boosting;
using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Tests.Boosting;

public class BoostingTests
{
    private static readonly HistogramGradientBoostingOptions Small = new() { Iterations = 20, MinSamplesLeaf = 5 };

    [Fact]
    public void EdgesAreMidpointsOfFewValues()
    {
        double[] values = [3, 1, 1, 2, 7];
        Assert.Equal([1.5, 2.5, 5.0], FeatureBins.FindEdges(values, 255));
        Assert.Equal([1.5, 2.5, 5.0], FeatureBins.FindEdges(values, 4));
        Assert.Empty(FeatureBins.FindEdges([], 255));
        Assert.Empty(FeatureBins.FindEdges([4, 4], 255));
    }

    [Fact]
    public void EdgesAreMidpointQuantilesOfManyValues()
    {
        // 0 … 12 in 4 bins: positions 3, 6, 9 are rows. 0 … 10 in 4 bins: positions 2.5, 5, 7.5 are half-way or rows.
        Assert.Equal([3.0, 6.0, 9.0], FeatureBins.FindEdges([.. Enumerable.Range(0, 13).Select(i => (double)i)], 4));
        Assert.Equal([2.5, 5.0, 7.5], FeatureBins.FindEdges([.. Enumerable.Range(0, 11).Select(i => (double)i)], 4));
        double[] many = [.. Data.Gaussian(5000, 1, Data.Seed).Values.ToArray()];
        double[] edges = FeatureBins.FindEdges(many, 255);
        Assert.Equal(254, edges.Length);
        for (int b = 0; b < edges.Length; b++)
            Assert.InRange(many.Count(v => v <= edges[b]), ((b + 1) * 4999 / 255.0) - 0.01, ((b + 1) * 4999 / 255.0) + 1.01);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FirstSplitIsTheBestOfAll(bool withMissing)
    {
        for (int trial = 0; trial < 10; trial++)
        {
            Seed seed = Data.Seed.Derive("gain", trial);
            DesignMatrix x = Data.Gaussian(60, 3, seed.Derive("x"), 1);
            if (withMissing)
                x = Punch(x, 0.2, seed);
            double[] y = Data.Targets(Data.Gaussian(60, 3, seed.Derive("x"), 1), seed.Derive("y"));
            double[] w = [.. Enumerable.Range(0, 60).Select(i => 0.5 + (i % 3))];
            HistogramGradientBoostingOptions options = new() { Iterations = 1, MaxLeaves = 2, MinSamplesLeaf = 7, L2 = 0.5, LearningRate = 1 };
            BoostedTrees trees = new HistogramGradientBoostingRegressor(options).Fit(x, y, w, seed);
            double mean = Enumerable.Range(0, 60).Sum(i => w[i] * y[i]) / w.Sum();

            double Score(IEnumerable<int> rows)
            {
                double g = rows.Sum(i => w[i] * (mean - y[i]));
                return g * g / (rows.Sum(i => w[i]) + 0.5);
            }

            double best = 0;
            int[] all = [.. Enumerable.Range(0, 60)];
            for (int f = 0; f < 3; f++)
            {
                foreach (double cut in all.Select(i => x[i, f]).Where(v => !double.IsNaN(v)).Distinct())
                {
                    foreach (bool missingLeft in new[] { false, true })
                    {
                        int[] left = [.. all.Where(i => double.IsNaN(x[i, f]) ? missingLeft : x[i, f] <= cut)];
                        int[] right = [.. all.Except(left)];
                        if (left.Length >= 7 && right.Length >= 7)
                            best = Math.Max(best, Score(left) + Score(right) - Score(all));
                    }
                }
            }

            BoostingNode root = trees.Tree(0).Nodes[0];
            Assert.Equal(best, root.Gain, 1e-4);
            int[] chosen = [.. all.Where(i => double.IsNaN(x[i, root.Feature]) ? root.MissingGoesLeft : x[i, root.Feature] <= root.Threshold)];
            Assert.Equal(chosen.Length, trees.Tree(0).Nodes[1].Rows);
            Assert.Equal(best, Score(chosen) + Score(all.Except(chosen)) - Score(all), 1e-4);
            double value = chosen.Sum(i => w[i] * (y[i] - mean)) / (chosen.Sum(i => w[i]) + 0.5);
            Assert.Equal(value, trees.Tree(0).Nodes[1].Value, 1e-5);
        }
    }

    [Fact]
    public void MissingnessItselfCanBeTheSignal()
    {
        int[] y = [.. Enumerable.Range(0, 100).Select(i => i % 2)];
        DesignMatrix x = DesignMatrix.FromColumns([[.. y.Select(v => v == 1 ? double.NaN : 5)]]);
        IFittedClassifier model = new HistogramGradientBoostingClassifier().Fit(x, y, 2, default, Data.Seed);
        Assert.Equal(y, model.Predict(x));
        BoostingNode root = ((BoostingModel)model).Trees.Tree(0).Nodes[0];
        Assert.Equal(double.PositiveInfinity, root.Threshold);
        Assert.Equal(0, model.Predict(DesignMatrix.FromColumns([[1e300]]))[0]);
    }

    [Fact]
    public void MissingUnseenInTrainingGoesToTheChildWithMoreRows()
    {
        foreach (int ones in new[] { 30, 70 })
        {
            double[] column = [.. Enumerable.Range(0, 100).Select(i => i < ones ? 0.0 : 1)];
            int[] y = [.. column.Select(v => (int)v)];
            IFittedClassifier model = new HistogramGradientBoostingClassifier().Fit(DesignMatrix.FromColumns([column]), y, 2, default, Data.Seed);
            Assert.Equal(ones > 50 ? 0 : 1, model.Predict(DesignMatrix.FromColumns([[double.NaN]]))[0]);
        }
    }

    [Fact]
    public void NodesWithoutMissingValuesSendThemToTheLargerChild()
    {
        DesignMatrix x = Punch(Data.Gaussian(400, 3, Data.Seed), 0.02, Data.Seed);
        double[] y = Data.Targets(Data.Gaussian(400, 3, Data.Seed), Data.Seed);
        BoostedTrees trees = new HistogramGradientBoostingRegressor(Small).Fit(x, y, default, Data.Seed);
        int checkedNodes = 0;
        for (int t = 0; t < trees.Iterations; t++)
        {
            BoostingNode[] nodes = trees.Tree(t).Nodes.ToArray();
            int[][] rows = new int[nodes.Length][];
            rows[0] = [.. Enumerable.Range(0, 400)];
            for (int id = 0; id < nodes.Length; id++)
            {
                BoostingNode node = nodes[id];
                Assert.Equal(node.Rows, rows[id].Length);
                if (node.IsLeaf)
                    continue;
                bool GoesLeft(int i) => double.IsNaN(x[i, node.Feature]) ? node.MissingGoesLeft : x[i, node.Feature] <= node.Threshold;
                rows[node.Left] = [.. rows[id].Where(GoesLeft)];
                rows[node.Right] = [.. rows[id].Where(i => !GoesLeft(i))];
                if (rows[id].Any(i => double.IsNaN(x[i, node.Feature])))
                    continue;
                checkedNodes++;
                Assert.Equal(rows[node.Left].Length > rows[node.Right].Length, node.MissingGoesLeft);
            }
        }

        Assert.True(checkedNodes > 50);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void SameSeedSameTreesWithAnyNumberOfThreads(int classes)
    {
        // 12 000 × 25 cells: large enough for the parallel histograms and for early stopping with its random holdout.
        DesignMatrix x = Punch(Data.Gaussian(12_000, 25, Data.Seed, 2), 0.05, Data.Seed);
        int[] y = Data.Classes(Data.Gaussian(12_000, 25, Data.Seed, 2), classes, Data.Seed);
        HistogramGradientBoostingOptions options = new() { Iterations = 8 };
        IFittedClassifier one = new HistogramGradientBoostingClassifier(options with { MaxThreads = 1 }).Fit(x, y, classes, default, Data.Seed);
        IFittedClassifier four = new HistogramGradientBoostingClassifier(options with { MaxThreads = 4 }).Fit(x, y, classes, default, Data.Seed);
        Assert.Equal(one.PredictProbability(x), four.PredictProbability(x));
    }

    [Fact]
    public void LimitsOfGrowthHold()
    {
        DesignMatrix x = Data.Gaussian(600, 6, Data.Seed);
        int[] y = Data.Classes(x, 2, Data.Seed);
        BoostedTrees trees = Fit(new HistogramGradientBoostingOptions { Iterations = 10, MaxLeaves = 7, MinSamplesLeaf = 11 }, x, y, 2);
        BoostedTrees shallow = Fit(new HistogramGradientBoostingOptions { Iterations = 10, MaxLeaves = null, MaxDepth = 2, MinSamplesLeaf = 1 }, x, y, 2);
        for (int t = 0; t < 10; t++)
        {
            BoostingNode[] nodes = trees.Tree(t).Nodes.ToArray();
            Assert.Equal(7, nodes.Count(n => n.IsLeaf));
            Assert.All(nodes, n => Assert.True(n.Rows >= 11));
            Assert.All(nodes.Where(n => !n.IsLeaf), n => Assert.Equal(n.Rows, nodes[n.Left].Rows + nodes[n.Right].Rows));
            Assert.InRange(shallow.Tree(t).Nodes.ToArray().Count(n => n.IsLeaf), 2, 4);
        }
    }

    [Fact]
    public void TrainingLossFallsAndHonestLossIsGood()
    {
        DesignMatrix x = Data.Gaussian(2000, 5, Data.Seed);
        int[] y = Data.Classes(x, 3, Data.Seed);
        int[] train = [.. Enumerable.Range(0, 1000)];
        int[] test = [.. Enumerable.Range(1000, 1000)];
        DesignMatrix xTrain = x.SelectRows(train);
        double previous = double.PositiveInfinity;
        foreach (int iterations in new[] { 1, 5, 20, 60 })
        {
            IFittedClassifier model = new HistogramGradientBoostingClassifier(new HistogramGradientBoostingOptions { Iterations = iterations })
                .Fit(xTrain, y.AsSpan(0, 1000), 3, default, Data.Seed);
            double[] p = model.PredictProbability(xTrain);
            double loss = -train.Average(i => Math.Log(p[(i * 3) + y[i]]));
            Assert.True(loss < previous);
            previous = loss;
            if (iterations == 60)
                Assert.True(Data.Accuracy(model.Predict(x.SelectRows(test)), y.AsSpan(1000)) > 0.75);
        }
    }

    [Fact]
    public void EarlyStoppingEndsOnNoise()
    {
        DesignMatrix x = Data.Gaussian(800, 5, Data.Seed);
        int[] y = [.. Data.Seed.Stream("coin").Permutation(800).Select(v => v % 2)];
        HistogramGradientBoostingOptions options = new() { Iterations = 500, EarlyStopping = EarlyStopping.On };
        BoostedTrees stopped = Fit(options, x, y, 2);
        Assert.InRange(stopped.Iterations, 10, 60);
        Assert.Equal(500, Fit(options with { EarlyStopping = EarlyStopping.Auto }, x, y, 2).Iterations);
        BoostedTrees again = Fit(options, x, y, 2);
        Assert.Equal(stopped.RawScores(x), again.RawScores(x));
    }

    [Fact]
    public void UnitWeightsChangeNothingAndZeroWeightsRemoveRows()
    {
        DesignMatrix x = Data.Gaussian(200, 4, Data.Seed);
        int[] y = Data.Classes(x, 2, Data.Seed);
        HistogramGradientBoostingClassifier learner = new(Small);
        double[] plain = learner.Fit(x, y, 2, default, Data.Seed).PredictProbability(x);
        Assert.Equal(plain, learner.Fit(x, y, 2, [.. y.Select(_ => 1.0)], Data.Seed).PredictProbability(x));
        double[] w = [.. Enumerable.Range(0, 200).Select(i => i < 120 ? 1.0 : 0)];
        double[] some = learner.Fit(x.SelectRows([.. Enumerable.Range(0, 120)]), y.AsSpan(0, 120), 2, default, Data.Seed).PredictProbability(x);
        Assert.Equal(some, learner.Fit(x, y, 2, w, Data.Seed).PredictProbability(x));
    }

    [Fact]
    public void AbsentClassesGetProbabilityZero()
    {
        DesignMatrix x = Data.Gaussian(200, 3, Data.Seed);
        int[] y = [.. Data.Classes(x, 3, Data.Seed).Select(v => v == 0 ? 0 : v + 1)];
        double[] p = new HistogramGradientBoostingClassifier(Small).Fit(x, y, 5, default, Data.Seed).PredictProbability(x);
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(0, p[(i * 5) + 1]);
            Assert.Equal(0, p[(i * 5) + 4]);
            Assert.Equal(1, p.AsSpan(i * 5, 5).ToArray().Sum(), 1e-12);
        }
    }

    [Fact]
    public void AwkwardTablesAndBadInput()
    {
        HistogramGradientBoostingClassifier learner = new();
        Assert.Equal([0.0, 1.0], learner.Fit(new DesignMatrix([3], 1, 1), [1], 2, default, Data.Seed).PredictProbability(new DesignMatrix([9], 1, 1)));
        DesignMatrix constant = new([.. Enumerable.Repeat(5.0, 100)], 100, 1);
        int[] y = [.. Enumerable.Range(0, 100).Select(i => i % 4 == 0 ? 0 : 1)];
        Assert.Equal(0.75, learner.Fit(constant, y, 2, default, Data.Seed).PredictProbability(constant)[1], 1e-6);
        DesignMatrix missing = new([.. Enumerable.Repeat(double.NaN, 100)], 100, 1);
        Assert.Equal(0.75, learner.Fit(missing, y, 2, default, Data.Seed).PredictProbability(missing)[1], 1e-6);
        Assert.Equal(0.75, learner.Fit(new DesignMatrix([], 100, 0), y, 2, default, Data.Seed).PredictProbability(new DesignMatrix([], 1, 0))[1], 1e-6);
        Assert.Equal(2.5, new HistogramGradientBoostingRegressor().Fit(new DesignMatrix([1, 2], 2, 1), [2, 3], default, Data.Seed).RawScores(new DesignMatrix([1], 1, 1))[0]);
        Assert.Contains("infinite", Assert.Throws<ArgumentException>(() => learner.Fit(new DesignMatrix([1, double.PositiveInfinity], 2, 1), [0, 1], 2, default, Data.Seed)).Message);
        Assert.Throws<ArgumentException>(() => learner.Fit(constant, y, 2, new double[100], Data.Seed));
        Assert.Throws<ArgumentException>(() => new HistogramGradientBoostingRegressor().Fit(new DesignMatrix([1, 2], 2, 1), [2, double.NaN], default, Data.Seed));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HistogramGradientBoostingClassifier(new HistogramGradientBoostingOptions { MaxBins = 256 }).Fit(constant, y, 2, default, Data.Seed));
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => learner.Fit(constant, y, 2, default, Data.Seed, cancelled.Token));
    }

    private static BoostedTrees Fit(HistogramGradientBoostingOptions options, DesignMatrix x, int[] y, int classes) =>
        ((BoostingModel)new HistogramGradientBoostingClassifier(options).Fit(x, y, classes, default, Data.Seed)).Trees;

    private static DesignMatrix Punch(DesignMatrix x, double share, Seed seed)
    {
        RandomStream random = seed.Stream("holes");
        return new DesignMatrix([.. x.Values.ToArray().Select(v => random.NextBool(share) ? double.NaN : v)], x.Rows, x.Columns);
    }
}
