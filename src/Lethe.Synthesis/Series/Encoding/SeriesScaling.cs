namespace Lethe.Synthesis.Series.Encoding;

/// <summary>How readings are brought to [0, 1] before a network sees them.</summary>
public enum SeriesScaling
{
    /// <summary><see cref="MinMax"/> when every cell of the training grid is observed (benchmark windows), else <see cref="Quantile"/>.</summary>
    Auto,

    /// <summary>(x − min)/(max − min) over the training readings, as the papers of the 24-step benchmarks do.</summary>
    MinMax,

    /// <summary>
    /// Rank in the training readings, between their 0.5 % and 99.5 % quantiles: robust to outliers and heavy tails, and the exact
    /// smallest and largest reading of a patient are not learnt.
    /// </summary>
    Quantile,
}
