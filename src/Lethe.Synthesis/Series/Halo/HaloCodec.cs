using System.Globalization;
using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Series.Encoding;

namespace Lethe.Synthesis.Series.Halo;

/// <summary>
/// Cohort ⇄ rows of codes (encoding E4). Groups in order: static columns, outcomes first; the gap in steps since the previous visit;
/// every observed channel with its value bins or levels and, where it is not always read, one code for "not read"; whether the
/// record ends. Statics and end belong to the first row, the rest and end to visits, the steps with at least one reading.
/// Lossy in a stated way: one reading a channel and step, at its middle, known to its bin. Immutable, thread-safe.
/// </summary>
internal sealed class HaloCodec
{
    private readonly StaticCodes[] _statics;
    private readonly ValueBins _gaps;
    private readonly ValueBins[] _bins;  // levels are numbers with a bin each
    private readonly bool[] _always;     // read at every visit
    private readonly int[] _channels;    // observed ones
    private readonly double[] _repeats;  // share of readings equal to the one before, among those in the same bin
    private readonly GridCodec? _grid;

    private HaloCodec(CohortShape shape, double binHours, int steps, StaticCodes[] statics, ValueBins gaps, int[] channels, ValueBins[] bins, bool[] always, double[] repeats, GridCodec? grid)
    {
        (Shape, BinHours, Steps, _statics, _gaps, _channels, _bins, _always, _repeats, _grid) = (shape, binHours, steps, statics, gaps, channels, bins, always, repeats, grid);
        int[] widths = [.. statics.Select(s => s.Width), gaps.Count, .. channels.Select((_, k) => ChannelWidth(k)), 2];
        Groups = new CodeGroup[widths.Length];
        for (int g = 0; g < widths.Length; g++)
        {
            Groups[g] = new CodeGroup(Width, widths[g]);
            Width += widths[g];
        }
    }

    public CohortShape Shape { get; }

    public double BinHours { get; }

    /// <summary>Most steps of a stay.</summary>
    public int Steps { get; }

    /// <summary>Groups of codes, in the order in which a row is generated.</summary>
    public CodeGroup[] Groups { get; }

    /// <summary>Number of codes V.</summary>
    public int Width { get; }

    /// <summary>Groups of the first row: statics come first, the end last.</summary>
    public int StaticGroups => _statics.Length;

    /// <summary>The group of the time gap: visits begin with it.</summary>
    public int GapGroup => _statics.Length;

    /// <summary>The group that says whether the record ends (code 1) after a row.</summary>
    public int EndGroup => Groups.Length - 1;

    /// <summary>First code of a group that is remembered: statics, and readings after "not read" where there is that; the group's width where none is.</summary>
    public int FirstReading(int group) =>
        group < GapGroup ? 0 : group == GapGroup || group == EndGroup ? Groups[group].Width : _always[group - GapGroup - 1] ? 0 : 1;

    /// <summary>Most rows of a stay: statics and one visit a step.</summary>
    public int MostRows => Steps + 1;

    public IReadOnlyList<StaticCodes> Statics => _statics;

    public IReadOnlyList<string> LearntFromData =>
    [
        "Value bins of every channel and numeric static column (quantiles between 0.5 % and 99.5 %, or the numbers themselves where they are few).",
        "How often a reading of a channel repeats the one before it.",
        "Which levels and channels occur, and the longest time gap.",
        string.Create(CultureInfo.InvariantCulture, $"The longest stay, at most {Steps} steps of {BinHours} h."),
    ];

