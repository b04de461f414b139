using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Codecs;

/// <summary>
/// Cohort ⇄ <see cref="TokenSequence"/>: readings become quantile bins of their channel, times become bins of fixed width
/// (the encoding of HALO, Theodorou et al. 2023). Lossy in a stated way: of several readings of a channel in one time bin
/// the last is kept; a decoded reading lies in the same value bin, a decoded time in the same time bin. Bin edges are
/// learnt from the training stays alone. Categorical channels have one bin a level. Immutable, thread-safe.
/// </summary>
public sealed class TokenCodec
{
    private readonly float[][] _edges;
    private readonly int[] _firstToken;

    private TokenCodec(IReadOnlyList<Channel> channels, float[][] edges, double binHours)
    {
        Channels = channels;
        BinHours = binHours;
        _edges = edges;
        _firstToken = new int[channels.Count + 1];
        for (int c = 0; c < channels.Count; c++)
            _firstToken[c + 1] = _firstToken[c] + BinsOf(c);
    }

    /// <summary>The channels, by index.</summary>
    public IReadOnlyList<Channel> Channels { get; }

    /// <summary>Width of a time bin in hours.</summary>
    public double BinHours { get; }

    /// <summary>Number of tokens of all channels.</summary>
    public int TokenCount => _firstToken[^1];

    /// <summary>Learns the value bins.</summary>
    /// <param name="train">Training stays.</param>
    /// <param name="bins">Quantile bins a channel, at least 2; channels with fewer distinct readings get one bin a reading.</param>
    /// <param name="binHours">Width of a time bin in hours.</param>
    public static TokenCodec Fit(Cohort train, int bins = 10, double binHours = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(binHours);
        List<float>[] readings = [.. train.Channels.Select(_ => new List<float>())];
        for (int e = 0; e < train.EventCount; e++)
            readings[train.ChannelOfEvent[e]].Add(train.Values[e]);
        float[][] edges = new float[readings.Length][];
        for (int c = 0; c < edges.Length; c++)
            edges[c] = train.Channels[c].Kind == ChannelKind.Categorical ? [] : Edges(readings[c], bins);
        return new TokenCodec(train.Channels, edges, binHours);
    }

    /// <summary>The channel and value bin of a token.</summary>
    public (int Channel, int Bin) Describe(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, TokenCount);
        int channel = Array.BinarySearch(_firstToken, token);
        channel = channel >= 0 ? channel : ~channel - 1;
        while (_firstToken[channel + 1] == _firstToken[channel])
            channel++; // a channel never observed owns no token
        return (channel, token - _firstToken[channel]);
    }

    /// <summary>The token of a reading; readings beyond the training range fall into the outermost bin.</summary>
    /// <exception cref="ArgumentException">The channel was never observed in training and has no bins.</exception>
    public int TokenOf(int channel, float value)
    {
        int bins = BinsOf(channel);
        if (bins == 0)
            throw new ArgumentException($"Channel '{Channels[channel].Name}' had no training reading, so it has no tokens.", nameof(channel));
        if (Channels[channel].Kind == ChannelKind.Categorical)
            return _firstToken[channel] + Math.Clamp((int)value, 0, bins - 1);
        float[] edges = _edges[channel];
        int at = Array.BinarySearch(edges, value);
        int bin = at >= 0 ? at : ~at - 1; // bins are closed on the left
        return _firstToken[channel] + Math.Clamp(bin, 0, bins - 1);
    }

    /// <summary>Turns a cohort into tokens; readings of channels without bins are left out and counted.</summary>
    public TokenSequence Encode(Cohort cohort, out long leftOut)
    {
        int[] stayOffsets = new int[cohort.Count + 1];
        List<int> visitOffsets = [0], tokens = [], gaps = [];
        Dictionary<int, float> latest = [];
        leftOut = 0;
        for (int i = 0; i < cohort.Count; i++)
        {
            StayEvents events = cohort[i];
            long previous = 0;
            for (int e = 0; e < events.Count;)
            {
                long step = StepOf(events.Times[e]);
                latest.Clear();
                for (; e < events.Count && StepOf(events.Times[e]) == step; e++)
                {
                    if (BinsOf(events.Channels[e]) == 0)
                        leftOut++;
                    else
                        latest[events.Channels[e]] = events.Values[e];
                }

                if (latest.Count == 0)
                    continue;
                int start = tokens.Count;
                foreach ((int channel, float value) in latest)
                    tokens.Add(TokenOf(channel, value));
                tokens.Sort(start, tokens.Count - start, null);
                visitOffsets.Add(tokens.Count);
                gaps.Add((int)(step - previous));
                previous = step;
                stayOffsets[i + 1]++;
            }

            stayOffsets[i + 1] += stayOffsets[i];
        }

        return new TokenSequence(stayOffsets, [.. visitOffsets], [.. tokens], [.. gaps]);
    }

    /// <summary>Turns tokens into a cohort: the time is the middle of the bin, a reading is uniform within its value bin.</summary>
    /// <param name="sequence">Visits of tokens.</param>
    /// <param name="statics">One row a stay.</param>
    /// <param name="name">Name of the cohort.</param>
    /// <param name="outcomes">Static columns that are outcomes.</param>
    /// <param name="stream">Draws the readings within their bins.</param>
    public Cohort Decode(TokenSequence sequence, Table statics, string name, IReadOnlyList<string> outcomes, RandomStream stream)
    {
        CohortBuilder builder = new();
        for (int i = 0; i + 1 < sequence.StayOffsets.Length; i++)
        {
            long step = 0;
            for (int v = sequence.StayOffsets[i]; v < sequence.StayOffsets[i + 1]; v++)
            {
                step += sequence.GapSteps[v];
                float hours = (float)((step + 0.5) * BinHours);
                for (int t = sequence.VisitOffsets[v]; t < sequence.VisitOffsets[v + 1]; t++)
                {
                    (int channel, int bin) = Describe(sequence.Tokens[t]);
                    builder.Add(i, hours, channel, Draw(channel, bin, stream));
                }
            }
        }

        return builder.Build(name, statics, Channels, outcomes);
    }

    private float Draw(int channel, int bin, RandomStream stream)
    {
        if (Channels[channel].Kind == ChannelKind.Categorical)
            return bin;
        float low = _edges[channel][bin], high = _edges[channel][bin + 1];
        double drawn = low + ((high - (double)low) * stream.NextDouble());
        float rounded = (float)Math.Round(drawn, Math.Min(Channels[channel].Decimals, 7));
        return rounded < low || (rounded >= high && high > low) ? low : rounded;
    }

    private long StepOf(float hours) => (long)Math.Floor(hours / BinHours);

    private int BinsOf(int channel) => Channels[channel].Kind == ChannelKind.Categorical
        ? Channels[channel].Levels.Count
        : Math.Max(0, _edges[channel].Length - 1);

    // Quantile edges with duplicates merged; the last edge lies just above the largest reading, so that every bin is half-open.
    private static float[] Edges(List<float> readings, int bins)
    {
        if (readings.Count == 0)
            return [];
        readings.Sort();
        SortedSet<float> edges = [];
        for (int b = 0; b < bins; b++)
            edges.Add(readings[(int)((long)b * readings.Count / bins)]);
        edges.Add(MathF.BitIncrement(readings[^1]));
        return [.. edges];
    }
}
