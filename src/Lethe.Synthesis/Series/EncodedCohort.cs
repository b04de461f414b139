using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Statics;

namespace Lethe.Synthesis.Series;

/// <summary>A training cohort made ready for a method that learns grids given statics: what every such method does first.</summary>
/// <param name="Cohort">The training stays.</param>
/// <param name="Encoder">The way to the grid and back.</param>
/// <param name="Data">The stays on the grid.</param>
/// <param name="Statics">The model of the statics that series are generated given.</param>
/// <param name="Conditions">The encoded statics of the training stays, stays × <see cref="StaticModel.Width"/>, row-major.</param>
internal sealed record EncodedCohort(Cohort Cohort, SeriesEncoder Encoder, SeriesData Data, StaticModel Statics, float[] Conditions)
{
    /// <summary>Checks the training data, learns encoder and statics, and encodes the stays.</summary>
    /// <exception cref="SynthesisException">Not a cohort, or one without stay, channel or reading inside the grid.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static EncodedCohort Of(Dataset train, SeriesGridOptions grid, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Cohort cohort = TrainingCohort.Of(train);
        context.Cancellation.ThrowIfCancellationRequested();
        SeriesEncoder encoder = SeriesEncoder.Fit(cohort, grid);
        SeriesData data = encoder.Encode(cohort);
        StaticModel statics = StaticModel.Fit(cohort, encoder, data.Lengths, context, out float[] conditions);
        return new EncodedCohort(cohort, encoder, data, statics, conditions);
    }
}
