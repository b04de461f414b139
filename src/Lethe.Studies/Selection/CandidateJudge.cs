using Lethe.Data.Tables;
using Lethe.Evaluation.Metrics;
using Lethe.Evaluation.Utility;
using Lethe.Numerics.Randomness;
using Lethe.Results;
using Lethe.Synthesis;
using Lethe.Synthesis.Registry;

namespace Lethe.Studies.Selection;

/// <summary>Fits a candidate on the inner training part and computes its criteria against the inner test part.</summary>
internal sealed class CandidateJudge(Table train, Table test, Seed seed, CancellationToken cancellation)
{
    /// <summary>One value a criterion, in their order; null where it cannot be computed, and for all when the method cannot learn from these data.</summary>
    public IReadOnlyList<double?> Score(Candidate candidate)
    {
        Table synthetic;
        try
        {
            FittedSynthesizer model = Methods.Get(candidate.Name).Create(candidate.Options).Fit(train, new FitContext { Seed = seed.Derive(candidate.Name), Cancellation = cancellation });
            synthetic = (Table)model.Sample(train.RowCount, seed.Derive("sample"));
        }
        catch (SynthesisException)
        {
            return [.. Criterion.All.Select(_ => (double?)null)];
        }

        MetricInput input = new(train, synthetic, test, seed.Derive("judge")) { Cancellation = cancellation };
        Measure[] figures =
        [
            .. FidelityMetrics.All.Where(m => Criterion.All.Any(c => c.Metric == m.Descriptor.Name)).SelectMany(m => m.Evaluate(input)),
            .. Utility(synthetic),
        ];
        return [.. Criterion.All.Select(c => figures.FirstOrDefault(f => f.Id == c.Figure)?.Value)];
    }

    private IReadOnlyList<Measure> Utility(Table synthetic) => train.Schema.Target is not { } target
        ? []
        : UtilityEvaluator.Evaluate(
            train, test, synthetic, target.Name, seed.Derive("utility"),
            new UtilityOptions { Learners = Learner.Core, OtherDesigns = false, Importances = false, Resamples = 1 },
            null, cancellation)?.Headline ?? [];
}
