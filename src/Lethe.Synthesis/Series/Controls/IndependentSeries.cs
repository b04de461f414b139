using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Results;
using Lethe.Synthesis.Registry;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Tabular.Controls;

namespace Lethe.Synthesis.Series.Controls;

/// <summary>
/// Control: every static column and every cell of every channel drawn on its own. Marginals and rates of observation per step are
/// right, nothing else is: no course over time, no relation between channels or to the outcome. What a measure says about
/// it is what that measure cannot see.
/// </summary>
public sealed class IndependentSeries : ISynthesizer
{
    internal static readonly Descriptor Announcement = new(
        "independent-series",
        "Independent readings",
        "control",
        "Draws every static column and every reading on its own: right marginals and rates of observation, no course over time. A control, not a generator.",
        "Baseline without a source.");

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<NoOptions>(Announcement, _ => new IndependentSeries(), FittedIndependentSeries.Load) with { LearnsCohorts = true, ConditionsExactly = true, IsControl = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<NoOptions>.Texts(new NoOptions());

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Cohort cohort = TrainingCohort.Of(train);
        context.Cancellation.ThrowIfCancellationRequested();
        SeriesEncoder encoder = SeriesEncoder.Fit(cohort, new SeriesGridOptions(Scaling: SeriesScaling.Quantile));
        SeriesData data = encoder.Encode(cohort);
        float[] rates = new float[encoder.Steps * cohort.Channels.Count];
        int[] lasting = new int[encoder.Steps];
        float[] levels = new float[encoder.ValueWidth];
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<float> stay = data[i];
            for (int t = 0; t < data.Lengths[i]; t++)
            {
                lasting[t]++;
                for (int c = 0; c < cohort.Channels.Count; c++)
                    rates[(t * cohort.Channels.Count) + c] += encoder.HasMask ? stay[(t * data.Width) + encoder.ValueWidth + c] : 1;
                for (int v = 0; v < levels.Length; v++)
                    levels[v] += stay[(t * data.Width) + v];
            }
        }

        for (int t = 0; t < encoder.Steps; t++)
        {
            for (int c = 0; c < cohort.Channels.Count; c++)
                rates[(t * cohort.Channels.Count) + c] /= Math.Max(1, lasting[t]);
        }

        int[] lengths = new int[encoder.Steps + 1];
        foreach (int length in data.Lengths)
            lengths[length]++;
        FittedTableSynthesizer? columns = TrainingCohort.ModelledStatics(cohort) is { } table ? (FittedTableSynthesizer)new IndependentColumns().Fit(table, context) : null;
        context.Progress?.Report(new FitProgress("channels", cohort.Channels.Count, cohort.Channels.Count));
        return new FittedIndependentSeries(encoder, columns, rates, levels, lengths);
    }
}
