using Lethe.Learning.Linear;
using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Tests.Linear;

public class LogisticRegressionTests
{
    [Theory]
    [InlineData(2, 1.0)]
    [InlineData(2, 100.0)]
    [InlineData(4, 1.0)]
    [InlineData(4, 0.05)]
    public void GradientOfTheObjectiveVanishes(int classes, double c)
    {
        DesignMatrix x = Data.Gaussian(150, 5, Data.Seed);
        int[] y = Data.Classes(x, classes, Data.Seed);
        RandomStream random = Data.Seed.Stream("w");
        double[] w = [.. y.Select(_ => random.NextDouble())];
        LogisticModel model = new LogisticRegression(new LogisticRegressionOptions { C = c }).Fit(x, y, classes, w);
        Assert.True(model.Converged);
        double[] p = model.PredictProbability(x);
        for (int k = 0; k < model.CoefficientRows; k++)
        {
            int label = classes == 2 ? 1 : k;
            double[] gradient = new double[6];
            for (int i = 0; i < 150; i++)
            {
                double residual = w[i] * (p[(i * classes) + label] - (y[i] == label ? 1 : 0));
                for (int j = 0; j < 5; j++)
                    gradient[j] += residual * x[i, j];
                gradient[5] += residual;
            }

            for (int j = 0; j < 6; j++)
                Assert.Equal(0, gradient[j] + (j < 5 ? model.Coefficients(k)[j] / c : 0), 2e-8);
        }
    }

    [Fact]
    public void FactoredAndConjugateStepsReachTheSamePoint()
    {
        // 40 columns × 20 classes = 820 parameters: conjugate gradients; the same rows as two classes: Cholesky. Both satisfy the same first-order
        // conditions, tested above; here a wide binary problem is solved both ways by padding it with empty columns.
        DesignMatrix narrow = Data.Gaussian(80, 30, Data.Seed);
        int[] y = Data.Classes(narrow, 2, Data.Seed);
        double[][] padded = [.. Enumerable.Range(0, 700).Select(j => j < 30 ? narrow.Column(j) : new double[80])];
        LogisticModel factored = new LogisticRegression().Fit(narrow, y, 2);
        LogisticModel conjugate = new LogisticRegression().Fit(DesignMatrix.FromColumns(padded), y, 2);
        Assert.True(factored.Converged && conjugate.Converged);
        for (int j = 0; j < 700; j++)
            Assert.Equal(j < 30 ? factored.Coefficients()[j] : 0, conjugate.Coefficients()[j], 1e-8);
        Assert.Equal(factored.Intercept(), conjugate.Intercept(), 1e-8);
    }

    [Fact]
    public void ManyClassesByConjugateGradients()
    {
        DesignMatrix x = Data.Gaussian(400, 40, Data.Seed);
        int[] y = [.. Enumerable.Range(0, 400).Select(i => i % 20)];
        LogisticModel model = new LogisticRegression().Fit(x, y, 20);
        Assert.True(model.Converged);
        for (int j = 0; j < 40; j++)
            Assert.Equal(0, Enumerable.Range(0, 20).Sum(k => model.Coefficients(k)[j]), 1e-7);
        Assert.Equal(0, Enumerable.Range(0, 20).Sum(k => model.Intercept(k)), 1e-7);
    }

    [Fact]
    public void SeparatedClassesStayFiniteAndRight()
    {
        DesignMatrix x = DesignMatrix.FromColumns([[-2, -1, 1, 2], [0, 0, 1, 1]]);
        int[] y = [0, 0, 1, 1];
        foreach (double c in new[] { 1, 1e6, double.PositiveInfinity })
        {
            LogisticModel model = new LogisticRegression(new LogisticRegressionOptions { C = c }).Fit(x, y, 2);
            Assert.Equal(y, model.Predict(x));
            foreach (double p in model.PredictProbability(x))
                Assert.InRange(p, 0, 1);
            foreach (double b in model.Coefficients())
                Assert.True(double.IsFinite(b));
        }
    }

    [Fact]
    public void CollinearOneHotWithoutPenaltyConverges()
    {
        // Every level one-hot plus the intercept: one direction is free. The fitted probabilities are the level means.
        int[] level = [.. Enumerable.Range(0, 60).Select(i => i % 3)];
        int[] y = [.. Enumerable.Range(0, 60).Select(i => i % 12 < 3 + (i % 3) ? 1 : 0)];
        DesignMatrix x = DesignMatrix.FromColumns([.. Enumerable.Range(0, 3).Select(l => level.Select(v => v == l ? 1.0 : 0).ToArray())]);
        LogisticModel model = new LogisticRegression(new LogisticRegressionOptions { C = double.PositiveInfinity }).Fit(x, y, 2);
        double[] p = model.PredictScore(x);
        for (int l = 0; l < 3; l++)
            Assert.Equal(Enumerable.Range(0, 60).Where(i => level[i] == l).Average(i => y[i]), p[l], 1e-7);
    }

