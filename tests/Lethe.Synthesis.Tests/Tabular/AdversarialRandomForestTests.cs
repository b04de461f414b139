using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Learning.Trees;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Tabular.AdversarialRandomForest;

namespace Lethe.Synthesis.Tests.Tabular;

public sealed class AdversarialRandomForestTests
{
    /// <summary>Two clusters that differ in both numbers and in the level, with holes in one number of the second cluster.</summary>
    private static Table Clusters(int n, ulong seed = 2)
    {
        RandomStream random = new Seed(seed).Stream("clusters");
        double[] x = new double[n], y = new double[n];
        int[] c = new int[n];
        for (int i = 0; i < n; i++)
        {
            bool second = random.NextBool(0.4);
            x[i] = Math.Round((second ? 80 : 30) + (5 * random.NextGaussian()));
            y[i] = second && random.NextBool(0.5) ? double.NaN : Math.Round((second ? -20 : 20) + (5 * random.NextGaussian()));
            c[i] = random.NextBool(0.9) == second ? 1 : 0;
        }

        return new Table([new NumericColumn(Numbers("x"), x), new NumericColumn(Numbers("y"), y), new DiscreteColumn(new ColumnSchema { Name = "c", Kind = ColumnKind.Categorical, Categories = ["a", "b"] }, c)]);
    }

    private static FittedTableSynthesizer Fit(Table table, AdversarialRandomForestOptions? options = null) =>
        (FittedTableSynthesizer)new AdversarialRandomForestSynthesizer(options).Fit(table, new FitContext { Seed = new Seed(1) });

    [Fact]
    public void Clusters_stay_apart_and_holes_stay_where_they_are()
    {
        Table sampled = Fit(Clusters(400)).SampleTable(4000, new Seed(3));
        NumericColumn x = (NumericColumn)sampled["x"], y = (NumericColumn)sampled["y"];
        int mixed = 0, holesInFirst = 0, first = 0;
        for (int i = 0; i < 4000; i++)
        {
            mixed += !y.IsMissing(i) && x[i] > 55 != y[i] < 0 ? 1 : 0;
            first += x[i] <= 55 ? 1 : 0;
            holesInFirst += x[i] <= 55 && y.IsMissing(i) ? 1 : 0;
        }

        // Independent columns would mix every other pair.
        Assert.InRange(mixed / 4000.0, 0, 0.05);
        Assert.InRange(holesInFirst / (double)first, 0, 0.05);
        Assert.InRange(y.MissingCount / 4000.0, 0.12, 0.28);
    }

    [Fact]
    public void Leaf_distributions_are_the_moments_and_shares_of_their_rows()
    {
        Table table = Clusters(200);
        ForestColumn[] columns = [.. table.Columns.Select(ForestColumn.Fit)];
        double[][] real = [.. columns.Select((c, j) => c.Cells(table.Columns[j]))];
        AdversarialRandomForestOptions options = new() { Trees = 5 };
        LeafedTree[] trees = new AdversarialTraining(columns, real, options, new FitContext { Seed = new Seed(4) }).Run(5);
        LeafDensities densities = LeafDensities.Fit(columns, real, trees, options);
        Assert.Equal(1, densities.Weights.Sum(), 12);

        LeafNumbers x = (LeafNumbers)densities.Columns[0], y = (LeafNumbers)densities.Columns[1];
        LeafLevels c = (LeafLevels)densities.Columns[2];
        int leaf = 0;
        foreach (LeafedTree tree in trees)
        {
            for (int l = 0; l < tree.Rows.Leaves; l++, leaf++)
            {
                int[] rows = tree.Rows.Rows(l).ToArray();
                Assert.True(rows.Length >= 5);
                double[] values = [.. rows.Select(r => real[0][r])];
                double mean = values.Average(), sd = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
                Assert.Equal(mean, x.Mean[leaf], 9);
                if (sd > 0)
                    Assert.Equal(sd, x.Sd[leaf], 9);
                Assert.All(values, v => Assert.InRange(v, x.Lower[leaf] - 1e-3, x.Upper[leaf] + 1e-3));
                Assert.Equal(rows.Count(r => double.IsNaN(real[1][r])) / (double)rows.Length, y.Missing[leaf], 12);
                Assert.Equal(rows.Count(r => real[2][r] == 1) / (double)rows.Length, c.Probabilities[(2 * leaf) + 1], 12);
                Assert.Equal(rows.Length / (200.0 * 5), densities.Weights[leaf], 12);
            }
        }

        Assert.Equal(leaf, densities.Weights.Length);
    }

