using Lethe.Results;

namespace Lethe.Evaluation.Metrics;

/// <summary>
/// A way of comparing a synthetic table with the real one. Every figure comes with the same figure of the real holdout, where there
/// is one: the value that a perfect generator would reach.
/// </summary>
public interface IMetric
{
    /// <summary>How the metric announces itself.</summary>
    Descriptor Descriptor { get; }

    /// <summary>Where its figures stand.</summary>
    MetricPlace Place { get; }

    /// <summary>Named figures with direction, range and reference. Deterministic for the input's seed.</summary>
    IReadOnlyList<Measure> Evaluate(MetricInput input);
}
