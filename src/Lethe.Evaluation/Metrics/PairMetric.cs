using Lethe.Evaluation.Statistics;
using Lethe.Evaluation.Tables;
using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>
/// A metric of two tables: computed for real against synthetic and, as the reference of each figure, for real against holdout. Cheap metrics
/// are <paramref name="banded"/>: their reference has an interval from random real-against-real splits.
/// </summary>
internal abstract class PairMetric(Descriptor descriptor, MetricPlace place, bool banded = false) : IMetric
{
    public Descriptor Descriptor { get; } = descriptor;

    public MetricPlace Place { get; } = place;

    public IReadOnlyList<Measure> Evaluate(MetricInput input)
    {
        Measure[] synthetic = [.. Compute(input.Synthetic, input)];
        if (input.Holdout is null)
            return synthetic;
        Dictionary<(string, string?), Measure> reference = Compute(input.Holdout, input).ToDictionary(m => (m.Id, m.Subject));
        Dictionary<(string, string?), Interval> bands = banded ? Bands(input) : [];
        return [.. synthetic.Select(m => reference.TryGetValue((m.Id, m.Subject), out Measure? r)
            ? m with { Reference = r.Value, ReferenceInterval = r.Interval ?? bands.GetValueOrDefault((m.Id, m.Subject)), ReferenceName = "real holdout" }
            : m)];
    }

    private Dictionary<(string, string?), Interval> Bands(MetricInput input)
    {
        Measure[][] splits = new Measure[input.RealSplits.Count][];
        Parallel.For(0, splits.Length, new ParallelOptions { CancellationToken = input.Cancellation }, k => splits[k] = [.. Compute(input.RealSplits[k], input)]);
        return splits.SelectMany(s => s).Where(m => m.Value is not null).GroupBy(m => (m.Id, m.Subject)).Where(g => g.Count() == splits.Length).ToDictionary(g => g.Key, g =>
        {
            double[] values = [.. g.Select(m => m.Value!.Value).Order()];
            return new Interval(Quantile.OfSorted(values, 0.05), Quantile.OfSorted(values, 0.95), $"5 % to 95 % of {values.Length} random real-against-real splits", 0.9);
        });
    }

    /// <summary>The figures of one pair; the same ids and subjects for every pair of one input.</summary>
    protected abstract IEnumerable<Measure> Compute(TablePair pair, MetricInput input);
}
