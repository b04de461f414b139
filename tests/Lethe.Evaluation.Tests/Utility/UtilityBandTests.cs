using System.Text.Json;
using Lethe.Data.Tables;
using Lethe.Evaluation.Encoding;
using Lethe.Evaluation.Tables;
using Lethe.Evaluation.Tests.Support;
using Lethe.Evaluation.Utility;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Tests.Utility;

/// <summary>Train on three tables, test on the real holdout, with the encoding of the golden family.</summary>
public sealed class UtilityBandTests
{
    private const int Seeds = 5;

    [Theory]
    [InlineData("train")]
    [InlineData("synA")]
    [InlineData("synB")]
    public void Learners_reach_the_reference_bands(string trainedOn)
    {
        Golden golden = Golden.Load("tabular/expected/utility_bands.json");
        GoldenCase c = new(golden.Cases.First());
        string[] names = ["train", "synA", "synB", "test"];
        Table[] tables = [.. names.Select(n => GoldenTable.Read(golden, c.Input(n)))];
        tables = TableAlignment.Align(tables[0], tables[1], tables[2], tables[3]);
        PredictionTask task = PredictionTask.Of("target", tables[0], tables[3]);
        FeatureEncoder encoder = FeatureEncoder.Fit(tables[0], task.Features, new FeatureEncoderOptions { MissingIndicators = false, AllSchemaLevels = true });
        Table table = tables[Array.IndexOf(names, trainedOn)], test = tables[3];
        JsonElement expected = c.Expected.GetProperty(trainedOn), tolerance = c.Element.GetProperty("tolerance");

        (double auc, double accuracy, Predictions logistic) = Run(Learner.Linear, 1);
        double strict = tolerance.GetProperty("abs_logistic").GetDouble();
        JsonElement e = expected.GetProperty("logistic");
        Golden.Close(e.GetProperty("auc").GetDouble(), auc, strict, 0, "logistic AUC");
        Golden.Close(e.GetProperty("accuracy").GetDouble(), accuracy, strict, 0, "logistic accuracy");
        Golden.Close(e.GetProperty("macro_f1").GetDouble(), logistic.Confusion.MacroF1, strict, 0, "logistic macro F1");
        Golden.Close(e.GetProperty("brier").GetDouble(), Evaluation.Statistics.ProbabilityScores.Brier(logistic.Truth, logistic.Positive), strict, 0, "logistic Brier");
        Golden.Close(expected.GetProperty("hist_gradient_boosting").GetProperty("auc").GetDouble(), Run(Learner.Boosting, 1).Auc, tolerance.GetProperty("abs_hgb_auc").GetDouble(), 0, "boosting AUC");
        Band(Learner.Forest, expected.GetProperty("random_forest_100_trees_30_seeds"));
        Band(Learner.Network, expected.GetProperty("mlp_100_relu_adam_200_epochs_12_seeds"));

        void Band(Learner learner, JsonElement reference)
        {
            double mean = reference.GetProperty("mean_auc").GetDouble(), sd = reference.GetProperty("sd_auc").GetDouble(), sum = 0;
            for (ulong seed = 1; seed <= Seeds; seed++)
            {
                double run = Run(learner, seed).Auc;
                Assert.InRange(run, mean - (4 * sd), mean + (4 * sd));
                sum += run;
            }

            Assert.InRange(sum / Seeds, mean - 0.015, mean + 0.015);
        }

        (double Auc, double Accuracy, Predictions Predictions) Run(Learner learner, ulong seed)
        {
            TrainedClassifier model = TrainedClassifier.Train(learner, task, table, new Seed(seed), TestContext.Current.CancellationToken, encoder)!;
            Predictions predictions = new(task.Labels(test), model.Probabilities(test), 2);
            return (predictions.Auc, predictions.Confusion.Accuracy, predictions);
        }
    }
}
