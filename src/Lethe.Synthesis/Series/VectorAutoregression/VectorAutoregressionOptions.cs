using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Lethe.Synthesis.Series.VectorAutoregression;

/// <summary>Settings of the vector autoregression. Immutable.</summary>
public sealed record VectorAutoregressionOptions
{
    /// <summary>Number of earlier steps that a step depends on (p).</summary>
    [Description("Number of earlier steps that a step depends on.")]
    [Range(1, 24)]
    public int Order { get; init; } = 2;

    /// <summary>Ridge penalty on coefficients, in units of readings: raise it for cohorts of few stays.</summary>
    [Description("Ridge penalty on coefficients, in units of readings; raise it for cohorts of few stays.")]
    [Range(1e-6, 1e9)]
    public double Ridge { get; init; } = 10;

    /// <summary>Width of a step in hours.</summary>
    [Description("Width of a step in hours.")]
    [Range(0.01, 1000)]
    public double BinHours { get; init; } = 1;
}
