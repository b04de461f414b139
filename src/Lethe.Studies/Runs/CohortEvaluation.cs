using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Studies.Configuration;

namespace Lethe.Studies.Runs;

/// <summary>Fidelity and utility of a synthetic cohort: its static part as a table, its courses over time as series.</summary>
internal static class CohortEvaluation
{
    public static EvaluationRecord Of(EvaluateConfig config, Cohort train, Cohort? holdout, Cohort synthetic, Seed seed, RunOptions options)
    {
        // What predicts the outcome is the course, not the admission sheet: utility is the series' to say.
        return EvaluationStage.Of(config with { Utility = false }, Modelled(train)!, Modelled(holdout), Modelled(synthetic)!, seed.Derive("statics"), options);
    }

    private static Table? Modelled(Cohort? cohort) => cohort is { Count: > 0 } ? cohort.Statics.Where(c => c.IsModelled) : null;
}
