using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.BayesianNetwork;

/// <summary>The fitted network: nodes, ancestral order, conditional tables.</summary>
internal sealed class FittedBayesianNetwork(Descriptor descriptor, Schema schema, NodeColumn[] nodes, int[] order, ConditionalTable[] tables) : FittedTableSynthesizer
{
    public override Descriptor Descriptor { get; } = descriptor;

    public override Schema Schema { get; } = schema;

    public override FitReport Report { get; } = new()
    {
        Deviations =
        [
            "Parents are chosen by penalised likelihood, not by mutual information.",
            "Conditional distributions are smoothed by pseudo-rows spread like the marginal.",
            "Values inside a bin are recorded values plus noise.",
        ],
        LearntFromData =
        [
            "The recorded values of every numeric column, sorted.",
            "The observed levels.",
            "The parents of every column: " + string.Join("; ", order.Select(c => $"{schema.Columns[c].Name} ← {Names(schema, tables[c].Parents)}")) + ".",
            "Level and bin frequencies given the parents.",
        ],
    };

    public static FittedBayesianNetwork Load(ModelReader reader)
    {
        int d = reader.Schema.Columns.Count;
        NodeColumn[] nodes = [.. reader.Schema.Columns.Select((c, j) => NodeColumn.Load(reader, j, c))];
        ConditionalTable[] tables = [.. Enumerable.Range(0, d).Select(j => ConditionalTable.Load(reader, j, nodes))];
        int[] order = reader.IntsWithin("order", 0, d - 1, d);
        HashSet<int> placed = [];
        foreach (int column in order)
        {
            ModelReader.Require(tables[column].Parents.All(placed.Contains), "order", "puts a column before its parents");
            ModelReader.Require(placed.Add(column), "order", "names a column twice");
        }

        return new FittedBayesianNetwork(BayesianNetworkSynthesizer.Registration.Descriptor, reader.Schema, nodes, order, tables);
    }

    public override void Save(ModelWriter writer)
    {
        writer.Add("order", order);
        for (int j = 0; j < nodes.Length; j++)
        {
            nodes[j].Save(writer, j);
            tables[j].Save(writer, j);
        }
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    protected override Table SampleChunk(int rows, RandomStream stream, IReadOnlyList<Condition> conditions)
    {
        Evidence?[] evidence = new Evidence?[nodes.Length];
        foreach (Condition condition in conditions)
        {
            int column = Schema.IndexOf(condition.Column);
            evidence[column] = nodes[column].Accept(condition);
        }

        int[][] states = new ConditionedNetwork(order, tables, evidence).Draw(rows, stream);
        return new Table(Schema, nodes.Select((node, j) => node.Realise(Schema.Columns[j], states[j], stream, evidence[j])));
    }

    private static string Names(Schema schema, int[] columns) => columns.Length == 0 ? "none" : string.Join(", ", columns.Select(c => schema.Columns[c].Name));
}
