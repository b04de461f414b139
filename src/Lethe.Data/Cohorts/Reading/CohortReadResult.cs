using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Problems;

namespace Lethe.Data.Cohorts.Reading;

/// <summary>A cohort and the account of how it came about.</summary>
/// <param name="Cohort">The cohort.</param>
/// <param name="Tally">Every event read: kept, or left out for a stated reason.</param>
/// <param name="Warnings">What the user should know, without stopping.</param>
public sealed record CohortReadResult(Cohort Cohort, EventTally Tally, IReadOnlyList<DataProblem> Warnings)
{
    /// <summary>How many stays each criterion of the definition left; empty when no definition was applied.</summary>
    public Attrition Attrition { get; init; } = Attrition.None;
}
