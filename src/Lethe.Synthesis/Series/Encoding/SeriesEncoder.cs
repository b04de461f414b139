using System.Globalization;
using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;

namespace Lethe.Synthesis.Series.Encoding;

/// <summary>
/// Cohort ⇄ what grid methods learn (encodings E1 and E2 of the literature): per step one number in [0, 1] a channel (one-hot for
/// channels with levels), then, where cells are missing, one mask a channel. Missing values are carried forward, before the
/// first reading they are the training mean. Lossy in the grid's stated way (one reading a channel and step, at its middle).
/// Learnt from training stays alone. Immutable, thread-safe.
/// </summary>
public sealed class SeriesEncoder
{
    /// <summary>Steps that a grid gets at most by itself: a week of hours.</summary>
    public const int MostSteps = 168;

    // Stays that all last for about the whole window differ by when the last reading happened to fall: that is the mask's to say.
    private const double NearlyWhole = 0.9;

    private readonly GridCodec? _grid;
    private readonly ChannelScale[] _scales;
    private readonly int[] _valueColumn;

    // By value column: 1, but 0 for a level that no training stay has; such a level is never decoded.
    private readonly int[] _seen;

    private SeriesEncoder(CohortShape shape, double binHours, int steps, bool hasMask, bool varies, ChannelScale[] scales, int[] seen, GridCodec? grid)
    {
        (Shape, BinHours, Steps, HasMask, LengthsVary, _scales, _seen, _grid) = (shape, binHours, steps, hasMask, varies, scales, seen, grid);
        _valueColumn = new int[shape.Channels.Count + 1];
        for (int c = 0; c < shape.Channels.Count; c++)
            _valueColumn[c + 1] = _valueColumn[c] + ValueColumns(shape.Channels[c]);
    }

    /// <summary>What the cohort looks like.</summary>
    public CohortShape Shape { get; }

    /// <summary>Width of a step in hours.</summary>
    public double BinHours { get; }

    /// <summary>Number of steps T.</summary>
    public int Steps { get; }

    /// <summary>True when some training cell was not observed, so that masks are part of the encoding.</summary>
    public bool HasMask { get; }

    /// <summary>True when stays end at different steps; the number of steps is then one of the static numbers.</summary>
    public bool LengthsVary { get; }

    /// <summary>Value columns of a step; they come first.</summary>
    public int ValueWidth => _valueColumn[^1];

    /// <summary>Mask columns of a step; they follow the values. 0 without masks, else one a channel.</summary>
    public int MaskWidth => HasMask ? Shape.Channels.Count : 0;

    /// <summary>Columns of a step D.</summary>
    public int Width => ValueWidth + MaskWidth;

    /// <summary>First value column of a channel, and how many it has.</summary>
    public (int First, int Count) ValueOf(int channel) => (_valueColumn[channel], _valueColumn[channel + 1] - _valueColumn[channel]);

    /// <summary>Channels with numbers instead of levels, of which a training stay has a reading.</summary>
    internal int[] NumericChannels =>
        [.. Enumerable.Range(0, Shape.Channels.Count).Where(c => Shape.Channels[c].Kind != ChannelKind.Categorical && _scales[c].Observed)];

    /// <summary>What fitting has learnt from the data, one sentence each, for reports.</summary>
    public IReadOnlyList<string> LearntFromData =>
    [
        "Scale of every channel (smallest and largest reading, or 100 quantiles; which levels occur).",
        "Mean of every channel, for steps before its first reading.",
        string.Create(CultureInfo.InvariantCulture, $"A grid of {Steps} steps of {BinHours} h, whether cells are missing, and whether stays end at different steps."),
    ];

