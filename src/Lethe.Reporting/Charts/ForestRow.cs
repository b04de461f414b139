using Lethe.Results;

namespace Lethe.Reporting.Charts;

/// <summary>One row of a forest plot.</summary>
/// <param name="Label">Text on the left.</param>
/// <param name="Value">The estimate; the row says so when null.</param>
/// <param name="Interval">Its interval, or null.</param>
/// <param name="Reference">The same figure for the reference, or null.</param>
/// <param name="ReferenceInterval">Its interval, or null.</param>
public sealed record ForestRow(string Label, double? Value, Interval? Interval, double? Reference = null, Interval? ReferenceInterval = null)
{
    /// <summary>The row of a measure, labelled with its subject or name.</summary>
    public static ForestRow Of(Measure measure, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return new ForestRow(label ?? measure.Subject ?? measure.Name, measure.Value, measure.Interval, measure.Reference, measure.ReferenceInterval);
    }
}
