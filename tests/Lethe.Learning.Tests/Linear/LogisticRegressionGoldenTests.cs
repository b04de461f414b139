using System.Text.Json;
using Lethe.Learning.Linear;

namespace Lethe.Learning.Tests.Linear;

public class LogisticRegressionGoldenTests
{
    private static readonly string[] Features = ["x0", "x1", "x2", "x3", "x4", "x5"];

    [Theory]
    [InlineData("d-l2-C1-standardised", 1, false)]
    [InlineData("d-l2-C0.1-standardised", 0.1, false)]
    [InlineData("d-none-standardised", double.PositiveInfinity, false)]
    [InlineData("d-l2-C1-raw", 1, false)]
    [InlineData("d-l2-C1-balanced-standardised", 1, true)]
    public void TwoClassSolutions(string id, double c, bool balanced)
    {
        Golden golden = Golden.Load("tabular/expected/logistic_regression.json");
        JsonElement e = golden.Case(id);
        JsonElement expected = e.GetProperty("expected");
        (double abs, double rel) = Tolerance(e);
        (DesignMatrix x, int[] y, DesignMatrix test) = Load(golden, e, "y", !id.EndsWith("raw"), out StandardScaler scaler);
        if (!id.EndsWith("raw"))
        {
            AllClose(Golden.Vector(expected.GetProperty("mean")), scaler.Mean.ToArray(), 1e-12, 1e-12, "mean");
            AllClose(Golden.Vector(expected.GetProperty("std_population")), scaler.Scale.ToArray(), 1e-12, 1e-12, "standard deviation");
        }

        LogisticModel model = new LogisticRegression(new LogisticRegressionOptions { C = c, Balanced = balanced }).Fit(x, y, 2);
        Assert.True(model.Converged);
        Golden.Close(expected.GetProperty("intercept").GetDouble(), model.Intercept(), abs, rel, "intercept");
        AllClose(Golden.Vector(expected.GetProperty("coef")), model.Coefficients().ToArray(), abs, rel, "coefficient");
        AllClose(Golden.Vector(expected.GetProperty("test_probabilities")), model.PredictScore(test), abs, rel, "probability");

        // The objective from its definition.
        double[] w = balanced ? ClassWeights.Balanced(y, 2) : [.. y.Select(_ => 1.0)];
        double[] p = model.PredictScore(x);
        double objective = 0;
        for (int i = 0; i < y.Length; i++)
            objective -= w[i] * Math.Log(y[i] == 1 ? p[i] : 1 - p[i]);
        foreach (double b in model.Coefficients())
            objective += b * b / (2 * c);
        Golden.Close(expected.GetProperty("objective").GetDouble(), objective, abs, rel, "objective");
    }

    [Fact]
    public void SoftmaxSolution()
    {
        Golden golden = Golden.Load("tabular/expected/logistic_regression.json");
        JsonElement e = golden.Case("d-multinomial-C1");
        JsonElement expected = e.GetProperty("expected");
        (double abs, double rel) = Tolerance(e);
        (DesignMatrix x, int[] y, DesignMatrix test) = Load(golden, e, "y3", true, out _);
        LogisticModel model = new LogisticRegression().Fit(x, y, 3);
        Assert.True(model.Converged);
        double[] intercept = Golden.Vector(expected.GetProperty("intercept"));
        double[][] coefficients = Golden.Matrix(expected.GetProperty("coef"));
        for (int k = 0; k < 3; k++)
        {
            Golden.Close(intercept[k] - intercept.Average(), model.Intercept(k), abs, rel, $"intercept {k}");
            AllClose(coefficients[k], model.Coefficients(k).ToArray(), abs, rel, $"coefficient {k}");
        }

        double[] p = model.PredictProbability(test);
        AllClose([.. Golden.Matrix(expected.GetProperty("test_probabilities")).SelectMany(r => r)], p, abs, rel, "probability");
    }

    [Fact]
    public void LooserReferenceSolutionAndItsOrder()
    {
        Golden golden = Golden.Load("tabular/expected/logistic_regression.json");
        JsonElement e = golden.Case("d-sklearn-defaults-lbfgs-tol1e-4");
        JsonElement expected = e.GetProperty("expected");
        (double abs, double rel) = Tolerance(e);
        (DesignMatrix x, int[] y, DesignMatrix test) = Load(golden, e, "y", true, out _);
        LogisticModel model = new LogisticRegression().Fit(x, y, 2);
        Golden.Close(expected.GetProperty("intercept").GetDouble(), model.Intercept(), abs, rel, "intercept");
        AllClose(Golden.Vector(expected.GetProperty("coef")), model.Coefficients().ToArray(), abs, rel, "coefficient");
        double[] score = model.PredictScore(test);
        int[] order = [.. expected.GetProperty("test_auc_rank_order").EnumerateArray().Select(v => v.GetInt32())];
        int[] actual = [.. Enumerable.Range(0, score.Length).OrderByDescending(i => score[i]).Take(order.Length)];
        Assert.Equal(order, actual);
    }

