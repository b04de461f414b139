using System.Globalization;
using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Encoders;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Series.Encoding;

namespace Lethe.Synthesis.Series.Ghosts;

/// <summary>
/// Cohort ⇄ irregular sequences with a time gap, values and masks per row (encoding E3), with per-stay normalisation: centre and
/// half-range of each channel over its observed readings become attributes, the course becomes a number in [0, 1] between
/// them (DoppelGANger, over observed readings of valid rows only). Lossy in a stated way: times are told by bins, and the
/// last reading of a channel in a bin counts. Learnt from training stays alone. Immutable, thread-safe.
/// </summary>
internal sealed class GhostsEncoder
{
    /// <summary>Rows that a stay has at most; later ones are left out of training.</summary>
    public const int MostRows = 128;

    /// <summary>Margin around a stay's readings, as published: a constant course has a range too.</summary>
    private const float Margin = 1e-4f;

    /// <summary>Moves are small beside values; stretched, the critic's bounded slope sees jitter sooner.</summary>
    public const float MoveScale = 2;

    private readonly ChannelScale[] _scales; // by channel of the cohort
    private readonly int[] _order; // channel of the cohort, by channel of the layout
    private readonly float[] _medians; // scaled, by numeric channel: the centre of what was never observed
    private readonly int[] _seen; // by level column: 1 for a level that some training stay had
    private readonly GapScale _gaps;

    private GhostsEncoder(CohortShape shape, GhostsLayout layout, GapScale gaps, ChannelScale[] scales, float[] medians, int[] seen, RowEncoder? statics) =>
        (Shape, Layout, _gaps, _scales, _medians, _seen, Statics, _order) = (shape, layout, gaps, scales, medians, seen, statics, Order(shape));

    /// <summary>What the cohort looks like.</summary>
    public CohortShape Shape { get; }

    /// <summary>Where numbers stand.</summary>
    public GhostsLayout Layout { get; }

    /// <summary>Encodes static columns; null without any.</summary>
    public RowEncoder? Statics { get; }

    /// <summary>Attributes that are static numbers.</summary>
    public IEnumerable<int> StaticNumbers => Statics?.Blocks.Where(b => b.Role == BlockRole.Scalar).Select(b => b.Offset) ?? [];

    /// <summary>How gaps are told.</summary>
    public GapScale Gaps => _gaps;

    /// <summary>Scaled population medians, by numeric channel.</summary>
    public ReadOnlySpan<float> Medians => _medians;

    /// <summary>What fitting has learnt from the data, one sentence each, for reports.</summary>
    public IReadOnlyList<string> LearntFromData =>
    [
        "Scale of every channel (smallest and largest reading, or 100 quantiles) and its median.",
        string.Create(CultureInfo.InvariantCulture, $"Median and largest time gap, the end of the window ({_gaps.Window} h), and the largest number of rows of a stay ({Layout.Steps}, rounded up to whole blocks of {Layout.Block})."),
        .. Statics is null ? Array.Empty<string>() : ["Ranges and levels of the static columns."],
    ];

    /// <summary>Learns the encoding.</summary>
    /// <exception cref="SynthesisException">No stay, no channel, or no reading after admission.</exception>
    public static GhostsEncoder Fit(Cohort train, GhostsSettings settings, CancellationToken cancellation)
    {
        CohortShape shape = CohortShape.Of(train);
        double bin = settings.BinHours;
        EventSequence rows = EventSequenceCodec.Encode(Binned(train, bin), out _);
        if (rows.GapHours.Length == 0)
            throw new SynthesisException("No reading lies after admission; check the cohort's anchor.");
        int most = Enumerable.Range(0, train.Count).Max(rows.Length), block = settings.BlockFor(Math.Min(most, MostRows));
        bool hasMask = rows.Mask.Contains((byte)0) || Enumerable.Range(0, train.Count).Any(i => rows.Length(i) == 0);
        ChannelScale[] scales = new ChannelScale[shape.Channels.Count];
        for (int c = 0; c < scales.Length; c++)
            scales[c] = ChannelScale.Fit(Readings(rows, c), ranks: hasMask);
        int[] order = Order(shape);
        int numbers = shape.Channels.Count(c => c.Kind != ChannelKind.Categorical);
        float[] medians = [.. order.Take(numbers).Select(c => Median([.. Readings(rows, c).Select(v => scales[c].Scale(v))]))];
        RowEncoder? statics = TrainingCohort.ModelledStatics(train) is { } table ? RowEncoder.Fit(table, NumericCoding.MinMax, cancellation) : null;
        GhostsLayout layout = new((Math.Min(most, MostRows) + block - 1) / block * block, block, numbers, LevelsOf(shape, order, numbers), hasMask, statics?.Width ?? 0);
        return new GhostsEncoder(shape, layout, GapScale.Fit([.. rows.GapHours], bin, LastBin(rows, bin) + 1), scales, medians, Seen(rows, layout, order), statics);
    }

