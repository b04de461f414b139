using System.Globalization;
using Lethe.Data.Codecs;
using Lethe.Evaluation.TimeSeries.Clinical;
using Lethe.Evaluation.TimeSeries.Drawing;
using Lethe.Evaluation.TimeSeries.Utility;
using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries;

/// <summary>Fidelity and utility of the courses of synthetic stays in one call.</summary>
public static class SeriesEvaluator
{
    // Shares of the work, roughly: closed figures and drawings, judges, outcome models.
    private const double ClosedShare = 0.15;
    private const double JudgesShare = 0.4;

    /// <summary>Fills the section. Deterministic for the seed, whatever the number of threads.</summary>
    /// <param name="input">The stays.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="seed">Decides every draw.</param>
    /// <param name="progress">Told what is being computed; may be null.</param>
    /// <param name="cancellation">Checked between figures and training steps.</param>
    /// <exception cref="ArgumentException">The cohorts do not have the same channels, or one has fewer than two stays.</exception>
    /// <exception cref="KeyNotFoundException">The outcome is no static column.</exception>
    public static SeriesEvaluationOutcome Evaluate(
        SeriesEvaluationInput input, SeriesEvaluationOptions? options, Seed seed, IProgress<EvaluationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new SeriesEvaluationOptions();
        if (input.Train.Count < 2 || input.Synthetic.Count < 2)
            throw new ArgumentException($"The comparison needs at least two stays a side; there are {input.Train.Count} and {input.Synthetic.Count}.", nameof(input));
        progress?.Report(new EvaluationProgress("courses", 0));
        StayMetricInput stays = new(input.Train, input.Holdout is { Count: > 1 } ? input.Holdout : null, input.Synthetic, input.Grid, seed.Derive("stays"), cancellation);
        Measure[] measures = [.. StayMetrics.All.SelectMany(m => m.Evaluate(stays))];
        SeriesSection section = SeriesDrawing.Section(stays, measures, options, seed.Derive("drawing")) with { Design = Design(input, stays, options) };
        progress?.Report(new EvaluationProgress("judges", ClosedShare));
        section = section with { Detection = Detection.Of(stays, options, seed.Derive("detection"), share => progress?.Report(new EvaluationProgress("judges", ClosedShare + ((JudgesShare - ClosedShare) * share)))) };
        (UtilitySection? utility, string? reason) = !options.Utility
            ? (null, "it was switched off")
            : SeriesUtility.Evaluate(
                input.Train, input.Holdout, input.Synthetic, input.Outcome ?? (input.Train.Outcomes.Count > 0 ? input.Train.Outcomes[0] : null), GridCodec.Fit(input.Train, input.Grid), options.UtilityOptions,
                seed.Derive("utility"), (step, share) => progress?.Report(new EvaluationProgress(step, JudgesShare + ((1 - JudgesShare) * share))), cancellation);
        progress?.Report(new EvaluationProgress("done", 1));
        return new SeriesEvaluationOutcome(section, utility, reason);
    }

    private static string Design(SeriesEvaluationInput input, StayMetricInput stays, SeriesEvaluationOptions options)
    {
        string reference = stays.Holdout is null
            ? "There is no real holdout, so no figure has its floor beside it."
            : $"Each figure compares the {stays.Train.Cohort.Count} training stays with {stays.Synthetic.Cohort.Count} synthetic ones, and beside it with {stays.Holdout.Cohort.Count} real holdout stays: what a perfect generator would reach.";
        string judges = options.Repeats > 0 ? $" Trained judges run {options.Repeats} times with different seeds." : "";
        return string.Create(CultureInfo.InvariantCulture, $"Stays are laid on a grid of {input.Grid.Steps} steps of {input.Grid.BinHours:0.##} {(input.Grid.BinHours == 1 ? "hour" : "hours")}; correlations use observed cells only. {reference}{judges}");
    }
}
