using System.Diagnostics;
using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Evaluation;
using Lethe.Evaluation.TimeSeries;
using Lethe.Numerics.Randomness;
using Lethe.Studies.Configuration;

namespace Lethe.Studies.Runs;

/// <summary>Fidelity and utility of a synthetic cohort: its static part as a table, its courses over time as series.</summary>
internal static class CohortEvaluation
{
    public static EvaluationRecord Of(EvaluateConfig config, Cohort train, Cohort? holdout, Cohort synthetic, Seed seed, RunOptions options)
    {
        // What predicts the outcome is the course, not the admission sheet: utility is the series' to say.
        EvaluationRecord statics = EvaluationStage.Of(config with { Utility = false }, Modelled(train)!, Modelled(holdout), Modelled(synthetic)!, seed.Derive("statics"), options);
        if (!(config.Fidelity || config.Utility) || train.Count < 2 || synthetic.Count < 2)
            return statics;
        Stopwatch watch = Stopwatch.StartNew();
        SeriesEvaluationOutcome outcome = SeriesEvaluator.Evaluate(
            new SeriesEvaluationInput { Train = train, Holdout = holdout, Synthetic = synthetic, Outcome = train.Schema.Target?.Name, Grid = SeriesEvaluationInput.GridFor(train) },
            new SeriesEvaluationOptions { Repeats = config.Fidelity ? 3 : 0, Utility = config.Utility },
            seed.Derive("series"),
            new Relay<EvaluationProgress>(p => options.Progress?.Report(new StageAdvanced(p.Step, (long)(100 * p.Share), 100, new Dictionary<string, double>()))),
            options.Cancellation);
        return statics with
        {
            Series = config.Fidelity ? outcome.Series : null,
            Utility = outcome.Utility,
            UtilityNotComputedBecause = outcome.UtilityNotComputedBecause,
            Seconds = statics.Seconds + watch.Elapsed.TotalSeconds,
        };
    }

    private static Table? Modelled(Cohort? cohort) => cohort is { Count: > 0 } ? cohort.Statics.Where(c => c.IsModelled) : null;
}
