using Lethe.Data;
using Lethe.Data.Cohorts;
using Lethe.Results;
using Lethe.Synthesis.Registry;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Statics;

namespace Lethe.Synthesis.Series.VectorAutoregression;

/// <summary>
/// Baseline that any network must beat: a vector autoregression with exogenous statics (Sims 1980; Lütkepohl 2005, ch. 10) of the
/// normal scores of ranks, Gaussian innovations with one correlation matrix, and a two-state Markov chain for each channel
/// that says when it is read. Deviations: equations are fitted by ridge to the steps at which their channel was read, with
/// earlier values carried forward; between readings a channel keeps its value; the first p readings have equations of their own;
/// channels with levels follow a Markov chain of their own. Innovations are drawn, never residuals, so nothing is copied.
/// </summary>
public sealed class VectorAutoregression : ISynthesizer
{
    internal static readonly Descriptor Announcement = new(
        "var",
        "Vector autoregression",
        "baseline",
        "Linear Gaussian dynamics of ranks given the statics, with a Markov chain for when each channel is read. A baseline that any network must beat.",
        "Sims, Macroeconomics and Reality, Econometrica 48 (1980); Lütkepohl, New Introduction to Multiple Time Series Analysis, Springer (2005).");

    private readonly VectorAutoregressionOptions _options;

    /// <summary>A vector autoregression with these settings.</summary>
    /// <exception cref="OptionException">A setting is out of range.</exception>
    public VectorAutoregression(VectorAutoregressionOptions? options = null)
    {
        _options = options ?? new VectorAutoregressionOptions();
        OptionSet<VectorAutoregressionOptions>.Validate(_options);
    }

    /// <summary>How the method announces itself.</summary>
    public static MethodRegistration Registration { get; } =
        MethodRegistration.For<VectorAutoregressionOptions>(Announcement, o => new VectorAutoregression(o), FittedVectorAutoregression.Load) with { LearnsCohorts = true, ConditionsExactly = true };

    /// <inheritdoc/>
    public Descriptor Descriptor => Announcement;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Options => OptionSet<VectorAutoregressionOptions>.Texts(_options);

    /// <inheritdoc/>
    public FittedSynthesizer Fit(Dataset train, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (Cohort cohort, SeriesEncoder encoder, SeriesData data, StaticModel statics, float[] encoded) = EncodedCohort.Of(train, new SeriesGridOptions(_options.BinHours, Scaling: SeriesScaling.Quantile), context);
        AutoregressionPanel panel = new(data, encoder);
        Autoregression dynamics = Autoregression.Fit(panel, encoded, _options.Order, _options.Ridge, context.Parallelism);
        ReadingChain[] readings = [.. cohort.Channels.Select((_, c) => ReadingsOf(panel, c))];
        ReadingChain?[] levels = [.. cohort.Channels.Select((channel, c) => channel.Kind == ChannelKind.Categorical ? LevelsOf(panel, c, encoder.ValueOf(c).Count) : null)];
        context.Progress?.Report(new FitProgress("channels", cohort.Channels.Count, cohort.Channels.Count));
        return new FittedVectorAutoregression(encoder, statics, dynamics, readings, levels);
    }

    private static ReadingChain ReadingsOf(AutoregressionPanel panel, int channel)
    {
        double[] starts = new double[2], moves = new double[4];
        for (int i = 0; i < panel.Stays; i++)
        {
            int last = -1;
            for (int t = 0; t < panel.Steps(i); t++)
            {
                int now = panel.IsRead(i, t, channel) ? 1 : 0;
                if (last < 0)
                    starts[now]++;
                else
                    moves[(last * 2) + now]++;
                last = now;
            }
        }

        return ReadingChain.Of(starts, moves);
    }

    private static ReadingChain LevelsOf(AutoregressionPanel panel, int channel, int levels)
    {
        double[] starts = new double[levels], moves = new double[levels * levels];
        for (int i = 0; i < panel.Stays; i++)
        {
            int last = -1;
            for (int t = 0; t < panel.Steps(i); t++)
            {
                if (!panel.IsRead(i, t, channel))
                    continue;
                int now = panel.LevelOf(i, t, channel);
                if (last < 0)
                    starts[now]++;
                else
                    moves[(last * levels) + now]++;
                last = now;
            }
        }

        return ReadingChain.Of(starts, moves);
    }
}
