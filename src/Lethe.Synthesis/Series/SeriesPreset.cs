namespace Lethe.Synthesis.Series;

/// <summary>Sizes and lengths of training that "none" takes for a method on time series.</summary>
public enum SeriesPreset
{
    /// <summary>The paper's method sized for four processor cores.</summary>
    Cpu,

    /// <summary>The sizes and the number of steps of the published code.</summary>
    Paper,
}