    /// <summary>Learns the encoding from training stays.</summary>
    /// <exception cref="SynthesisException">No stay, no channel, or no reading inside the grid.</exception>
    public static SeriesEncoder Fit(Cohort train, SeriesGridOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        CohortShape shape = CohortShape.Of(train);
        int steps = options.Steps ?? StepsFor(train, options.BinHours);
        GridCodec codec = GridCodec.Fit(train, new GridOptions { BinHours = options.BinHours, Steps = steps });
        Grid grid = codec.Encode(train);
        bool complete = IsComplete(grid);
        int[] lengths = [.. grid.Lengths.Order()];
        bool varies = complete ? lengths[0] < lengths[^1] : lengths[lengths.Length / 20] < NearlyWhole * steps;
        bool ranks = options.Scaling == SeriesScaling.Quantile || (options.Scaling == SeriesScaling.Auto && !complete);
        ChannelScale[] scales = new ChannelScale[shape.Channels.Count];
        List<int> seen = [];
        for (int c = 0; c < scales.Length; c++)
        {
            List<float> readings = [];
            for (int at = c; at < grid.Values.Length; at += scales.Length)
            {
                if (grid.Mask[at] != 0)
                    readings.Add(grid.Values[at]);
            }

            scales[c] = ChannelScale.Fit(readings, ranks);
            seen.AddRange(LevelsSeen(shape.Channels[c], readings));
        }

        return grid.Mask.All(m => m == 0)
            ? throw new SynthesisException(string.Create(CultureInfo.InvariantCulture, $"No reading lies within the {steps} steps of {options.BinHours} h after admission; widen the window."))
            : new SeriesEncoder(shape, options.BinHours, steps, !complete, varies, scales, [.. seen], codec);
    }

    /// <summary>Lays stays of the same channels on the grid.</summary>
    /// <exception cref="InvalidOperationException">The encoder was loaded from a model file, which encodes no patients.</exception>
    public SeriesData Encode(Cohort cohort)
    {
        Grid grid = (_grid ?? throw new InvalidOperationException("An encoder from a model file only decodes.")).Encode(cohort);
        float[] cells = new float[grid.Stays * Steps * Width];
        int[] lengths = new int[grid.Stays];
        for (int i = 0; i < grid.Stays; i++)
        {
            lengths[i] = LengthsVary ? Math.Max(1, grid.Lengths[i]) : Steps;
            for (int t = 0; t < lengths[i]; t++)
                EncodeStep(grid, i, Math.Min(t, Math.Max(0, grid.Lengths[i] - 1)), observed: t < grid.Lengths[i], cells.AsSpan(((i * Steps) + t) * Width, Width));
        }

        return new SeriesData(grid.Stays, Steps, Width, cells, lengths);
    }

    /// <summary>
    /// Lays stays on the grid without filling anything in: values first, then one mask a channel whether or not the encoding has masks. Cells
    /// without a reading have mask 0 and no meaning. Also for encoders of loaded models.
    /// </summary>
    /// <param name="cohort">Stays of the same channels.</param>
    public SeriesData Observe(Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        Grid grid = GridCodec.Fit(cohort, new GridOptions { BinHours = BinHours, Steps = Steps }).Encode(cohort);
        int width = ValueWidth + _scales.Length;
        float[] cells = new float[grid.Stays * Steps * width];
        int[] lengths = new int[grid.Stays];
        for (int i = 0; i < grid.Stays; i++)
        {
            lengths[i] = LengthsVary ? Math.Max(1, grid.Lengths[i]) : Steps;
            for (int t = 0; t < grid.Lengths[i]; t++)
            {
                Span<float> step = cells.AsSpan(((i * Steps) + t) * width, width);
                EncodeValues(grid, i, t, step);
                for (int c = 0; c < _scales.Length; c++)
                    step[ValueWidth + c] = grid.Mask[grid.At(i, t, c)];
            }
        }

        return new SeriesData(grid.Stays, Steps, width, cells, lengths);
    }

    /// <summary>Makes a cohort of cells that a model gave.</summary>
    /// <param name="data">Cells of the same layout.</param>
    /// <param name="statics">The modelled static columns, one row a stay; null when there are none.</param>
    /// <param name="masks">How mask columns become yes or no; ignored without masks.</param>
    /// <param name="stream">Draws masks.</param>
    public Cohort Decode(SeriesData data, Table? statics, MaskRule masks, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(masks);
        CohortBuilder builder = new();
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<float> stay = data[i];
            for (int t = 0; t < data.Lengths[i]; t++)
            {
                ReadOnlySpan<float> step = stay.Slice(t * Width, Width);
                for (int c = 0; c < _scales.Length; c++)
                {
                    if (_scales[c].Observed && (!HasMask || masks.Observed(c, step[ValueWidth + c], stream)))
                        builder.Add(i, (float)((t + 0.5) * BinHours), c, ReadingOf(c, step));
                }
            }
        }

