using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.BayesianNetwork;

/// <summary>A discrete column: its observed levels, missing among them if there were holes, are the states.</summary>
internal sealed class LevelNode : NodeColumn
{
    private readonly int[] _codes; // code of each state, −1 for missing

    private LevelNode(int[] codes) => _codes = codes;

    public override int States => _codes.Length;

    public static LevelNode Fit(DiscreteColumn column) => new([.. column.Codes.ToArray().Distinct().Order()]);

    public override int[] StatesOf(Column column)
    {
        ReadOnlySpan<int> codes = ((DiscreteColumn)column).Codes;
        int[] states = new int[codes.Length];
        for (int i = 0; i < states.Length; i++)
            states[i] = Array.BinarySearch(_codes, codes[i]);
        return states;
    }

    public override Column Realise(ColumnSchema schema, int[] states, RandomStream random, Evidence? evidence)
    {
        int[] codes = new int[states.Length];
        for (int i = 0; i < codes.Length; i++)
            codes[i] = _codes[states[i]];
        return new DiscreteColumn(schema, codes);
    }

    public override Evidence Accept(Condition condition) => new(condition, [.. _codes.Select(code => condition.Accepts(code) ? 1.0 : 0.0)]);

    public override void Save(ModelWriter writer, int column) => writer.Add($"{column}.codes", _codes);

    public static new LevelNode Load(ModelReader reader, int column, ColumnSchema schema)
    {
        int[] codes = reader.IntsWithin($"{column}.codes", DiscreteColumn.Missing, schema.Categories.Count - 1, -1);
        ModelReader.Require(codes.Length > 0, $"{column}.codes", "names no level");
        for (int s = 1; s < codes.Length; s++)
            ModelReader.Require(codes[s - 1] < codes[s], $"{column}.codes", "is not in order");
        return new LevelNode(codes);
    }
}