    public static HaloCodec Fit(Cohort train, double binHours, int bins, int staticBins)
    {
        CohortShape shape = CohortShape.Of(train);
        int steps = SeriesEncoder.StepsFor(train, binHours);
        GridCodec codec = GridCodec.Fit(train, new GridOptions { BinHours = binHours, Steps = steps });
        Grid grid = codec.Encode(train);
        List<double>[] readings = [.. train.Channels.Select(_ => new List<double>())];
        int visits = 0, longest = 0;
        for (int i = 0; i < grid.Stays; i++)
        {
            foreach ((int step, int gap) in Visits(grid, i))
            {
                visits++;
                longest = Math.Max(longest, gap);
                for (int c = 0; c < readings.Length; c++)
                {
                    if (grid.Mask[grid.At(i, step, c)] != 0)
                        readings[c].Add(grid.Values[grid.At(i, step, c)]);
                }
            }
        }

        if (visits == 0)
            throw new SynthesisException(string.Create(CultureInfo.InvariantCulture, $"No reading lies within the {steps} steps of {binHours} h after admission; widen the window."));
        bool complete = readings.All(r => r.Count == visits);
        int[] channels = [.. Enumerable.Range(0, readings.Length).Where(c => readings[c].Count > 0)];
        bool[] always = [.. channels.Select(c => readings[c].Count == visits)];
        ValueBins[] values = [.. channels.Select(c => train.Channels[c].Kind == ChannelKind.Categorical
            ? ValueBins.OfEach(readings[c])
            : ValueBins.Fit(readings[c], bins, Math.Pow(10, -train.Channels[c].Decimals), clip: !complete))];
        return new HaloCodec(
            shape, binHours, steps,
            [.. StaticColumns(shape).Select(name => StaticCodes.Fit(train.Statics[name], staticBins))],
            ValueBins.OfGaps(longest),
            channels,
            values, always, [.. channels.Select((c, k) => RepeatsOf(grid, c, values[k]))], codec);
    }

    /// <summary>Turns stays of the same channels and columns into rows of codes.</summary>
    /// <exception cref="InvalidOperationException">The codec was loaded from a model file, which encodes no patients.</exception>
    public HaloRecords Encode(Cohort cohort)
    {
        Grid grid = (_grid ?? throw new InvalidOperationException("A codec from a model file only decodes.")).Encode(cohort);
        int[] offsets = new int[grid.Stays + 1];
        List<int> codes = [], times = [];
        for (int i = 0; i < grid.Stays; i++)
        {
            (int Step, int Gap)[] visits = [.. Visits(grid, i)];
            foreach (StaticCodes column in _statics)
                codes.Add(column.CodeOf(cohort.Statics[column.Column.Name], i));
            codes.AddRange(Enumerable.Repeat(-1, EndGroup - _statics.Length));
            codes.Add(visits.Length == 0 ? 1 : 0);
            times.Add(0);
            for (int v = 0; v < visits.Length; v++)
            {
                codes.AddRange(Enumerable.Repeat(-1, _statics.Length));
                codes.Add(_gaps.BinOf(visits[v].Gap));
                for (int k = 0; k < _channels.Length; k++)
                    codes.Add(ChannelCode(k, grid, grid.At(i, visits[v].Step, _channels[k])));
                codes.Add(v + 1 == visits.Length ? 1 : 0);
                times.Add(visits[v].Step + 1);
            }

            offsets[i + 1] = times.Count;
        }

        return new HaloRecords(offsets, Groups.Length, [.. codes], [.. times]);
    }

    /// <summary>What <see cref="Decode"/> knows of a stay before its first visit.</summary>
    public (int Bin, float Value)[] Nothing => [.. _channels.Select(_ => (-1, 0f))];

    /// <summary>Steps since the previous visit that a gap code stands for.</summary>
    public int DrawGap(int code, RandomStream stream) => Math.Max(1, (int)Math.Round(_gaps.Draw(code, stream)));

    /// <summary>Adds the readings of one visit: uniform in their bins, or the reading before again, as often as training has it within a bin.</summary>
    /// <param name="codes">The row's codes, one for each group.</param>
    /// <param name="stay">Row of the stay.</param>
    /// <param name="step">Step of the visit.</param>
    /// <param name="latest">Bin and reading of every observed channel so far, bin −1 before the first; brought up to date.</param>
    /// <param name="builder">Gets the readings.</param>
    /// <param name="stream">Draws readings within their bins.</param>
    public void Decode(ReadOnlySpan<int> codes, int stay, int step, Span<(int Bin, float Value)> latest, CohortBuilder builder, RandomStream stream)
    {
        for (int k = 0; k < _channels.Length; k++)
        {
            int code = codes[GapGroup + 1 + k] - (_always[k] ? 0 : 1);
            if (code < 0)
                continue;
            bool again = latest[k].Bin == code && stream.NextDouble() < _repeats[k];
            float value = again ? latest[k].Value : (float)Math.Round(_bins[k].Draw(code, stream), Shape.Channels[_channels[k]].Decimals);
            latest[k] = (code, value);
            builder.Add(stay, (float)((step + 0.5) * BinHours), _channels[k], value);
        }
    }

