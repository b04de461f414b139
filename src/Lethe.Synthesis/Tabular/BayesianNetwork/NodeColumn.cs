using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.BayesianNetwork;

/// <summary>A column as a node of the network: finitely many states 0 … K − 1, all of them observed, and cells made of states.</summary>
internal abstract class NodeColumn
{
    /// <summary>K ≥ 1.</summary>
    public abstract int States { get; }

    /// <summary>The state of every training row.</summary>
    public abstract int[] StatesOf(Column column);

    /// <summary>Makes cells of states.</summary>
    /// <param name="schema">Schema of the column.</param>
    /// <param name="states">State of each row.</param>
    /// <param name="random">Decides values inside numeric states.</param>
    /// <param name="evidence">The condition that the states were drawn under, or null.</param>
    public abstract Column Realise(ColumnSchema schema, int[] states, RandomStream random, Evidence? evidence);

    /// <summary>What a condition means for the states.</summary>
    public abstract Evidence Accept(Condition condition);

    public abstract void Save(ModelWriter writer, int column);

    public static NodeColumn Fit(Column column, BayesianNetworkOptions options) =>
        column is NumericColumn numbers ? BinNode.Fit(numbers, options.Bins, options.Noise) : LevelNode.Fit((DiscreteColumn)column);

    public static NodeColumn Load(ModelReader reader, int column, ColumnSchema schema) =>
        schema.IsNumeric ? BinNode.Load(reader, column) : LevelNode.Load(reader, column, schema);
}

/// <summary>A condition on one node.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Chance">For each state the probability that a cell made of it meets the condition.</param>
internal sealed record Evidence(Condition Condition, double[] Chance);
