using Lethe.Data.Catalogue;

namespace Lethe.Studies.Runs;

/// <summary>What a run needs besides its configuration, and what never changes its results. Immutable.</summary>
public sealed record RunOptions
{
    /// <summary>True to replace a run that the folder already holds. Never the default.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Where the catalogue looks for files; null: on this machine only.</summary>
    public CatalogueOptions? Catalogue { get; init; }

    /// <summary>Told about stages and progress, from the running thread; null when nobody listens.</summary>
    public IProgress<RunEvent>? Progress { get; init; }

    /// <summary>The clock of log lines and durations.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Checked at least every training step.</summary>
    public CancellationToken Cancellation { get; init; }
}
