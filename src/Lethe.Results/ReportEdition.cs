namespace Lethe.Results;

/// <summary>How much a report shows. It is computed from real patients, so what it prints is itself a release.</summary>
public enum ReportEdition
{
    /// <summary>Everything; stays inside the institution.</summary>
    Internal,

    /// <summary>No real rows, no extremes, no cells under 10, rounded rates, no per-patient figures.</summary>
    Release,
}
