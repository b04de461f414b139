using System.Text.Json;
using Lethe.Learning.Networks;
using Lethe.Numerics.Randomness;

namespace Lethe.Learning.Tests.Networks;

public class MlpTests
{
    [Fact]
    public void FiftyFullBatchStepsAgree()
    {
        Golden golden = Golden.Load("tabular/expected/mlp_training.json");
        JsonElement e = golden.Case("d");
        JsonElement init = e.GetProperty("inputs").GetProperty("init");
        JsonElement expected = e.GetProperty("expected");
        double abs = e.GetProperty("tolerance").GetProperty("abs").GetDouble();
        double rel = e.GetProperty("tolerance").GetProperty("rel").GetDouble();
        double[][] x = Golden.Matrix(e.GetProperty("inputs").GetProperty("X"));
        int[] y = [.. Golden.Vector(e.GetProperty("inputs").GetProperty("y")).Select(v => (int)v)];
        double[][] w1 = Golden.Matrix(init.GetProperty("w1"));
        MlpNetwork network = new(x[0].Length, w1[0].Length, 1);
        Flat(w1).CopyTo(network.W1);
        Golden.Vector(init.GetProperty("b1")).CopyTo(network.B1);
        Flat(Golden.Matrix(init.GetProperty("w2"))).CopyTo(network.W2);
        Golden.Vector(init.GetProperty("b2")).CopyTo(network.B2);
        double[] ones = [.. y.Select(_ => 1.0)];
        double[] losses = Golden.Vector(expected.GetProperty("loss_before_each_step"));
        Assert.Equal(50, losses.Length);
        for (int step = 0; step < losses.Length; step++)
            Golden.Close(losses[step], network.Step(Flat(x), y, ones, 1e-4, 0.01), abs, rel, $"loss {step}");
        JsonElement final = expected.GetProperty("final");
        AllClose(Flat(Golden.Matrix(final.GetProperty("w1"))), network.W1, abs, rel, "W1");
        AllClose(Golden.Vector(final.GetProperty("b1")), network.B1, abs, rel, "b1");
        AllClose(Flat(Golden.Matrix(final.GetProperty("w2"))), network.W2, abs, rel, "W2");
        AllClose(Golden.Vector(final.GetProperty("b2")), network.B2, abs, rel, "b2");
        AllClose(Golden.Vector(expected.GetProperty("final_probabilities")), network.Forward(Flat(x), y.Length), abs, rel, "probability");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void GradientAgreesWithFiniteDifferences(int outputs)
    {
        MlpNetwork network = new(5, 13, outputs);
        network.Initialise(Data.Seed.Stream("init"));
        DesignMatrix x = Data.Gaussian(10, 5, Data.Seed);
        int[] y = [.. Enumerable.Range(0, 10).Select(i => i % Math.Max(outputs, 2))];
        double[] w = [.. Enumerable.Range(0, 10).Select(i => 1.0 + (i % 3))];
        network.LossAndGradient(x.Values, y, w, 0.7);
        double[] gradient = network.Gradient.ToArray();
        for (int i = 0; i < gradient.Length; i++)
        {
            MlpNetwork up = network.Copy();
            MlpNetwork down = network.Copy();
            Parameter(up, i) += 1e-6;
            Parameter(down, i) -= 1e-6;
            double slope = (up.LossAndGradient(x.Values, y, w, 0.7) - down.LossAndGradient(x.Values, y, w, 0.7)) / 2e-6;
            Assert.Equal(slope, gradient[i], 1e-7);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 5)]
    [InlineData(4, 7, 8)]
    [InlineData(9, 5, 100)]
    [InlineData(16, 11, 37)]
    public void ProductAgreesWithItsDefinition(int rows, int inner, int h)
    {
        double[] a = Data.Gaussian(rows, inner, Data.Seed).Values.ToArray();
        double[] b = Data.Gaussian(inner, h, Data.Seed.Derive("b")).Values.ToArray();
        double[] c = Data.Gaussian(rows, h, Data.Seed.Derive("c")).Values.ToArray();
        double[] transposed = [.. Enumerable.Range(0, rows * inner).Select(i => a[(i % rows * inner) + (i / rows)])];
        double[] plain = [.. c];
        double[] strided = [.. c];
        Product.Add(a, inner, 1, b, plain, rows, inner, h);
        Product.Add(transposed, 1, rows, b, strided, rows, inner, h);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < h; j++)
            {
                double expected = c[(i * h) + j];
                for (int k = 0; k < inner; k++)
                    expected += a[(i * inner) + k] * b[(k * h) + j];
                Assert.Equal(expected, plain[(i * h) + j], 1e-12);
                Assert.Equal(expected, strided[(i * h) + j], 1e-12);
            }
        }
    }

    [Fact]
    public void SameSeedSameModel()
    {
        DesignMatrix x = Data.Gaussian(150, 4, Data.Seed);
        int[] y = Data.Classes(x, 3, Data.Seed);
        MlpClassifier learner = new(new MlpClassifierOptions { Epochs = 5 });
        double[] one = learner.Fit(x, y, 3, default, Data.Seed).PredictProbability(x);
        Assert.Equal(one, learner.Fit(x, y, 3, default, Data.Seed).PredictProbability(x));
        Assert.NotEqual(one, learner.Fit(x, y, 3, default, Data.Seed.Derive("other")).PredictProbability(x));
    }

    [Fact]
    public void InitialWeightsFillTheirBounds()
    {
        MlpNetwork network = new(20, 100, 1);
        network.Initialise(Data.Seed.Stream());
        double first = Math.Sqrt(6.0 / 120);
        double second = Math.Sqrt(6.0 / 101);
        Assert.InRange(network.W1.ToArray().Max(), 0.99 * first, first);
        Assert.InRange(network.W2.ToArray().Max(), 0.9 * second, second);
        Assert.InRange(network.B1.ToArray().Min(), -first, -0.8 * first);

        // Variance bound²/3 of 2000 uniforms: relative standard error √(4/5/2000) = 0.02; 4.9 of them.
        Assert.InRange(network.W1.ToArray().Average(v => v * v) * 3 / (first * first), 0.9, 1.1);
    }

    [Fact]
    public void LearnsWhatALineCannotAndStopsWhenItHas()
    {
        DesignMatrix x = Data.Gaussian(800, 2, Data.Seed);
        int[] y = [.. Enumerable.Range(0, 800).Select(i => x[i, 0] * x[i, 1] > 0 ? 1 : 0)];
        int[] train = [.. Enumerable.Range(0, 400)];
        int[] test = [.. Enumerable.Range(400, 400)];
        MlpModel model = new MlpClassifier(new MlpClassifierOptions { LearningRate = 0.02, Epochs = 1000 }).Fit(x.SelectRows(train), y.AsSpan(0, 400), 2, default, Data.Seed);
        Assert.True(Data.Accuracy(model.Predict(x.SelectRows(test)), y.AsSpan(400)) > 0.93);
        Assert.InRange(model.TrainingLosses.Length, 20, 999);
        double[] losses = model.TrainingLosses.ToArray();
        double best = losses[..^11].Min();
        Assert.All(losses[^11..], v => Assert.True(v > best - 1e-4));
    }

    [Fact]
    public void WeightsOfABatchActAsRepetition()
    {
        DesignMatrix x = Data.Gaussian(6, 3, Data.Seed);
        int[] y = [0, 1, 2, 0, 1, 2];
        double[] w = [1, 2, 3, 1, 2, 3];
        int[] repeated = [.. Enumerable.Range(0, 6).SelectMany(i => Enumerable.Repeat(i, (int)w[i]))];
        MlpNetwork a = new(3, 8, 3);
        a.Initialise(Data.Seed.Stream());
        MlpNetwork b = a.Copy();
        for (int step = 0; step < 5; step++)
        {
            double weighted = a.Step(x.Values, y, w, 0.1, 0.01);
            double copied = b.Step(x.SelectRows(repeated).Values, [.. repeated.Select(i => y[i])], [.. repeated.Select(_ => 1.0)], 0.1, 0.01);
            Assert.Equal(copied, weighted, 1e-12);
        }
    }

    [Fact]
    public void AwkwardTablesAndBadInput()
    {
        MlpClassifier learner = new(new MlpClassifierOptions { Epochs = 3 });
        Assert.Equal([0.0, 1.0], learner.Fit(new DesignMatrix([3], 1, 1), [1], 2, default, Data.Seed).PredictProbability(new DesignMatrix([9], 1, 1)));
        DesignMatrix x = Data.Gaussian(10, 2, Data.Seed);
        double[] p = learner.Fit(x, [.. Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? 1 : 3)], 4, default, Data.Seed).PredictProbability(x);
        Assert.Equal(0, p[0] + p[2]);
        Assert.Equal(1, p[1] + p[3], 1e-12);
        Assert.Equal(2, learner.Fit(new DesignMatrix([], 4, 0), [0, 1, 1, 1], 2, default, Data.Seed).PredictProbability(new DesignMatrix([], 1, 0)).Length);
        Assert.Throws<ArgumentException>(() => learner.Fit(new DesignMatrix([1, double.NaN], 2, 1), [0, 1], 2, default, Data.Seed));
        Assert.Throws<ArgumentException>(() => learner.Fit(x, new int[10], 2, new double[10], Data.Seed));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MlpClassifier(new MlpClassifierOptions { HiddenUnits = 0 }).Fit(x, new int[10], 2, default, Data.Seed));
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => learner.Fit(x, [0, 1, 0, 1, 0, 1, 0, 1, 0, 1], 2, default, Data.Seed, cancelled.Token));
    }

    private static ref double Parameter(MlpNetwork network, int index)
    {
        foreach (int part in new[] { 0, 1, 2, 3 })
        {
            Span<double> values = part switch { 0 => network.W1, 1 => network.B1, 2 => network.W2, _ => network.B2 };
            if (index < values.Length)
                return ref values[index];
            index -= values.Length;
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }

    private static void AllClose(double[] expected, ReadOnlySpan<double> actual, double abs, double rel, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Golden.Close(expected[i], actual[i], abs, rel, $"{what} {i}");
    }

    private static double[] Flat(double[][] rows) => [.. rows.SelectMany(r => r)];
}
