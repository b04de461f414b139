using Lethe.Evaluation.Tables;
using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>
/// A metric of two tables: computed for real against synthetic and, as the reference of each figure, for real against holdout.
/// </summary>
internal abstract class PairMetric(Descriptor descriptor, MetricPlace place) : IMetric
{
    public Descriptor Descriptor { get; } = descriptor;

    public MetricPlace Place { get; } = place;

    public IReadOnlyList<Measure> Evaluate(MetricInput input)
    {
        Measure[] synthetic = [.. Compute(input.Synthetic, input)];
        if (input.Holdout is null)
            return synthetic;
        Dictionary<(string, string?), Measure> reference = Compute(input.Holdout, input).ToDictionary(m => (m.Id, m.Subject));
        return [.. synthetic.Select(m => reference.TryGetValue((m.Id, m.Subject), out Measure? r)
            ? m with { Reference = r.Value, ReferenceInterval = r.Interval, ReferenceName = "real holdout" }
            : m)];
    }

    /// <summary>The figures of one pair; the same ids and subjects for every pair of one input.</summary>
    protected abstract IEnumerable<Measure> Compute(TablePair pair, MetricInput input);
}