    /// <summary>The bin width that a preset takes by itself: the smallest doubling of <paramref name="hours"/> with which nearly all stays fit.</summary>
    public static double BinFor(Cohort train, double hours)
    {
        for (double bin = hours; ; bin *= 2)
        {
            EventSequence rows = EventSequenceCodec.Encode(Binned(train, bin), out _);
            int[] lengths = [.. Enumerable.Range(0, train.Count).Select(rows.Length).Order()];
            if (lengths[(lengths.Length - 1) * 95 / 100] <= MostRows)
                return bin;
        }
    }

    /// <summary>Lays stays of the same channels and statics out for the critic.</summary>
    public GhostsData Encode(Cohort cohort, Seed seed)
    {
        EventSequence rows = EventSequenceCodec.Encode(Binned(cohort, _gaps.BinHours), out _);
        GhostsData data = new(Layout, cohort.Count, new float[checked(cohort.Count * Layout.RowWidth)], new int[cohort.Count]);
        float[] statics = Statics is null ? [] : Statics.Encode(cohort.Statics, seed);
        for (int i = 0; i < cohort.Count; i++)
        {
            data.Lengths[i] = Math.Clamp(rows.Length(i), 1, Layout.Steps);
            statics.AsSpan(i * Layout.Statics, Layout.Statics).CopyTo(data.Attributes(i));
            EncodeSteps(rows, i, data);
            for (int j = 0; j < Layout.Channels; j++)
                Normalise(data, i, j);
        }

        return data;
    }

    /// <summary>Makes a cohort of generated stays.</summary>
    /// <param name="data">What the networks gave, masks 0 or 1.</param>
    /// <param name="statics">The modelled static columns; null when there are none.</param>
    /// <param name="map">Post-processing of levels; null for none.</param>
    public Cohort Decode(GhostsData data, Table? statics, MarginalMap? map)
    {
        CohortBuilder builder = new();
        float[] readings = new float[Layout.Steps];
        int[] bins = new int[Layout.Steps];
        for (int i = 0; i < data.Count; i++)
        {
            int length = Bins(data, i, bins);
            for (int j = 0; j < Layout.Channels; j++)
            {
                if (!_scales[_order[j]].Observed)
                    continue;
                int count = 0;
                for (int t = 0; j < Layout.Numbers && t < length; t++)
                {
                    if (data.Observed(i, t, j))
                        readings[count++] = data.Reading(i, t, j);
                }

                map?.Apply(j, readings.AsSpan(0, count));
                count = 0;
                for (int t = 0; t < length; t++)
                {
                    if (!data.Observed(i, t, j))
                        continue;
                    double value = j < Layout.Numbers ? _scales[_order[j]].Unscale(readings[count++], Shape.Channels[_order[j]].Decimals) : LevelOf(data.Step(i, t), j);
                    builder.Add(i, (float)((bins[t] + 0.5) * _gaps.BinHours), _order[j], (float)value);
                }
            }
        }

        return builder.Build(Shape.Name, Shape.Statics(statics, data.Count), Shape.Channels, Shape.Outcomes);
    }

