using System.Globalization;
using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Series.Encoding;

namespace Lethe.Synthesis.Series.DiffusionTs;

public sealed partial class FittedDiffusionTs
{
    /// <summary>
    /// Fills the cells of the grid that hold no reading, up to each stay's last step, with draws from the model given the stay's readings, its
    /// statics and where it was observed (guided sampling of the paper, §3.4; no training). Given readings are kept as they are;
    /// new ones stand at the middle of their step. Another seed gives another plausible completion.
    /// </summary>
    /// <param name="partial">Stays with the channels and static columns of the model.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="SynthesisException">The cohort has other channels or lacks a static column.</exception>
    public Cohort Impute(Cohort partial, Seed seed)
    {
        SeriesData given = Observe(partial);
        return Complete(partial, given, given.Lengths, given.Lengths, fillAll: true, seed);
    }

    /// <summary>
    /// Continues stays whose course is known until some hour to the end of the window, values and observation times alike, given the readings and
    /// statics. Readings before that hour are kept as they are, those after it are left out.
    /// </summary>
    /// <param name="prefix">Stays with the channels and static columns of the model.</param>
    /// <param name="hours">Until when the course is known, in hours from admission; counted in whole steps of the grid.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="untilHours">Where the stays end, for models of stays of different lengths; null: at the end of the window.</param>
    /// <exception cref="SynthesisException">The cohort has other channels or lacks a static column, or the hours leave nothing to forecast.</exception>
    public Cohort Forecast(Cohort prefix, double hours, Seed seed, double? untilHours = null)
    {
        int knownSteps = (int)Math.Floor(hours / _encoder.BinHours);
        int end = untilHours is { } until ? (int)Math.Clamp(Math.Ceiling(until / _encoder.BinHours), 1, _encoder.Steps) : _encoder.Steps;
        if (knownSteps < 0 || knownSteps >= end)
            throw new SynthesisException(string.Create(CultureInfo.InvariantCulture, $"A course known until {hours} h leaves nothing to forecast: the window has {end} steps of {_encoder.BinHours} h."));
        Cohort before = Before(prefix, (float)(knownSteps * _encoder.BinHours));
        int[] lengths = new int[before.Count], known = new int[before.Count];
        Array.Fill(lengths, end);
        Array.Fill(known, knownSteps);
        return Complete(before, Observe(before), lengths, known, fillAll: false, seed);
    }

    private SeriesData Observe(Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        string? lacking = Shape.Schema.Columns.Skip(1).Select(c => c.Name).FirstOrDefault(name => !cohort.Schema.TryGet(name, out _));
        if (lacking is not null)
            throw new SynthesisException($"The cohort has no static column '{lacking}', which the model's series depend on.");
        if (!cohort.Channels.Select(c => c.Name).SequenceEqual(Shape.Channels.Select(c => c.Name)))
            throw new SynthesisException($"The cohort's channels are not those of the model: {string.Join(", ", Shape.Channels.Select(c => c.Name))}.");
        return _encoder.Observe(cohort);
    }

    /// <summary>Draws what is not known of each stay and adds it to the given readings.</summary>
    /// <param name="given">The stays.</param>
    /// <param name="data">Their cells, each with its mask (see <see cref="SeriesEncoder.Observe"/>).</param>
    /// <param name="lengths">Steps of each stay.</param>
    /// <param name="knownSteps">Steps until which it is known which cells were observed.</param>
    /// <param name="fillAll">Every empty cell gets a reading; false: masks of the later steps are drawn too.</param>
    /// <param name="seed">Of the draws.</param>
    private Cohort Complete(Cohort given, SeriesData data, int[] lengths, int[] knownSteps, bool fillAll, Seed seed)
    {
        int channels = Shape.Channels.Count, width = _encoder.Width, values = _encoder.ValueWidth;
        float[] target = new float[data.Count * data.Steps * width], known = new float[target.Length];
        for (int i = 0; i < data.Count; i++)
        {
            for (int t = 0; t < knownSteps[i]; t++)
            {
                ReadOnlySpan<float> step = data[i].Slice(t * data.Width, data.Width);
                int at = ((i * data.Steps) + t) * width;
                for (int c = 0; c < channels; c++)
                {
                    bool observed = step[values + c] > 0;
                    (int first, int count) = _encoder.ValueOf(c);
                    for (int v = first; observed && v < first + count; v++)
                        (target[at + v], known[at + v]) = ((2 * step[v]) - 1, 1);
                    if (_encoder.HasMask)
                        (target[at + values + c], known[at + values + c]) = (observed ? 1 : -1, 1);
                }
            }
        }

        int steps = Math.Min(_plan.DiffusionSteps, Math.Max(GuidedSteps, _plan.SamplingSteps));
        float[] statics = _statics.Encode(given, _encoder, lengths, seed.Derive("statics"));
        SeriesData drawn = ToUnit(_encoder, _sampler.Draw(lengths, statics, steps, _plan.Eta, seed.Derive("series"), new KnownCells(target, known)), lengths);
        return Merge(given, data, Decided(drawn, fillAll), knownSteps, fillAll, seed);
    }

    // Imputation answers for every cell, so every mask says yes.
    private SeriesData Decided(SeriesData drawn, bool fillAll)
    {
        for (int at = 0; fillAll && at < drawn.Cells.Length; at += drawn.Width)
            drawn.Cells.AsSpan(at + _encoder.ValueWidth, _encoder.MaskWidth).Fill(1);
        return drawn;
    }

    private Cohort Merge(Cohort given, SeriesData data, SeriesData drawn, int[] knownSteps, bool fillAll, Seed seed)
    {
        MaskRule rule = fillAll ? MaskRule.Half(Shape.Channels.Count) : _masks;
        Cohort decoded = _encoder.Decode(drawn, Shape.StaticCount == 0 ? null : given.Statics, rule, seed.Stream("masks"));
        CohortBuilder builder = new();
        for (int i = 0; i < given.Count; i++)
        {
            Add(builder, i, given[i], static (_, _) => true);
            int stay = i;
            Add(builder, i, decoded[i], (time, channel) =>
            {
                int step = Math.Min(data.Steps - 1, (int)(time / _encoder.BinHours));
                bool observed = data[stay][(step * data.Width) + _encoder.ValueWidth + channel] > 0;
                return !observed && (fillAll || step >= knownSteps[stay]);
            });
        }

        return builder.Build(given.Name, given.Statics, Shape.Channels, given.Outcomes);
    }

    private static Cohort Before(Cohort cohort, float hours)
    {
        CohortBuilder builder = new();
        for (int i = 0; i < cohort.Count; i++)
            Add(builder, i, cohort[i], (time, _) => time < hours);
        return builder.Build(cohort.Name, cohort.Statics, cohort.Channels, cohort.Outcomes);
    }

    private static void Add(CohortBuilder builder, int stay, StayEvents events, Func<float, int, bool> keeps)
    {
        for (int e = 0; e < events.Count; e++)
        {
            if (keeps(events.Times[e], events.Channels[e]))
                builder.Add(stay, events.Times[e], events.Channels[e], events.Values[e]);
        }
    }
}
