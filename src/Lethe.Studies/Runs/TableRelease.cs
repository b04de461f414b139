using Lethe.Data;
using Lethe.Data.Tables;
using Lethe.Data.Tables.Reading;
using Lethe.Data.Tables.Writing;
using Lethe.Numerics.Randomness;
using Lethe.Studies.Configuration;
using Lethe.Synthesis;
using Lethe.Synthesis.Conditions;

namespace Lethe.Studies.Runs;

/// <summary>A release of one table, <c>synthetic.csv</c>.</summary>
internal sealed class TableRelease(RunFolder folder, RunOptions options) : Release(folder, options)
{
    public override IReadOnlyList<string> Files => [Folder.Synthetic];

    public override bool CanBeAttacked => true;

    public override void Write(FittedSynthesizer model, int count, Seed seed, IReadOnlyList<Condition> conditions)
    {
        if (model is not FittedTableSynthesizer tables)
            throw new ConfigException($"method.name: '{model.Descriptor.Name}' does not make tables.");
        TableWriter.WriteChunks(Folder.Synthetic, model.Schema, Watched(tables.SampleChunks(count, seed, conditions), count, "rows"));
    }

    public override Dataset Read(FittedSynthesizer model) =>
        TableReader.Read(Folder.Synthetic, new TableReadOptions { Schema = model.Schema, HasHeader = true }).Table;

    public override EvaluationRecord Evaluate(EvaluateConfig config, Dataset train, Dataset holdout, Dataset synthetic, IReadOnlyList<Condition> conditions, Seed seed) =>
        EvaluationStage.Of(config, MeetingRows.Of((Table)train, conditions), MeetingRows.Of((Table)holdout, conditions), (Table)synthetic, seed, Options);

    public override AuditRecord Attack(IReadOnlyList<string> attacks, Dataset train, Dataset holdout, Dataset reference, Dataset synthetic, string claim, Seed seed) =>
        AuditStage.Of(attacks, (Table)train, (Table)holdout, (Table)reference, (Table)synthetic, claim, seed, Options);
}
