using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis.Conditions;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Tabular.Controls;

internal sealed class FittedIndependentColumns(Descriptor descriptor, Schema schema, IReadOnlyList<Marginal> marginals) : FittedTableSynthesizer
{
    public override Descriptor Descriptor { get; } = descriptor;

    public override Schema Schema { get; } = schema;

    public override FitReport Report { get; } = new() { LearntFromData = ["The sorted values or level counts of every column."] };

    public static FittedIndependentColumns Load(ModelReader reader) => new(
        IndependentColumns.Registration.Descriptor,
        reader.Schema,
        [.. reader.Schema.Columns.Select((c, j) => Marginal.Load(reader, j, c))]);

    public override void Save(ModelWriter writer)
    {
        for (int j = 0; j < marginals.Count; j++)
            marginals[j].Save(writer, j);
    }

    protected override bool ConditionsExactly(IReadOnlyList<Condition> conditions) => true;

    protected override Table SampleChunk(int rows, RandomStream stream, IReadOnlyList<Condition> conditions) =>
        new(Schema, Schema.Columns.Select((c, j) => marginals[j].Draw(c, rows, stream, conditions.FirstOrDefault(w => w.Column == c.Name))));
}