    [Fact]
    public void A_leaf_without_spread_takes_the_width_of_its_box()
    {
        // m equal values in a box of half-width h: sd = √(2/m)·h/Φ⁻¹(0.975).
        Table table = new([new NumericColumn(Numbers("x"), [10, 10, 10, 10, 10, 10, 10, 10, 30])]);
        ForestColumn[] columns = [ForestColumn.Fit(table.Columns[0])];
        double[][] real = [[10, 10, 10, 10, 10, 10, 10, 10, 30]];
        TreeFeatures features = new([TreeColumn.Ordered((float[])[0, 0, 0, 0, 0, 0, 0, 0, 20])], 9);
        DecisionTree tree = DecisionTree.FitClassifier(features, [0, 0, 0, 0, 0, 0, 0, 0, 1], 2, new DecisionTreeOptions(), new Seed(1));
        LeafDensities densities = LeafDensities.Fit(columns, real, [new LeafedTree(tree, tree.Partition(features))], new AdversarialRandomForestOptions());
        LeafNumbers x = (LeafNumbers)densities.Columns[0];
        Assert.Equal((10.0, 20.0), (x.Lower[0], x.Upper[0]));
        Assert.Equal(Math.Sqrt(2.0 / 8) * 5 / 1.9599639845400545, x.Sd[0], 9);
        Assert.Equal((20.0, 30.0), (x.Lower[1], x.Upper[1]));
        Assert.Equal(Math.Sqrt(2.0) * 5 / 1.9599639845400545, x.Sd[1], 9);
    }

    /// <summary>
    /// Evidence on a number and a level against plain rejection: shares of the number's cells and of missing cells, n = 12 288; five
    /// standard errors of a difference (error rate one in a million per cell).
    /// </summary>
    [Fact]
    public void Conditioned_rows_follow_the_conditional_distribution()
    {
        FittedTableSynthesizer model = Fit(Clusters(300), new AdversarialRandomForestOptions { Trees = 20 });
        IReadOnlyList<Condition> where = ConditionParser.Parse("x between 35 and 78 and c = b", model.Schema);
        const int N = 3 * FittedTableSynthesizer.ChunkRows;
        Table direct = model.SampleTable(N, new Seed(7), where);
        Table rejected = ChunkedSampling.Collect(model.Schema, ChunkedSampling.Rejecting(N, new Seed(8), (rows, stream) => model.SampleTable(rows, new Seed(stream.NextUInt64())), where));
        foreach (string name in new[] { "x", "y" })
        {
            double[] p = Shares((NumericColumn)direct[name]), q = Shares((NumericColumn)rejected[name]);
            for (int k = 0; k < p.Length; k++)
                Assert.True(Math.Abs(p[k] - q[k]) <= 5 * Math.Sqrt((p[k] + q[k]) / N), $"{name} {k}: {p[k]:F4} against {q[k]:F4}");
        }

        static double[] Shares(NumericColumn column)
        {
            double[] shares = new double[16];
            for (int i = 0; i < column.Count; i++)
                shares[double.IsNaN(column[i]) ? 15 : (int)((column[i] + 50) / 10)] += 1.0 / column.Count;
            return shares;
        }
    }

    [Fact]
    public void The_forest_is_fooled_at_once_by_independent_columns()
    {
        RandomStream random = new Seed(9).Stream("independent");
        Table table = new(Enumerable.Range(0, 4).Select(j => new NumericColumn(Numbers($"x{j}"), [.. Enumerable.Range(0, 500).Select(_ => Math.Round(10 * random.NextGaussian()))])));
        FittedTableSynthesizer model = Fit(table, new AdversarialRandomForestOptions { Tolerance = 0.05 });
        Assert.Single(model.Report.Training[0].Y);
        Assert.InRange(model.Report.Training[0].Y[0], 0.4, 0.55);
    }

    private static ColumnSchema Numbers(string name) => new() { Name = name, Kind = ColumnKind.Integer };
}
