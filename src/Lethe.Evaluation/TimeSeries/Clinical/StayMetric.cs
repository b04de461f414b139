using Lethe.Results;

namespace Lethe.Evaluation.TimeSeries.Clinical;

/// <summary>
/// A figure of two sets of stays, computed for training against synthetic stays and, as its reference, for training against holdout stays.
/// </summary>
internal abstract class StayMetric(Descriptor descriptor)
{
    public const string ReferenceName = "real holdout";

    public Descriptor Descriptor { get; } = descriptor;

    /// <summary>The figures; those with a subject are about one channel.</summary>
    public IReadOnlyList<Measure> Evaluate(StayMetricInput input)
    {
        Measure[] synthetic = [.. Compute(input.Train, input.Synthetic)];
        input.Cancellation.ThrowIfCancellationRequested();
        if (input.Holdout is null)
            return synthetic;
        Dictionary<(string, string?), Measure> reference = Compute(input.Train, input.Holdout).ToDictionary(m => (m.Id, m.Subject));
        return [.. synthetic.Select(m => reference.TryGetValue((m.Id, m.Subject), out Measure? r)
            ? m with { Reference = r.Value, ReferenceName = ReferenceName, N = m.N ?? input.Synthetic.Cohort.Count }
            : m)];
    }

    /// <summary>The figures of one pair; the same ids and subjects for every pair.</summary>
    protected abstract IEnumerable<Measure> Compute(StaySet real, StaySet other);

    /// <summary>Mean of the values that exist; NaN without any.</summary>
    protected static double MeanOf(IEnumerable<double> values)
    {
        double[] there = [.. values.Where(double.IsFinite)];
        return there.Length == 0 ? double.NaN : Statistics.Moments.Mean(there);
    }
}
