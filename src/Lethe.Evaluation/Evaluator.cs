using Lethe.Evaluation.Collapse;
using Lethe.Evaluation.Fairness;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Survival;
using Lethe.Evaluation.Utility;
using Lethe.Results;

namespace Lethe.Evaluation;

/// <summary>Fidelity and utility of a synthetic table in one call.</summary>
public static class Evaluator
{
    /// <summary>Fills the sections. Deterministic for the seed, whatever the number of threads.</summary>
    /// <exception cref="Data.Problems.DataException">The tables do not have the same columns.</exception>
    /// <exception cref="KeyNotFoundException">The target is no column.</exception>
    /// <exception cref="OperationCanceledException">The input's cancellation was requested.</exception>
    public static EvaluationOutcome Evaluate(EvaluationInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        string? target = input.Target ?? input.Train.Schema.Target?.Name;
        string? reason = !input.Utility ? "it was switched off"
            : input.Holdout is not { RowCount: > 0 } ? "there is no real holdout to test on"
            : target is null ? "no target column is named"
            : null;
        double half = reason is null && input.Fidelity ? 0.6 : input.Fidelity ? 1 : 0;
        FidelitySection? fidelity = !input.Fidelity ? null : FidelityEvaluator.Evaluate(
            new MetricInput(input.Train, input.Synthetic, input.Holdout, input.Seed.Derive("fidelity"))
            {
                Rules = input.Rules,
                Limits = input.Limits,
                Cancellation = input.Cancellation,
            },
            Part(input.Progress, 0, half));
        if (fidelity is not null && input.Survival is { } columns)
            fidelity = fidelity with { Survival = SurvivalEvaluator.Evaluate(input.Train, input.Holdout, input.Synthetic, columns.Time, columns.Event) };
        UtilitySection? utility = reason is not null ? null : UtilityEvaluator.Evaluate(
            input.Train, input.Holdout!, input.Synthetic, target!, input.Seed.Derive("utility"), input.UtilityOptions, Part(input.Progress, half, 1), input.Cancellation);
        FairnessSection? fairness = !input.Fairness || input.Holdout is not { RowCount: > 0 } ? null : FairnessEvaluator.Evaluate(
            input.Train, input.Holdout, input.Synthetic, target, input.Seed.Derive("fairness"), input.Groups, null, input.Cancellation);
        IReadOnlyList<Check> collapse = CollapseChecks.Of(input.Train, input.Synthetic, target, input.Seed.Derive("collapse"), input.Cancellation);
        input.Progress?.Report(new EvaluationProgress("done", 1));
        return new EvaluationOutcome(fidelity, utility, reason) { Fairness = fairness, CollapseChecks = collapse };
    }

    private static Rescaled? Part(IProgress<EvaluationProgress>? progress, double from, double to) =>
        progress is null ? null : new Rescaled(progress, from, to);

    private sealed class Rescaled(IProgress<EvaluationProgress> progress, double from, double to) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => progress.Report(value with { Share = from + ((to - from) * value.Share) });
    }
}
