using System.Text.Json;
using Lethe.Data.Tables;
using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tests.Support;
using Lethe.Results;

namespace Lethe.Evaluation.Tests.Statistics;

public sealed class ClassificationGoldenTests
{
    private static readonly Golden Reports = Golden.Load("tabular/expected/classification_report.json");

    [Theory]
    [InlineData("d-binary0-threshold0.5")]
    [InlineData("d-binary1-threshold0.5")]
    [InlineData("d-multiclass")]
    [InlineData("d-never-predicted-class")]
    [InlineData("d-constant-prediction")]
    public void Reports_agree_in_values_and_text(string id)
    {
        GoldenCase c = new(Reports.Case(id));
        (int[] truth, int[] predicted, int classes, bool all) = Predictions(c);
        ConfusionMatrix matrix = new(truth, predicted, classes);
        ClassificationReport report = ClassificationReports.Of(matrix, [.. Enumerable.Range(0, classes).Select(k => k.ToString())], all);

        JsonElement expected = c.Expected.TryGetProperty("report", out JsonElement r) ? r : c.Expected.GetProperty("report_zero_division_0");
        foreach (JsonProperty row in expected.EnumerateObject())
        {
            if (row.Name == "accuracy")
            {
                c.Check(row.Value, report.Accuracy, "accuracy");
                continue;
            }

            if (row.Name == "micro avg")
            {
                c.Check(row.Value.GetProperty("f1-score"), report.Accuracy, "micro average");
                continue;
            }

            ClassScores scores = row.Name switch
            {
                "macro avg" => report.MacroAverage,
                "weighted avg" => report.WeightedAverage,
                _ => report.Classes.Single(s => s.Label == row.Name),
            };
            c.Check(row.Value.GetProperty("precision"), scores.Precision, $"{row.Name} precision");
            c.Check(row.Value.GetProperty("recall"), scores.Recall, $"{row.Name} recall");
            c.Check(row.Value.GetProperty("f1-score"), scores.F1, $"{row.Name} F1");
            Assert.Equal(row.Value.GetProperty("support").GetInt32(), scores.Support);
        }

        if (c.Expected.TryGetProperty("confusion_matrix_rows_true", out JsonElement confusion))
            c.CheckMatrix(confusion, [.. report.Confusion.Select(row => (IReadOnlyList<double>)[.. row.Select(v => (double)v)])], "confusion");
        if (c.Expected.TryGetProperty("text_2_digits", out JsonElement text))
            Assert.Equal(text.GetString(), ClassificationReports.ToText(report));

        Dictionary<string, double> singles = new()
        {
            ["accuracy"] = matrix.Accuracy,
            ["micro_f1"] = matrix.Accuracy,
            ["balanced_accuracy"] = matrix.BalancedAccuracy,
            ["mcc"] = matrix.Mcc,
            ["cohen_kappa"] = matrix.Kappa,
        };
        if (classes == 2)
        {
            singles["specificity"] = matrix.Specificity(1);
            singles["npv"] = matrix.NegativePredictiveValue(1);
            singles["f2"] = matrix.F(1, 2);
        }

        foreach ((string name, double value) in singles)
        {
            if (c.Expected.TryGetProperty(name, out JsonElement e))
                c.Check(e, value, name);
        }
    }

    [Fact]
    public void Exact_ties_round_to_even_in_the_text()
    {
        // 5 of 8 right: 0.625 is a tie in binary, too.
        ConfusionMatrix matrix = new([0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1, 1, 1], 2);
        Assert.Contains("0.62", ClassificationReports.ToText(ClassificationReports.Of(matrix, ["no", "yes"])));
        Assert.DoesNotContain("0.63", ClassificationReports.ToText(ClassificationReports.Of(matrix, ["no", "yes"])));
    }

    [Fact]
    public void A_long_label_widens_the_label_column()
    {
        ConfusionMatrix matrix = new([0, 1], [0, 1], 2);
        string text = ClassificationReports.ToText(ClassificationReports.Of(matrix, ["no", "myocardial infarction"]));
        Assert.All(text.Split('\n').Where(l => l.Length > 0), l => Assert.Equal("myocardial infarction".Length + 1 + 40, l.Length));
    }

    private static (int[] Truth, int[] Predicted, int Classes, bool All) Predictions(GoldenCase c)
    {
        if (c.Inputs.TryGetProperty("y_true", out JsonElement truth))
        {
            int[] y = [.. truth.EnumerateArray().Select(e => e.GetInt32())];
            int[] p = [.. c.Inputs.GetProperty("y_pred").EnumerateArray().Select(e => e.GetInt32())];
            bool labels = c.Inputs.TryGetProperty("labels", out JsonElement l);
            return (y, p, labels ? l.GetArrayLength() : 2, labels);
        }

        Table table = GoldenTable.Read(Reports, c.Input("file"));
        if (table.Schema.TryGet("p", out _))
            return (table.Labels("y"), [.. table.Values("p").Select(v => v >= 0.5 ? 1 : 0)], 2, false);
        double[][] probabilities = [.. Enumerable.Range(0, 4).Select(k => table.Values($"p{k}"))];
        int[] argmax = [.. Enumerable.Range(0, table.RowCount).Select(i => Enumerable.Range(0, 4).MaxBy(k => probabilities[k][i]))];
        return (table.Labels("y"), argmax, 4, false);
    }
}
