using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Data.Tables;

namespace Lethe.Synthesis.Series;

/// <summary>What every method for time series checks first.</summary>
internal static class TrainingCohort
{
    /// <summary>The training cohort, when it can be learnt.</summary>
    /// <exception cref="SynthesisException">Not a cohort, or one without stay, channel or event.</exception>
    public static Cohort Of(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train is not Cohort cohort)
            throw new SynthesisException($"This method learns from cohorts of time series, not from a {train.GetType().Name.ToLowerInvariant()}; choose a method for tables (see 'lethe list methods').");
        _ = CohortShape.Of(cohort);
        return cohort.EventCount > 0
            ? cohort
            : throw new SynthesisException("The training cohort has no event: there is no time series to learn.");
    }

    /// <summary>The modelled static columns; null when there are none.</summary>
    public static Table? ModelledStatics(Cohort cohort)
    {
        Table modelled = cohort.Statics.Where(c => c.IsModelled);
        return modelled.Columns.Count == 0 ? null : modelled;
    }
}
