using Lethe.Results;

namespace Lethe.Studies.Runs;

/// <summary>A finished run.</summary>
/// <param name="Document">All that it found.</param>
/// <param name="Folder">Where its files are.</param>
public sealed record RunOutcome(RunDocument Document, RunFolder Folder)
{
    /// <summary>Checks and gates that were not met; a run with one is finished, but not called successful.</summary>
    public IReadOnlyList<Check> Missed { get; } =
        [.. Document.Method.CollapseChecks.Where(c => !c.Passed), .. Document.Decision.Gates.Where(g => !g.Passed)];
}