    [Fact]
    public void WeightsActAsRepetitionAndScaleWithC()
    {
        DesignMatrix x = Data.Gaussian(60, 3, Data.Seed);
        int[] y = Data.Classes(x, 3, Data.Seed);
        double[] w = [.. Enumerable.Range(0, 60).Select(i => (double)(i % 3))];
        int[] repeated = [.. Enumerable.Range(0, 60).SelectMany(i => Enumerable.Repeat(i, i % 3))];
        foreach (bool balanced in new[] { false, true })
        {
            LogisticRegression learner = new(new LogisticRegressionOptions { Balanced = balanced });
            LogisticModel weighted = learner.Fit(x, y, 3, w);
            LogisticModel copied = learner.Fit(x.SelectRows(repeated), [.. repeated.Select(i => y[i])], 3);
            for (int k = 0; k < 3; k++)
            {
                for (int j = 0; j < 3; j++)
                    Assert.Equal(copied.Coefficients(k)[j], weighted.Coefficients(k)[j], 1e-7);
            }
        }
    }

    [Fact]
    public void AbsentClassesGetProbabilityZero()
    {
        DesignMatrix x = Data.Gaussian(50, 2, Data.Seed);
        int[] y = [.. Data.Classes(x, 2, Data.Seed).Select(v => 1 + (2 * v))];
        LogisticModel model = new LogisticRegression().Fit(x, y, 5);
        Assert.Equal([1, 3], model.PresentClasses.ToArray());
        double[] p = model.PredictProbability(x);
        LogisticModel binary = new LogisticRegression().Fit(x, [.. y.Select(v => v == 3 ? 1 : 0)], 2);
        double[] q = binary.PredictScore(x);
        for (int i = 0; i < 50; i++)
            Assert.Equal([0, 1 - q[i], 0, q[i], 0], p[(i * 5)..((i * 5) + 5)].Select(v => v), (a, b) => Math.Abs(a - b) < 1e-12);
        LogisticModel constant = new LogisticRegression().Fit(x, [.. y.Select(_ => 2)], 3);
        Assert.Equal([0.0, 0.0, 1.0], constant.PredictProbability(x)[..3]);
    }

    [Fact]
    public void StandardErrorsOfASaturatedModelAreKnown()
    {
        // One binary feature: the slope is a log odds ratio with variance 1/a + 1/b + 1/c + 1/d.
        int[] y = [.. Enumerable.Range(0, 100).Select(i => i < 50 ? (i < 20 ? 1 : 0) : (i < 85 ? 1 : 0))];
        DesignMatrix x = DesignMatrix.FromColumns([[.. Enumerable.Range(0, 100).Select(i => i < 50 ? 0.0 : 1)]]);
        LogisticModel model = new LogisticRegression(new LogisticRegressionOptions { C = double.PositiveInfinity }).Fit(x, y, 2);
        Assert.Equal(Math.Log(35.0 / 15 / (20.0 / 30)), model.Coefficients()[0], 1e-8);
        double[] errors = model.StandardErrors(x);
        Assert.Equal(Math.Sqrt((1 / 20.0) + (1 / 30.0) + (1 / 35.0) + (1 / 15.0)), errors[0], 1e-8);
        Assert.Equal(Math.Sqrt((1 / 20.0) + (1 / 30.0)), errors[1], 1e-8);
    }

    [Fact]
    public void ManyRowsAndAwkwardScalesConverge()
    {
        DesignMatrix z = Data.Gaussian(20000, 3, Data.Seed);
        int[] y = Data.Classes(z, 2, Data.Seed);
        DesignMatrix x = DesignMatrix.FromColumns([z.Column(0), [.. z.Column(1).Select(v => 1e4 + (1e3 * v))], [.. z.Column(2).Select(v => 1e-4 * v)]]);
        LogisticModel model = new LogisticRegression(new LogisticRegressionOptions { C = double.PositiveInfinity }).Fit(x, y, 2);
        LogisticModel standard = new LogisticRegression(new LogisticRegressionOptions { C = double.PositiveInfinity }).Fit(z, y, 2);
        Assert.True(model.Converged && standard.Converged);
        Assert.Equal(standard.Coefficients()[0], model.Coefficients()[0], 1e-6);
        Assert.Equal(standard.Coefficients()[1], model.Coefficients()[1] * 1e3, 1e-6);
    }

    [Fact]
    public void AwkwardTablesAndBadInput()
    {
        LogisticRegression learner = new();
        Assert.Equal([0.0, 1.0], learner.Fit(new DesignMatrix([3], 1, 1), [1], 2).PredictProbability(new DesignMatrix([9], 1, 1)));
        DesignMatrix constant = new([5, 5, 5, 5], 4, 1);
        double[] p = learner.Fit(constant, [0, 1, 1, 1], 2).PredictScore(constant);
        Assert.Equal(0.75, p[0], 1e-8);
        Assert.Equal(0.75, learner.Fit(new DesignMatrix([], 4, 0), [0, 1, 1, 1], 2).PredictScore(new DesignMatrix([], 1, 0))[0], 1e-8);
        string message = Assert.Throws<ArgumentException>(() => learner.Fit(new DesignMatrix([1, double.NaN], 2, 1), [0, 1], 2)).Message;
        Assert.Contains("Row 1, column 0", message);
        Assert.Throws<ArgumentException>(() => learner.Fit(constant, [0, 1, 1, 1], 2, [0, 0, 0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogisticRegression(new LogisticRegressionOptions { C = 0 }).Fit(constant, [0, 1, 1, 1], 2));
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => learner.Fit(constant, [0, 1, 1, 1], 2, default, cancelled.Token));
    }
}
