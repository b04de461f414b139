namespace Lethe.Data.Codecs;

/// <summary>How a channel's readings are brought to a common scale.</summary>
public enum Scaling
{
    /// <summary>(x − mean)/sd with the population standard deviation.</summary>
    Standard,

    /// <summary>(x − min)/(max − min), to [0, 1].</summary>
    MinMax,

    /// <summary>(x − median)/IQR; a zero IQR falls back to the standard deviation.</summary>
    Robust,

    /// <summary>Rank to the standard normal: type-7 quantiles, ties to the middle of their range, clipped to ±5.2.</summary>
    Quantile,
}