        return builder.Build(Shape.Name, Shape.Statics(statics, data.Count), Shape.Channels, Shape.Outcomes);
    }

    /// <summary>Writes what decoding needs.</summary>
    public void Save(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Shape.Save(writer);
        ModelWriter part = writer.Part("grid");
        part.State["bin_hours"] = BinHours;
        part.State["steps"] = Steps;
        part.State["mask"] = HasMask;
        part.State["lengths_vary"] = LengthsVary;
        part.Add("levels_seen", _seen);
        for (int c = 0; c < _scales.Length; c++)
            _scales[c].Save(part, ScaleName(c));
    }

    /// <summary>Reads what <see cref="Save"/> wrote; the result decodes only.</summary>
    /// <exception cref="InvalidDataException">It does not validate.</exception>
    public static SeriesEncoder Load(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        CohortShape shape = CohortShape.Load(reader);
        ModelReader part = reader.Part("grid", reader.Schema);
        double bin = part.Value<double>("bin_hours");
        int steps = part.Value<int>("steps");
        ModelReader.Require(bin is > 0 and < 1e6 && steps is > 0 and <= 1_000_000, "grid", "has an impossible size");
        return new SeriesEncoder(
            shape, bin, steps, part.Value<bool>("mask"), part.Value<bool>("lengths_vary"),
            [.. shape.Channels.Select((_, c) => ChannelScale.Load(part, ScaleName(c)))],
            part.IntsWithin("levels_seen", 0, 1, shape.Channels.Sum(ValueColumns)), null);
    }

    private static string ScaleName(int channel) => string.Create(CultureInfo.InvariantCulture, $"scale.{channel}");

    private static int ValueColumns(Channel channel) =>
        channel.Kind == ChannelKind.Categorical ? Math.Max(1, channel.Levels.Count) : 1;

    private static int[] LevelsSeen(Channel channel, List<float> readings)
    {
        int[] seen = new int[ValueColumns(channel)];
        if (channel.Kind != ChannelKind.Categorical || readings.Count == 0)
            Array.Fill(seen, 1);
        else
            readings.ForEach(r => seen[LevelOf(r, seen.Length)] = 1);
        return seen;
    }

    private static int LevelOf(float reading, int levels) => Math.Clamp((int)MathF.Round(reading), 0, levels - 1);

    private void EncodeStep(Grid grid, int stay, int step, bool observed, Span<float> to)
    {
        EncodeValues(grid, stay, step, to);
        for (int c = 0; c < MaskWidth; c++)
            to[ValueWidth + c] = observed ? grid.Mask[grid.At(stay, step, c)] : 0;
    }

    private void EncodeValues(Grid grid, int stay, int step, Span<float> to)
    {
        for (int c = 0; c < _scales.Length; c++)
        {
            int at = grid.At(stay, step, c);
            float value = float.IsNaN(grid.Values[at]) ? 0 : grid.Values[at];
            (int first, int count) = ValueOf(c);
            if (Shape.Channels[c].Kind == ChannelKind.Categorical)
                to[first + LevelOf(value, count)] = 1;
            else
                to[first] = _scales[c].Scale(value);
        }
    }

    private float ReadingOf(int channel, ReadOnlySpan<float> step)
    {
        Channel c = Shape.Channels[channel];
        (int first, int count) = ValueOf(channel);
        if (c.Kind == ChannelKind.Categorical)
        {
            int best = -1;
            for (int l = 0; l < count; l++)
            {
                if (_seen[first + l] > 0 && (best < 0 || step[first + l] > step[first + best]))
                    best = l;
            }

            return Math.Max(0, best);
        }

        return (float)_scales[channel].Unscale(step[first], c.Decimals);
    }

    internal static int StepsFor(Cohort train, double binHours)
    {
        float latest = 0;
        foreach (float t in train.Times)
            latest = Math.Max(latest, t);

        // A reading at exactly the end of a window belongs to it by convention of most cohorts, not to a step of its own.
        double steps = latest / binHours;
        bool onEdge = steps > 1 && steps == Math.Floor(steps) && CountAt(train, latest) * 20 < train.Count;
        return Math.Clamp(onEdge ? (int)steps : (int)Math.Floor(steps) + 1, 1, MostSteps);
    }

    private static int CountAt(Cohort train, float time)
    {
        int stays = 0;
        for (int i = 0; i < train.Count; i++)
            stays += train[i].Count > 0 && train[i].Times[^1] == time ? 1 : 0;
        return stays;
    }

    private static bool IsComplete(Grid grid)
    {
        for (int i = 0; i < grid.Stays; i++)
        {
            if (grid.Mask.AsSpan(grid.At(i, 0, 0), grid.Lengths[i] * grid.Channels).Contains((byte)0) || grid.Lengths[i] == 0)
                return false;
        }

        return true;
    }
}
