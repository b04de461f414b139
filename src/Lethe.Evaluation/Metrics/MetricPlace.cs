namespace Lethe.Evaluation.Metrics;

/// <summary>Where a metric's figures stand in the fidelity section.</summary>
public enum MetricPlace
{
    /// <summary>Figures about the whole table.</summary>
    Overall,

    /// <summary>Figures of single columns.</summary>
    Columns,

    /// <summary>Detection by a classifier.</summary>
    Detection,

    /// <summary>Clinical plausibility.</summary>
    Plausibility,

    /// <summary>New rows, copies, distances.</summary>
    Novelty,
}
