using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Studies.Configuration;
using Lethe.Synthesis;
using Lethe.Synthesis.Conditions;

namespace Lethe.Studies.Runs;

/// <summary>A release of whole patients over time, the cohort folder <c>synthetic</c>.</summary>
internal sealed class CohortRelease(RunFolder folder, RunOptions options) : Release(folder, options)
{
    public override IReadOnlyList<string> Files => CohortFolder.FilesOf(Folder.SyntheticCohort);

    public override bool CanBeAttacked => false;

    public override void Write(FittedSynthesizer model, int count, Seed seed, IReadOnlyList<Condition> conditions)
    {
        if (model is not FittedCohortSynthesizer cohorts)
            throw new ConfigException($"method.name: '{model.Descriptor.Name}' does not make cohorts.");
        CohortFolder.WriteChunks(Folder.SyntheticCohort, cohorts.Shape.Empty(), Watched(cohorts.SampleChunks(count, seed, conditions), count, "stays"));
    }

    public override Dataset Read(FittedSynthesizer model) => CohortFolder.Read(Folder.SyntheticCohort);

    public override EvaluationRecord Evaluate(EvaluateConfig config, Dataset train, Dataset holdout, Dataset synthetic, IReadOnlyList<Condition> conditions, Seed seed) =>
        CohortEvaluation.Of(config, Meeting((Cohort)train, conditions), Meeting((Cohort)holdout, conditions), (Cohort)synthetic, seed, Options);

    public override AuditRecord Attack(IReadOnlyList<string> attacks, Dataset train, Dataset holdout, Dataset reference, Dataset synthetic, string claim, Seed seed) =>
        throw new ConfigException("There are no attacks on cohorts in this build: leave the audit out (--skip audit).");

    private static Cohort Meeting(Cohort cohort, IReadOnlyList<Condition> conditions) =>
        conditions.Count == 0 ? cohort : cohort.Take(MeetingRows.Positions(cohort.Statics, conditions));
}
