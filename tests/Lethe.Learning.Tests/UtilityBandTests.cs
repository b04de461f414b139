using System.Text.Json;
using Lethe.Learning.Boosting;
using Lethe.Learning.Forests;
using Lethe.Learning.Linear;
using Lethe.Learning.Networks;

namespace Lethe.Learning.Tests;

/// <summary>Train on one clinical table, test on the holdout: exact for logistic regression, bands for the learners that draw random numbers.</summary>
public class UtilityBandTests
{
    [Theory]
    [InlineData("train")]
    [InlineData("synA")]
    [InlineData("synB")]
    public void Logistic(string tag)
    {
        (Task task, JsonElement expected, JsonElement tolerance) = Load(tag);
        double abs = tolerance.GetProperty("abs_logistic").GetDouble();
        JsonElement e = expected.GetProperty("logistic");
        LogisticModel model = new LogisticRegression().Fit(task.ScaledTrain, task.Y, 2);
        double[] score = model.PredictScore(task.ScaledTest);
        Golden.Close(e.GetProperty("auc").GetDouble(), Data.Auc(score, task.TestY), abs, 0, "AUC");
        Golden.Close(e.GetProperty("accuracy").GetDouble(), Data.Accuracy(model.Predict(task.ScaledTest), task.TestY), abs, 0, "accuracy");
        double brier = score.Select((p, i) => (p - task.TestY[i]) * (p - task.TestY[i])).Average();
        Golden.Close(e.GetProperty("brier").GetDouble(), brier, abs, 0, "Brier score");
    }

    [Theory]
    [InlineData("train")]
    [InlineData("synA")]
    [InlineData("synB")]
    public void Boosting(string tag)
    {
        (Task task, JsonElement expected, JsonElement tolerance) = Load(tag);
        JsonElement e = expected.GetProperty("hist_gradient_boosting");
        IFittedClassifier model = new HistogramGradientBoostingClassifier().Fit(task.Train, task.Y, 2, default, Data.Seed);
        double auc = Data.Auc(model.PredictScore(task.Test), task.TestY);
        Golden.Close(e.GetProperty("auc").GetDouble(), auc, tolerance.GetProperty("abs_hgb_auc").GetDouble(), 0, "AUC");
        Golden.Close(e.GetProperty("accuracy").GetDouble(), Data.Accuracy(model.Predict(task.Test), task.TestY), 0.01, 0, "accuracy");
    }

    [Theory]
    [InlineData("train")]
    [InlineData("synA")]
    [InlineData("synB")]
    public void Forest(string tag)
    {
        (Task task, JsonElement expected, _) = Load(tag);
        CheckBand(expected.GetProperty("random_forest_100_trees_30_seeds"), 10, seed =>
            new RandomForestClassifier().Fit(task.Train, task.Y, 2, default, Data.Seed.Derive("run", seed)).PredictProbability(task.Test), task.TestY);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("synA")]
    [InlineData("synB")]
    public void Network(string tag)
    {
        (Task task, JsonElement expected, _) = Load(tag);
        CheckBand(expected.GetProperty("mlp_100_relu_adam_200_epochs_12_seeds"), 10, seed =>
            new MlpClassifier().Fit(task.ScaledTrain, task.Y, 2, default, Data.Seed.Derive("run", seed)).PredictProbability(task.ScaledTest), task.TestY);
    }

    /// <summary>Each run within mean ± 4 sd of the reference's runs, the mean of runs within ± 0.015.</summary>
    private static void CheckBand(JsonElement band, int runs, Func<int, double[]> run, int[] y)
    {
        double[] auc = new double[runs];
        double[] accuracy = new double[runs];
        for (int seed = 0; seed < runs; seed++)
        {
            double[] p = run(seed);
            auc[seed] = Data.Auc([.. Enumerable.Range(0, y.Length).Select(i => p[(i * 2) + 1])], y);
            accuracy[seed] = Data.Accuracy(ClassifierExtensions.ArgMax(p, 2), y);
        }

        foreach ((string name, double[] values) in new[] { ("auc", auc), ("accuracy", accuracy) })
        {
            double mean = band.GetProperty("mean_" + name).GetDouble();
            double sd = band.GetProperty("sd_" + name).GetDouble();
            Golden.Close(mean, values.Average(), 0.015, 0, "mean " + name);
            foreach (double value in values)
                Golden.Close(mean, value, 4 * sd, 0, name);
        }
    }

    private static (Task Task, JsonElement Expected, JsonElement Tolerance) Load(string tag)
    {
        Golden golden = Golden.Load("tabular/expected/utility_bands.json");
        JsonElement e = golden.Case("d-tstr");
        Dictionary<string, CsvTable> tables = new[] { "train", "synA", "synB", "test" }
            .ToDictionary(n => n, n => CsvTable.Load(golden, e.GetProperty("inputs").GetProperty(n).GetString()!));
        CsvTable[] all = [.. tables.Values];
        DesignMatrix train = GoldenEncoding.Utility(tables[tag], tables["train"], all);
        DesignMatrix test = GoldenEncoding.Utility(tables["test"], tables["train"], all);
        return (new Task(train, tables[tag].Labels("target"), test, tables["test"].Labels("target")),
            e.GetProperty("expected").GetProperty(tag), e.GetProperty("tolerance"));
    }

    private sealed record Task(DesignMatrix Train, int[] Y, DesignMatrix Test, int[] TestY)
    {
        public DesignMatrix ScaledTrain => StandardScaler.Fit(Train).Transform(Train);

        public DesignMatrix ScaledTest => StandardScaler.Fit(Train).Transform(Test);
    }
}
