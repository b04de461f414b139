using Lethe.Data.Schemas;

namespace Lethe.Data;

/// <summary>What generators learn from and evaluation compares: a <see cref="Tables.Table"/> or a cohort of time series. Immutable.</summary>
public abstract class Dataset
{
    /// <summary>The schema of the table, or of the static part of a cohort.</summary>
    public abstract Schema Schema { get; }

    /// <summary>Number of rows of a table, or of stays of a cohort.</summary>
    public abstract int Count { get; }
}
