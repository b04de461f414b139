using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Tabular.BayesianNetwork;

namespace Lethe.Synthesis.Tests.Tabular;

public sealed class BayesianNetworkTests
{
    /// <summary>c = a xor b with 5 % errors, d copies c with 10 % errors, e alone.</summary>
    private static Table Xor(int n, ulong seed = 3)
    {
        RandomStream random = new Seed(seed).Stream("xor");
        int[][] states = [.. Enumerable.Range(0, 5).Select(_ => new int[n])];
        for (int i = 0; i < n; i++)
        {
            states[0][i] = random.NextInt(3) > 0 ? 1 : 0;
            states[1][i] = random.NextInt(2);
            states[2][i] = random.NextBool(0.05) ? random.NextInt(2) : states[0][i] ^ states[1][i];
            states[3][i] = random.NextBool(0.1) ? random.NextInt(2) : states[2][i];
            states[4][i] = random.NextInt(4);
        }

        return new Table(states.Select((s, j) => new DiscreteColumn(
            new ColumnSchema { Name = ((char)('a' + j)).ToString(), Kind = ColumnKind.Categorical, Categories = ["0", "1", "2", "3"] }, s)));
    }

    private static List<(int Column, int[] Parents)> Structure(Table table, double penalty = 0.25)
    {
        NodeColumn[] nodes = [.. table.Columns.Select(c => NodeColumn.Fit(c, new BayesianNetworkOptions()))];
        return new StructureSearch([.. nodes.Select((n, j) => n.StatesOf(table.Columns[j]))], [.. nodes.Select(n => n.States)], 3, penalty).Run(_ => { }, new ParallelOptions());
    }

    [Fact]
    public void Parents_follow_the_dependence_and_the_widest_column_comes_first()
    {
        List<(int Column, int[] Parents)> structure = Structure(Xor(2000), penalty: 0.5);
        Assert.Equal(4, structure[0].Column);
        Assert.All(structure, s => Assert.DoesNotContain(4, s.Parents));
        // An exclusive or shows no pairwise dependence; the chain c – d does.
        Assert.True(structure.Any(s => s.Column == 3 && s.Parents.Contains(2)) || structure.Any(s => s.Column == 2 && s.Parents.Contains(3)));
        Assert.Equal([0, 1, 2, 3, 4], structure.Select(s => s.Column).Order());
    }

    [Fact]
    public void Conditional_probabilities_are_counts_and_one_pseudo_row_of_the_marginal()
    {
        int[][] states = [[0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 1, 0]];
        ConditionalTable table = ConditionalTable.Fit(states, [3, 2], 1, [0], pseudoRows: 1);
        Assert.Equal(4, table.Rows);
        Assert.Equal([0.5, 0.5], table.Probabilities(0).ToArray());
        Assert.Equal([2.5 / 4, 1.5 / 4], table.Probabilities(table.RowFor([0, -1])).ToArray());
        Assert.Equal([0.5 / 3, 2.5 / 3], table.Probabilities(table.RowFor([1, -1])).ToArray());
        Assert.Equal([1.5 / 2, 0.5 / 2], table.Probabilities(table.RowFor([2, -1])).ToArray());
    }

    [Fact]
    public void Bins_are_equal_in_frequency_closed_on_the_left_and_merged_where_they_coincide()
    {
        NumericColumn spike = new(Numbers("x"), [0, 0, 0, 0, 0, 1, 2, 3, 4, double.NaN]);
        BinNode node = BinNode.Fit(spike, 4, 0.1);
        // Quartiles 0, 0, 2: bins {0 …, 1} and {2 …}, and missing.
        Assert.Equal(3, node.States);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1, 1, 2], node.StatesOf(spike));
        NumericColumn even = new(Numbers("x"), [.. Enumerable.Range(0, 80).Select(i => (double)i)]);
        Assert.All(BinNode.Fit(even, 8, 0.1).StatesOf(even).GroupBy(s => s), g => Assert.Equal(10, g.Count()));
    }

    [Fact]
    public void Values_stay_in_their_bin_and_are_more_than_the_recorded_ones()
    {
        NumericColumn column = new(Numbers("x"), [.. Enumerable.Range(0, 40).Select(i => 10.0 * i)]);
        BinNode node = BinNode.Fit(column, 4, 0.1);
        int[] states = [.. Enumerable.Range(0, 4000).Select(i => i % 4)];
        NumericColumn made = (NumericColumn)node.Realise(column.Schema, states, new Seed(1).Stream(), null);
        for (int i = 0; i < states.Length; i++)
            Assert.InRange(made[i], 100 * states[i], (100 * states[i]) + 90);
        Assert.True(made.Values.ToArray().Distinct().Count() > 300);
    }

    /// <summary>
    /// Conditions on two nodes, one of them numeric and neither a root: the clamped sampler against plain rejection. Shares of ten
    /// cells, n = 12 288 each; five standard errors of a difference of shares (error rate one in a million per cell).
    /// </summary>
    [Fact]
    public void Conditioned_rows_follow_the_conditional_distribution()
    {
        Table xor = Xor(400);
        RandomStream random = new Seed(5).Stream("x");
        double[] x = [.. ((DiscreteColumn)xor["d"]).Codes.ToArray().Select(d => Math.Round((10 * d) + (6 * random.NextGaussian())))];
        Table table = new([.. xor.Columns, new NumericColumn(Numbers("x"), x)]);
        FittedTableSynthesizer model = (FittedTableSynthesizer)new BayesianNetworkSynthesizer().Fit(table, new FitContext { Seed = new Seed(1) });
        IReadOnlyList<Condition> where = ConditionParser.Parse("x between 3 and 9 and c = 1", model.Schema);
        const int N = 3 * FittedTableSynthesizer.ChunkRows;
        Table direct = model.SampleTable(N, new Seed(7), where);
        Table rejected = ChunkedSampling.Collect(model.Schema, ChunkedSampling.Rejecting(N, new Seed(8), (rows, stream) => model.SampleTable(rows, new Seed(stream.NextUInt64())), where));
        foreach (string name in new[] { "a", "b", "d", "e", "x" })
        {
            double[] p = Shares(direct[name]), q = Shares(rejected[name]);
            for (int k = 0; k < p.Length; k++)
                Assert.True(Math.Abs(p[k] - q[k]) <= 5 * Math.Sqrt((p[k] + q[k]) / N), $"{name} {k}: {p[k]:F4} against {q[k]:F4}");
        }

        static double[] Shares(Column column)
        {
            double[] shares = new double[10];
            for (int i = 0; i < column.Count; i++)
                shares[column is NumericColumn n ? (int)n[i] : ((DiscreteColumn)column)[i]] += 1.0 / column.Count;
            return shares;
        }
    }

    private static ColumnSchema Numbers(string name) => new() { Name = name, Kind = ColumnKind.Integer };
}