    public void Save(ModelWriter writer)
    {
        Shape.Save(writer);
        ModelWriter part = writer.Part("codes");
        part.State["bin_hours"] = BinHours;
        part.State["steps"] = Steps;
        part.Add("channels", _channels);
        part.Add("always", [.. _always.Select(a => a ? 1 : 0)]);
        part.Add("repeats", _repeats);
        _gaps.Save(part, "gap");
        for (int s = 0; s < _statics.Length; s++)
            _statics[s].Save(part, Name("static", s));
        for (int k = 0; k < _channels.Length; k++)
            _bins[k].Save(part, Name("channel", k));
    }

    public static HaloCodec Load(ModelReader reader)
    {
        CohortShape shape = CohortShape.Load(reader);
        ModelReader part = reader.Part("codes", reader.Schema);
        double hours = part.Value<double>("bin_hours");
        int steps = part.Value<int>("steps");
        ModelReader.Require(hours is > 0 and < 1e6 && steps is > 0 and <= 1_000_000, "codes", "have an impossible grid");
        int[] channels = part.IntsWithin("channels", 0, shape.Channels.Count - 1, -1), always = part.IntsWithin("always", 0, 1, channels.Length);
        ModelReader.Require(channels.Length > 0 && channels.Zip(channels.Skip(1)).All(p => p.First < p.Second), "channels", "are none or out of order");
        ValueBins gaps = ValueBins.Load(part, "gap");
        ValueBins[] bins = [.. channels.Select((_, k) => ValueBins.Load(part, Name("channel", k)))];
        double[] repeats = part.FiniteDoubles("repeats", channels.Length);
        ModelReader.Require(repeats.All(r => r is >= 0 and <= 1), "repeats", "are no shares");
        ModelReader.Require(gaps.Count > 0 && bins.All(b => b.Count > 0), "codes", "have a group without a bin");
        return new HaloCodec(
            shape, hours, steps,
            [.. StaticColumns(shape).Select((name, s) => StaticCodes.Load(part, Name("static", s), shape.Schema[name]))],
            gaps, channels, bins, [.. always.Select(a => a == 1)], repeats, null);
    }

    // Outcomes first: every later code is then generated given them.
    private static IEnumerable<string> StaticColumns(CohortShape shape) =>
        shape.Outcomes.Concat(shape.Schema.Columns.Skip(1).Select(c => c.Name)).Distinct();

    private static IEnumerable<(int Step, int Gap)> Visits(Grid grid, int stay)
    {
        int previous = -1;
        for (int t = 0; t < grid.Lengths[stay]; t++)
        {
            if (grid.Mask.AsSpan(grid.At(stay, t, 0), grid.Channels).Contains((byte)1))
            {
                yield return (t, t - previous);
                previous = t;
            }
        }
    }

    private static double RepeatsOf(Grid grid, int channel, ValueBins bins)
    {
        int same = 0, equal = 0;
        for (int i = 0; i < grid.Stays; i++)
        {
            float before = float.NaN;
            for (int t = 0; t < grid.Lengths[i]; t++)
            {
                int at = grid.At(i, t, channel);
                if (grid.Mask[at] == 0)
                    continue;
                if (!float.IsNaN(before) && bins.BinOf(before) == bins.BinOf(grid.Values[at]))
                    (same, equal) = (same + 1, equal + (before == grid.Values[at] ? 1 : 0));
                before = grid.Values[at];
            }
        }

        return same == 0 ? 0 : (double)equal / same;
    }

    private static string Name(string what, int index) => string.Create(CultureInfo.InvariantCulture, $"{what}.{index}");

    private int ChannelWidth(int k) => _bins[k].Count + (_always[k] ? 0 : 1);

    private int ChannelCode(int k, Grid grid, int at) =>
        grid.Mask[at] == 0 ? 0 : _bins[k].BinOf(grid.Values[at]) + (_always[k] ? 0 : 1);
}