    /// <summary>Writes what decoding needs.</summary>
    public void Save(ModelWriter writer)
    {
        Shape.Save(writer);
        ModelWriter part = writer.Part("rows");
        part.State["steps"] = Layout.Steps;
        part.State["block"] = Layout.Block;
        part.State["mask"] = Layout.HasMask;
        _gaps.Save(part);
        part.Add("medians", _medians, _medians.Length);
        part.Add("levels", _seen, _seen.Length);
        for (int c = 0; c < _scales.Length; c++)
            _scales[c].Save(part, ScaleName(c));
        Statics?.Save(writer.Part("statics"));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static GhostsEncoder Load(ModelReader reader)
    {
        CohortShape shape = CohortShape.Load(reader);
        ModelReader part = reader.Part("rows", reader.Schema);
        int steps = part.Value<int>("steps"), block = part.Value<int>("block");
        ModelReader.Require(block is > 0 and <= MostRows && steps is > 0 and <= 2 * MostRows && steps % block == 0, "rows", "have an impossible size");
        RowEncoder? statics = shape.StaticCount == 0 ? null : RowEncoder.Load(reader.Part("statics", shape.Schema.WithColumns(shape.Schema.Columns.Skip(1))));
        int[] order = Order(shape);
        int numbers = shape.Channels.Count(c => c.Kind != ChannelKind.Categorical);
        GhostsLayout layout = new(steps, block, numbers, LevelsOf(shape, order, numbers), part.Value<bool>("mask"), statics?.Width ?? 0);
        float[] medians = part.Floats("medians", numbers);
        ModelReader.Require(medians.All(float.IsFinite), "medians", "hold a number that is not finite");
        return new GhostsEncoder(shape, layout, GapScale.Load(part), [.. shape.Channels.Select((_, c) => ChannelScale.Load(part, ScaleName(c)))], medians, part.IntsWithin("levels", 0, 1, layout.LevelWidth), statics);
    }

    private void EncodeSteps(EventSequence rows, int stay, GhostsData data)
    {
        double hours = 0;
        int length = data.Lengths[stay], padding = GenerationFlags.PaddingFrom(length, Layout.Block);
        for (int t = 0; t < padding; t++)
        {
            Span<float> step = data.Step(stay, t);
            (step[Layout.FirstFlag], step[Layout.FirstFlag + 1]) = GenerationFlags.Of(t, length, Layout.Block);
            if (t >= length || rows.Length(stay) == 0)
                continue;
            int row = rows.Offsets[stay] + t;
            hours += rows.GapHours[row];
            step[0] = _gaps.Scale(rows.GapHours[row]);
            step[Layout.Time] = (float)(hours / _gaps.Window);
            int at = 1;
            for (int j = 0; j < Layout.Channels; j++)
            {
                int width = j < Layout.Numbers ? 1 : Layout.Levels[j - Layout.Numbers], cell = (row * rows.Channels) + _order[j];
                if (rows.Mask[cell] != 0)
                {
                    if (j < Layout.Numbers)
                        step[at] = _scales[_order[j]].Scale(rows.Values[cell]);
                    else
                        step[at + Math.Clamp((int)MathF.Round(rows.Values[cell]), 0, width - 1)] = 1;
                    if (Layout.HasMask)
                        step[Layout.FirstMask + j] = 1;
                }

                at += width;
            }
        }
    }

    /// <summary>Scaled readings of a numeric channel → place between the stay's own bounds; bounds → attributes. For all channels the "never observed" bit.</summary>
    private void Normalise(GhostsData data, int stay, int channel)
    {
        float low = float.MaxValue, high = float.MinValue;
        bool seen = false;
        for (int t = 0; t < data.Lengths[stay]; t++)
        {
            if (!data.Observed(stay, t, channel))
                continue;
            seen = true;
            float value = channel < Layout.Numbers ? data.Step(stay, t)[1 + channel] : 0;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        Span<float> additional = data.Attributes(stay)[Layout.Statics..];
        if (Layout.HasMask)
            additional[(2 * Layout.Numbers) + channel] = seen ? 0 : 1;
        if (channel >= Layout.Numbers)
            return;
        (low, high) = (low - Margin, high + Margin);
        additional[channel] = seen ? (low + high) / 2 : _medians[channel];
        additional[Layout.Numbers + channel] = seen ? (high - low) / 2 : 0;
        float before = float.NaN;
        for (int t = 0; t < data.Lengths[stay]; t++)
        {
            if (!data.Observed(stay, t, channel))
                continue;
            Span<float> step = data.Step(stay, t);
            float place = (step[1 + channel] - low) / (high - low);
            step[1 + channel] = place;
            step[Layout.FirstMove + channel] = float.IsNaN(before) ? 0 : (place - before) * MoveScale;
            before = place;
        }
    }

    /// <summary>Bins of the rows of a generated stay that lie in the window; gives their number.</summary>
    private int Bins(GhostsData data, int stay, int[] bins)
    {
        int bin = -1;
        for (int t = 0; t < data.Lengths[stay]; t++)
        {
            bin = _gaps.Next(bin, data.Step(stay, t)[0]);
            if (bin >= _gaps.Bins)
                return t;
            bins[t] = bin;
        }

        return data.Lengths[stay];
    }

    private int LevelOf(ReadOnlySpan<float> step, int channel)
    {
        int first = 0, best = -1;
        for (int k = Layout.Numbers; k < channel; k++)
            first += Layout.Levels[k - Layout.Numbers];
        ReadOnlySpan<float> scores = step.Slice(1 + Layout.Numbers + first, Layout.Levels[channel - Layout.Numbers]);
        for (int l = 0; l < scores.Length; l++)
            best = _seen[first + l] != 0 && (best < 0 || scores[l] > scores[best]) ? l : best;
        return Math.Max(0, best);
    }

    /// <summary>The same events at the middle of their bins; readings before admission are left out.</summary>
    private static Cohort Binned(Cohort cohort, double binHours)
    {
        CohortBuilder builder = new();
        for (int i = 0; i < cohort.Count; i++)
        {
            StayEvents events = cohort[i];
            for (int e = 0; e < events.Count; e++)
            {
                if (events.Times[e] >= 0)
                    builder.Add(i, (float)((Math.Floor(events.Times[e] / binHours) + 0.5) * binHours), events.Channels[e], events.Values[e]);
            }
        }

        return builder.Build(cohort.Name, cohort.Statics, cohort.Channels, cohort.Outcomes);
    }

    private static int LastBin(EventSequence rows, double binHours)
    {
        double latest = 0;
        for (int i = 0; i + 1 < rows.Offsets.Length; i++)
        {
            double hours = 0;
            for (int row = rows.Offsets[i]; row < rows.Offsets[i + 1]; row++)
                hours += rows.GapHours[row];
            latest = Math.Max(latest, hours);
        }

        return (int)Math.Floor(latest / binHours);
    }

    private static List<float> Readings(EventSequence rows, int channel)
    {
        List<float> readings = [];
        for (int at = channel; at < rows.Values.Length; at += rows.Channels)
        {
            if (rows.Mask[at] != 0)
                readings.Add(rows.Values[at]);
        }

        return readings;
    }

    private static int[] Seen(EventSequence rows, GhostsLayout layout, int[] order)
    {
        int[] seen = new int[layout.LevelWidth];
        for (int k = 0, first = 0; k < layout.Levels.Length; first += layout.Levels[k++])
        {
            foreach (float level in Readings(rows, order[layout.Numbers + k]))
                seen[first + Math.Clamp((int)MathF.Round(level), 0, layout.Levels[k] - 1)] = 1;
        }

        return seen;
    }

    private static float Median(float[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0.5f : values[values.Length / 2];
    }

    private static int[] Order(CohortShape shape) =>
        [.. Enumerable.Range(0, shape.Channels.Count).OrderBy(c => shape.Channels[c].Kind == ChannelKind.Categorical ? 1 : 0)];

    private static int[] LevelsOf(CohortShape shape, int[] order, int numbers) => [.. order.Skip(numbers).Select(c => Math.Max(1, shape.Channels[c].Levels.Count))];

    private static string ScaleName(int channel) => string.Create(CultureInfo.InvariantCulture, $"scale.{channel}");
}
