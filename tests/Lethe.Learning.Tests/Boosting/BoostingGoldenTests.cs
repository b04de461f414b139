using System.Text.Json;
using Lethe.Learning.Boosting;

namespace Lethe.Learning.Tests.Boosting;

public class BoostingGoldenTests
{
    private static readonly string[] Features = ["x0", "x1", "x2", "x3", "x4", "x5"];

    [Theory]
    [InlineData("d-classifier-default-100")]
    [InlineData("d-classifier-missing-30iter")]
    [InlineData("d-classifier-depth3-l2-20iter")]
    [InlineData("d-regressor-30iter")]
    [InlineData("d-classifier-3class-15iter")]
    [InlineData("d-classifier-1tree")]
    public void TreesAndScoresAgree(string id)
    {
        Golden golden = Golden.Load("tabular/expected/hist_gradient_boosting.json");
        JsonElement e = golden.Case(id);
        JsonElement p = e.GetProperty("params");
        JsonElement expected = e.GetProperty("expected");
        double abs = e.GetProperty("tolerance").GetProperty("abs").GetDouble();
        double rel = e.GetProperty("tolerance").GetProperty("rel").GetDouble();
        CsvTable train = CsvTable.Load(golden, e.GetProperty("inputs").GetProperty("train").GetString()!);
        CsvTable test = CsvTable.Load(golden, e.GetProperty("inputs").GetProperty("test").GetString()!);
        string target = e.GetProperty("inputs").GetProperty("target").GetString()!;
        HistogramGradientBoostingOptions options = new()
        {
            LearningRate = p.GetProperty("learning_rate").GetDouble(),
            Iterations = p.GetProperty("max_iter").GetInt32(),
            MaxLeaves = p.GetProperty("max_leaf_nodes").GetInt32(),
            MaxDepth = p.GetProperty("max_depth").ValueKind == JsonValueKind.Number ? p.GetProperty("max_depth").GetInt32() : null,
            MinSamplesLeaf = p.GetProperty("min_samples_leaf").GetInt32(),
            L2 = p.GetProperty("l2_regularization").GetDouble(),
            MaxBins = p.GetProperty("max_bins").GetInt32(),
            EarlyStopping = EarlyStopping.Off,
        };
        DesignMatrix x = train.Matrix(Features);
        BoostedTrees trees = target == "yr"
            ? new HistogramGradientBoostingRegressor(options).Fit(x, train.Numbers(target), default, Data.Seed)
            : ((BoostingModel)new HistogramGradientBoostingClassifier(options).Fit(x, train.Labels(target), target == "y3" ? 3 : 2, default, Data.Seed)).Trees;

        double[] baseline = Golden.Vector(expected.GetProperty("baseline_prediction"));
        Assert.Equal(baseline.Length, trees.Outputs);
        Assert.Equal(expected.GetProperty("trees").GetInt32(), trees.Iterations);
        for (int k = 0; k < baseline.Length; k++)
            Golden.Close(baseline[k], trees.Baseline[k], abs, rel, $"baseline {k}");

        JsonElement[] nodes = [.. expected.GetProperty("first_tree").EnumerateArray()];
        ReadOnlySpan<BoostingNode> actual = trees.Tree(0).Nodes;
        Assert.Equal(nodes.Length, actual.Length);
        for (int i = 0; i < nodes.Length; i++)
        {
            Assert.Equal(nodes[i].GetProperty("leaf").GetBoolean(), actual[i].IsLeaf);
            Assert.Equal(nodes[i].GetProperty("count").GetInt32(), actual[i].Rows);
            Golden.Close(nodes[i].GetProperty("value").GetDouble(), actual[i].Value, abs, rel, $"node {i} value");
            if (actual[i].IsLeaf)
                continue;
            Assert.Equal(nodes[i].GetProperty("feature").GetString(), Features[actual[i].Feature]);
            Assert.Equal(nodes[i].GetProperty("left").GetInt32(), actual[i].Left);
            Assert.Equal(nodes[i].GetProperty("right").GetInt32(), actual[i].Right);
            Assert.Equal(nodes[i].GetProperty("missing_go_left").GetBoolean(), actual[i].MissingGoesLeft);
            Golden.Close(nodes[i].GetProperty("threshold").GetDouble(), actual[i].Threshold, 1e-12, 1e-12, $"node {i} threshold");
            Golden.Close(nodes[i].GetProperty("gain").GetDouble(), actual[i].Gain, abs, rel, $"node {i} gain");
        }

        double[][] scores = Golden.Matrix(expected.GetProperty("test_raw_scores"));
        double[] raw = trees.RawScores(test.Matrix(Features));
        for (int k = 0; k < trees.Outputs; k++)
        {
            for (int i = 0; i < test.Rows; i++)
                Golden.Close(scores[k][i], raw[(i * trees.Outputs) + k], abs, rel, $"score {i},{k}");
        }
    }
}