    [Fact]
    public void MaximumLikelihoodOfThePropensityModel()
    {
        Golden golden = Golden.Load("tabular/expected/propensity.json");
        JsonElement e = golden.Case("d-synA-glm-main-effects");
        JsonElement expected = e.GetProperty("expected");
        (double abs, double rel) = Tolerance(e);
        CsvTable real = CsvTable.Load(golden, "data/d_train.csv");
        CsvTable synthetic = CsvTable.Load(golden, "data/d_synA.csv");
        (DesignMatrix x, int[] y, string[] names) = GoldenEncoding.Detection(real, synthetic, "restecg", "slope");
        Assert.Equal(expected.GetProperty("columns").EnumerateArray().Select(v => v.GetString()), names);

        // Raw columns of very different scale and no penalty: the hardest conditioning that the product meets.
        LogisticModel model = new LogisticRegression(new LogisticRegressionOptions { C = double.PositiveInfinity }).Fit(x, y, 2);
        Assert.True(model.Converged);
        double[] coefficients = [model.Intercept(), .. model.Coefficients()];
        double[] reference = [.. expected.GetProperty("coefficients").EnumerateObject().Select(v => v.Value.GetDouble())];
        AllClose(reference, coefficients, abs, rel, "coefficient");
    }

    [Theory]
    [InlineData("synA")]
    [InlineData("synB")]
    public void TwoSampleTest(string tag)
    {
        Golden golden = Golden.Load("tabular/expected/c2st.json");
        JsonElement e = golden.Case($"d-{tag}-logistic-5fold");
        JsonElement expected = e.GetProperty("expected");
        (double abs, double rel) = Tolerance(e);
        CsvTable real = CsvTable.Load(golden, e.GetProperty("inputs").GetProperty("real").GetString()!);
        CsvTable synthetic = CsvTable.Load(golden, e.GetProperty("inputs").GetProperty("synthetic").GetString()!);
        (DesignMatrix x, int[] y, string[] names) = GoldenEncoding.Detection(real, synthetic);
        Assert.Equal(expected.GetProperty("columns").EnumerateArray().Select(v => v.GetString()), names);
        int[] fold = [.. e.GetProperty("inputs").GetProperty("fold_of_row_real_then_synthetic").EnumerateArray().Select(v => v.GetInt32())];
        double[] pooled = new double[y.Length];
        double[] auc = new double[5];
        double[] accuracy = new double[5];
        for (int f = 0; f < 5; f++)
        {
            int[] train = [.. Enumerable.Range(0, y.Length).Where(i => fold[i] != f)];
            int[] test = [.. Enumerable.Range(0, y.Length).Where(i => fold[i] == f)];
            StandardScaler scaler = StandardScaler.Fit(x.SelectRows(train));
            LogisticModel model = new LogisticRegression().Fit(scaler.Transform(x.SelectRows(train)), [.. train.Select(i => y[i])], 2);
            double[] score = model.PredictScore(scaler.Transform(x.SelectRows(test)));
            int[] truth = [.. test.Select(i => y[i])];
            auc[f] = Data.Auc(score, truth);
            accuracy[f] = Data.Accuracy([.. score.Select(s => s >= 0.5 ? 1 : 0)], truth);
            for (int i = 0; i < test.Length; i++)
                pooled[test[i]] = score[i];
        }

        AllClose(Golden.Vector(expected.GetProperty("auc_per_fold")), auc, abs, rel, "AUC");
        AllClose(Golden.Vector(expected.GetProperty("accuracy_per_fold")), accuracy, abs, rel, "accuracy");
        Golden.Close(expected.GetProperty("pooled_oof_auc").GetDouble(), Data.Auc(pooled, y), abs, rel, "pooled AUC");
    }

    internal static void AllClose(double[] expected, double[] actual, double abs, double rel, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Golden.Close(expected[i], actual[i], abs, rel, $"{what} {i}");
    }

    private static (double Abs, double Rel) Tolerance(JsonElement e) =>
        (e.GetProperty("tolerance").GetProperty("abs").GetDouble(), e.GetProperty("tolerance").GetProperty("rel").GetDouble());

    private static (DesignMatrix X, int[] Y, DesignMatrix Test) Load(Golden golden, JsonElement e, string target, bool standardise, out StandardScaler scaler)
    {
        CsvTable train = CsvTable.Load(golden, e.GetProperty("inputs").GetProperty("train").GetString()!);
        CsvTable test = CsvTable.Load(golden, e.GetProperty("inputs").GetProperty("test").GetString()!);
        DesignMatrix x = train.Matrix(Features);
        scaler = StandardScaler.Fit(x);
        return standardise
            ? (scaler.Transform(x), train.Labels(target), scaler.Transform(test.Matrix(Features)))
            : (x, train.Labels(target), test.Matrix(Features));
    }
}
