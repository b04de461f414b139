using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Series.Halo;

/// <summary>
/// Where training begins: b₂ at the logarithm of each code's frequency within its group, T at how much likelier a reading is
/// after the channel's last one, ln P(next | last) − ln P(next), F at how much likelier a first reading is given the outcome, and U at
/// how much likelier the other statics are given it, and later readings beyond what their last ones make them. What a stay shows once or a few times takes many passes to learn by
/// gradients. A group's probabilities keep their sum, so "not read" is as likely as before.
/// </summary>
internal static class HaloStart
{
    private const double Prior = 0.5;

    // A condition counts as if this many cases more had been seen under it, distributed as all are.
    private const double Shrinkage = 10;

    /// <summary>Sets the network's start.</summary>
    public static void Set(HaloNetwork network, HaloCodec codec, HaloRecords records)
    {
        int[] firsts = [.. network.TransitionRows];
        for (int g = 0; g < records.Groups; g++)
        {
            Frequencies(network.B2.Values.Slice(codec.Groups[g].First, codec.Groups[g].Width), records, g);
            int panel = Array.FindLastIndex(firsts, f => f <= codec.Groups[g].First);
            Transitions(network.Transitions[panel], codec.Groups[g].First - firsts[panel], codec.FirstReading(g), codec.Groups[g].Width, records, g);
            if (codec.StaticGroups == 0 || codec.Shape.Outcomes.Count == 0 || g == 0)
                continue;
            GivenOutcome(network, codec, records, g);
            if (g > codec.GapGroup)
                LaterGivenOutcome(network, codec, records, g, network.Transitions[panel], codec.Groups[g].First - firsts[panel]);
        }
    }

    private static void Frequencies(Span<float> bias, HaloRecords records, int group)
    {
        double[] counts = new double[bias.Length];
        Array.Fill(counts, Prior);
        for (int at = group; at < records.Codes.Length; at += records.Groups)
        {
            if (records.Codes[at] >= 0)
                counts[records.Codes[at]]++;
        }

        double total = counts.Sum();
        for (int k = 0; k < bias.Length; k++)
            bias[k] = (float)Math.Log(counts[k] / total);
    }

    /// <summary>Fills the block of a group in T, [next, last].</summary>
    private static void Transitions(Parameter t, int at, int firstReading, int width, HaloRecords records, int group)
    {
        int readings = width - firstReading;
        if (readings < 2)
            return;
        double[] pairs = new double[readings * readings], next = new double[readings]; // [last, next]
        Array.Fill(next, Prior);
        for (int i = 0; i < records.Count; i++)
        {
            int last = -1;
            for (int r = 0; r < records.RowsOf(i); r++)
            {
                int reading = records.Row(i, r)[group] - firstReading;
                if (reading < 0)
                    continue;
                if (last >= 0)
                    pairs[(last * readings) + reading]++;
                next[reading]++;
                last = reading;
            }
        }

        for (int last = 0; last < readings; last++)
        {
            for (int k = 0; k < readings; k++)
                t.Values[((at + firstReading + k) * t.Shape.Columns) + at + firstReading + last] = LogOdds(pairs.AsSpan(last * readings, readings), next, k);
        }
    }

    /// <summary>Fills the columns of the outcome, the first group: statics in U, first readings in F.</summary>
    private static void GivenOutcome(HaloNetwork network, HaloCodec codec, HaloRecords records, int group)
    {
        (CodeGroup own, CodeGroup outcome) = (codec.Groups[group], codec.Groups[0]);
        bool isStatic = group < codec.GapGroup;
        int first = codec.FirstReading(group), codes = own.Width - first;
        if (codes < 2)
            return;
        double[] pairs = new double[outcome.Width * codes], all = new double[codes]; // [outcome, code]
        Array.Fill(all, Prior);
        for (int i = 0; i < records.Count; i++)
        {
            for (int r = isStatic ? 0 : 1; r < (isStatic ? 1 : records.RowsOf(i)); r++)
            {
                int code = records.Row(i, r)[group] - first;
                if (code < 0)
                    continue;
                pairs[(records.Row(i, 0)[0] * codes) + code]++;
                all[code]++;
                break;
            }
        }

        (Parameter to, int columns) = isStatic ? (network.U, codec.Width) : (network.First, network.StaticWidth);
        for (int o = 0; o < outcome.Width; o++)
        {
            for (int k = 0; k < codes; k++)
                to.Values[((own.First + first + k) * columns) + o] = LogOdds(pairs.AsSpan(o * codes, codes), all, k);
        }
    }

    /// <summary>
    /// Adds to the columns of the outcome in U, and takes from F, ln of how often a reading follows under it over how often the last
    /// readings alone make it: the first step of iterative proportional fitting.
    /// </summary>
    private static void LaterGivenOutcome(HaloNetwork network, HaloCodec codec, HaloRecords records, int group, Parameter t, int at)
    {
        (CodeGroup own, CodeGroup outcome) = (codec.Groups[group], codec.Groups[0]);
        int first = codec.FirstReading(group), codes = own.Width - first;
        if (codes < 2)
            return;
        double[] pairs = new double[outcome.Width * codes * codes], next = new double[codes]; // [outcome, last, next]
        Array.Fill(next, Prior);
        for (int i = 0; i < records.Count; i++)
        {
            int last = -1, o = records.Row(i, 0)[0];
            for (int r = 1; r < records.RowsOf(i); r++)
            {
                int code = records.Row(i, r)[group] - first;
                if (code < 0)
                    continue;
                next[code]++;
                if (last >= 0)
                    pairs[(((o * codes) + last) * codes) + code]++;
                last = code;
            }
        }

        double all = next.Sum();
        for (int o = 0; o < outcome.Width; o++)
        {
            for (int k = 0; k < codes; k++)
            {
                double share = next[k] / all, seen = Shrinkage * share, expected = seen;
                for (int last = 0; last < codes; last++)
                {
                    Span<double> followed = pairs.AsSpan(((o * codes) + last) * codes, codes);
                    seen += followed[k];
                    expected += System.Numerics.Tensors.TensorPrimitives.Sum<double>(followed) * share * Math.Exp(t.Values[((at + first + k) * t.Shape.Columns) + at + first + last]);
                }

                float likelier = (float)Math.Log(seen / expected);
                network.U.Values[((own.First + first + k) * codec.Width) + o] += likelier;
                network.First.Values[((own.First + first + k) * network.StaticWidth) + o] -= likelier;
            }
        }
    }

    /// <summary>ln P(k | condition) − ln P(k), shrunken.</summary>
    private static float LogOdds(ReadOnlySpan<double> given, double[] all, int k)
    {
        double share = all[k] / all.Sum(), total = System.Numerics.Tensors.TensorPrimitives.Sum(given);
        return (float)Math.Log((given[k] + (Shrinkage * share)) / (total + Shrinkage) / share);
    }
}
