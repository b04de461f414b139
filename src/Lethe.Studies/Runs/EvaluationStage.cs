using System.Diagnostics;
using Lethe.Data.Tables;
using Lethe.Evaluation;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Studies.Configuration;

namespace Lethe.Studies.Runs;

/// <summary>Fidelity, utility and collapse checks of a release.</summary>
internal static class EvaluationStage
{
    public static EvaluationRecord Of(EvaluateConfig config, Table train, Table? holdout, Table synthetic, Seed seed, RunOptions options)
    {
        Stopwatch watch = Stopwatch.StartNew();
        EvaluationOutcome outcome = Evaluator.Evaluate(new EvaluationInput
        {
            Train = train,
            Holdout = holdout is { RowCount: > 0 } ? holdout : null,
            Synthetic = synthetic,
            Seed = seed,
            Fidelity = config.Fidelity,
            Utility = config.Utility,
            Progress = new Relay<EvaluationProgress>(p => options.Progress?.Report(new StageAdvanced(p.Step, (long)(100 * p.Share), 100, new Dictionary<string, double>()))),
            Cancellation = options.Cancellation,
        });
        return new EvaluationRecord(outcome.Fidelity, outcome.Utility, outcome.UtilityNotComputedBecause, outcome.CollapseChecks, watch.Elapsed.TotalSeconds) { Fairness = outcome.Fairness };
    }
}
