using System.Text.Json;
using Lethe.Learning.Trees;

namespace Lethe.Learning.Tests.Trees;

public class DecisionTreeGoldenTests
{
    private static readonly string[] Features = ["x0", "x1", "x2", "x3", "x4", "x5"];

    public static TheoryData<string> Ids() =>
    [
        "d-gini-depth2-leaf5", "d-gini-depth3-leaf10", "d-gini-depth4-leaf15",
        "d-entropy-depth2-leaf5", "d-entropy-depth4-leaf15",
        "d-gini3-depth2-leaf5", "d-gini3-depth3-leaf10", "d-gini3-depth4-leaf15",
        "d-mse-depth2-leaf5", "d-mse-depth3-leaf10", "d-mse-depth4-leaf15",
    ];

    [Fact]
    public void EveryCaseOfTheFileIsListed()
    {
        Golden golden = Golden.Load("tabular/expected/decision_tree.json");
        string[] known = [.. Ids().Select(row => row.Data)];
        foreach (JsonElement c in golden.Cases)
            Assert.Contains(c.GetProperty("id").GetString()!, known);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void StructureValuesAndPredictionsAgree(string id)
    {
        Golden golden = Golden.Load("tabular/expected/decision_tree.json");
        JsonElement c = golden.Case(id);
        JsonElement p = c.GetProperty("params");
        JsonElement expected = c.GetProperty("expected");
        double abs = c.GetProperty("tolerance").GetProperty("abs").GetDouble();
        double rel = c.GetProperty("tolerance").GetProperty("rel").GetDouble();
        CsvTable train = CsvTable.Load(golden, c.GetProperty("inputs").GetProperty("train").GetString()!);
        CsvTable test = CsvTable.Load(golden, c.GetProperty("inputs").GetProperty("test").GetString()!);
        string target = c.GetProperty("inputs").GetProperty("target").GetString()!;
        DecisionTreeOptions options = new()
        {
            Impurity = id.Contains("entropy") ? ClassImpurity.Entropy : ClassImpurity.Gini,
            MaxDepth = p.GetProperty("max_depth").GetInt32(),
            MinSamplesLeaf = p.GetProperty("min_samples_leaf").GetInt32(),
            MinSamplesSplit = p.GetProperty("min_samples_split").GetInt32(),
        };
        TreeFeatures x = TreeFeatures.From(train.Matrix(Features));
        DecisionTree tree = id.Contains("mse")
            ? DecisionTree.FitRegressor(x, train.Numbers(target), options, Data.Seed)
            : DecisionTree.FitClassifier(x, train.Labels(target), target == "y3" ? 3 : 2, options, Data.Seed);

        JsonElement[] nodes = [.. expected.GetProperty("nodes").EnumerateArray()];
        Assert.Equal(nodes.Length, tree.NodeCount);
        for (int i = 0; i < nodes.Length; i++)
        {
            TreeNode node = tree.Node(i);
            Assert.Equal(nodes[i].GetProperty("leaf").GetBoolean(), node.IsLeaf);
            Assert.Equal(nodes[i].GetProperty("n").GetInt32(), node.Rows);
            Golden.Close(nodes[i].GetProperty("impurity").GetDouble(), node.Impurity, abs, rel, $"node {i} impurity");
            double[] value = Golden.Vector(nodes[i].GetProperty("value"));
            double[] actual = tree.NodeValue(i);
            for (int k = 0; k < value.Length; k++)
                Golden.Close(value[k], actual[k], abs, rel, $"node {i} value {k}");
            if (node.IsLeaf)
                continue;
            Assert.Equal(nodes[i].GetProperty("feature").GetString(), Features[node.Feature]);
            Assert.Equal(nodes[i].GetProperty("left").GetInt32(), node.Left);
            Assert.Equal(nodes[i].GetProperty("right").GetInt32(), node.Right);
            Golden.Close(nodes[i].GetProperty("threshold").GetDouble(), node.Threshold, abs, rel, $"node {i} threshold");
        }

        double[] importances = Golden.Vector(expected.GetProperty("feature_importances"));
        for (int j = 0; j < importances.Length; j++)
            Golden.Close(importances[j], tree.Importances()[j], abs, rel, $"importance {j}");

        int[] leaf = tree.Apply(TreeFeatures.From(test.Matrix(Features)));
        int[] leafNode = [.. expected.GetProperty("test_leaf_id").EnumerateArray().Select(e => e.GetInt32())];
        Assert.Equal(leafNode, leaf.Select(tree.NodeOfLeaf));
        JsonElement[] prediction = [.. expected.GetProperty("test_prediction").EnumerateArray()];
        for (int i = 0; i < prediction.Length; i++)
        {
            double[] want = prediction[i].ValueKind == JsonValueKind.Array ? Golden.Vector(prediction[i]) : [prediction[i].GetDouble()];
            double[] got = new double[want.Length];
            if (tree.Classes == 0)
                got[0] = tree.LeafMean(leaf[i]);
            else
                tree.AddLeafProbability(leaf[i], got);
            for (int k = 0; k < want.Length; k++)
                Golden.Close(want[k], got[k], abs, rel, $"prediction {i},{k}");
        }
    }
}
