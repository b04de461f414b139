namespace Lethe.Reporting.Charts;

/// <summary>What a legend's swatches show.</summary>
public enum LegendStyle
{
    /// <summary>A piece of the line.</summary>
    Line,

    /// <summary>One point.</summary>
    Mark,

    /// <summary>A filled box.</summary>
    Area,
}
