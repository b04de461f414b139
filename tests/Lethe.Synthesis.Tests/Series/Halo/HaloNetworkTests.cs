using Lethe.Data.Cohorts;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Series.Halo;
using Lethe.Synthesis.Tests.Series.Contracts;

namespace Lethe.Synthesis.Tests.Series.Halo;

/// <summary>What makes sampling exact: nothing sees what is drawn after it.</summary>
public sealed class HaloNetworkTests
{
    private const int Stays = 2, Rows = 5;

    private static readonly HaloCodec Codec = HaloCodec.Fit(ContractCohorts.Mixed(), 1, 6, 6);

    [Fact]
    public void A_group_changes_the_logits_of_later_groups_and_rows_only()
    {
        HaloNetwork network = NewNetwork();
        float[] v = SomeRows(out int[] codes), plain = Logits(network, v);
        for (int g = 0; g < Codec.Groups.Length; g++)
        {
            CodeGroup group = Codec.Groups[g];
            if (group.Width < 2)
                continue;
            float[] changed = [.. v];
            int row = (1 * Rows) + 2, at = (row * Codec.Width) + group.First, code = codes[(row * Codec.Groups.Length) + g];
            (changed[at + code], changed[at + ((code + 1) % group.Width)]) = (0, 1);
            float[] logits = Logits(network, changed);
            int border = (row * Codec.Width) + group.First + group.Width; // the changed group itself stays
            Assert.Equal(plain[..border], logits[..border]);
            Assert.NotEqual(plain[((row + 1) * Codec.Width)..], logits[((row + 1) * Codec.Width)..]);
            if (g + 1 < Codec.Groups.Length)
                Assert.NotEqual(plain[border..((row + 1) * Codec.Width)], logits[border..((row + 1) * Codec.Width)]);
        }
    }

    [Fact]
    public void Masks_hold_after_training_steps()
    {
        HaloRecords records = Codec.Encode(ContractCohorts.Mixed());
        HaloSettings settings = new(16, 1, 2, 6, 6, 20, 3, 6, 1e-2, 1e-3);
        HaloTrainer trainer = new(records, records, Codec, new HaloOptions(), settings, new Seed(4));
        for (int step = 0; step < 6; step++)
            trainer.StepOnce(step);
        Parameter m1 = trainer.Network.M1;
        foreach (CodeGroup group in Codec.Groups)
        {
            int reach = trainer.Network.Width + group.First + group.Width;
            for (int j = trainer.Network.Width + group.First; j < reach; j++)
                Assert.Equal(-1, m1.Values.Slice((j * trainer.Network.Hidden) + reach, trainer.Network.Hidden - reach).IndexOfAnyExcept(0f));
        }
    }

    /// <summary>The visit level with caches and the code level with kept pre-activations give the probabilities of the whole network.</summary>
    [Fact]
    public void Step_by_step_equals_the_network_at_once()
    {
        HaloNetwork network = NewNetwork();
        float[] v = SomeRows(out _), logits = Logits(network, v);
        KeyValueCache[] past = network.NewCaches(Stays);
        float[] row = new float[Stays * Codec.Width], known = new float[Stays * Codec.Width];
        int[] times = [-1, -1];
        for (int r = 0; r < Rows; r++)
        {
            Tape tape = new() { Recording = false };
            tape.Reset();
            float[] h = network.Step(tape.Input(row, new Shape(Stays, Codec.Width)), tape.Input(known, new Shape(Stays, Codec.Width)), times, past).Values.ToArray();
            for (int i = 0; i < Stays; i++)
            {
                float[] now = v[(((i * Rows) + r) * Codec.Width)..(((i * Rows) + r + 1) * Codec.Width)];
                float[] expected = logits[(((i * Rows) + r) * Codec.Width)..(((i * Rows) + r + 1) * Codec.Width)];
                float[] actual = CodeLogits(network, [.. h[(i * network.Width)..((i + 1) * network.Width)], .. now], known[(i * Codec.Width)..((i + 1) * Codec.Width)]);
                Assert.All(Enumerable.Range(0, Codec.Width), k => Assert.Equal(expected[k], actual[k], 1e-4f));
                now.CopyTo(row, i * Codec.Width);
                network.Remember(now, known.AsSpan(i * Codec.Width, Codec.Width));
                times[i] = r;
            }
        }
    }

    /// <summary>Drawn codes follow the network's probabilities: chi-square over the channel group given everything before it.</summary>
    [Fact]
    public void Drawn_codes_follow_the_probabilities_of_the_network()
    {
        HaloNetwork network = NewNetwork();
        CodeLevel level = new(network, Codec);
        float[] history = new float[network.Width];
        new Seed(8).Stream("history").FillGaussian(history);
        RandomStream stream = new Seed(9).Stream("draws");
        const int Draws = 40_000;
        int first = Codec.GapGroup, second = first + 1;
        int[] codes = new int[Codec.Groups.Length];
        float[] known = new float[Codec.Width];
        known[Codec.Groups[second].First + 2] = 1;
        known[Codec.Groups[0].First + 1] = 1; // a static: part of every row
        Dictionary<int, int[]> counts = [];
        for (int i = 0; i < Draws; i++)
        {
            level.Draw(history, known, visit: true, Codec.GapGroup, codes, stream);
            Assert.All(codes[..Codec.StaticGroups], c => Assert.Equal(-1, c));
            counts.TryAdd(codes[first], new int[Codec.Groups[second].Width]);
            counts[codes[first]][codes[second]]++;
        }

        foreach ((int gap, int[] found) in counts)
        {
            int total = found.Sum();
            if (total < 1000)
                continue;
            float[] u = [.. history, .. new float[Codec.Width]];
            u[network.Width + Codec.Groups[first].First + gap] = 1;
            u[network.Width + Codec.Groups[0].First + 1] = 1;
            double[] e = [.. CodeLogits(network, u, known).Skip(Codec.Groups[second].First).Take(found.Length).Select(x => Math.Exp(x))];
            double statistic = found.Select((n, k) => Math.Pow(n - (total * e[k] / e.Sum()), 2) / (total * e[k] / e.Sum())).Sum();

            // Wilson–Hilferty for the one-in-a-million point of chi-square.
            double df = found.Length - 1, critical = df * Math.Pow(1 - (2 / (9 * df)) + (4.753 * Math.Sqrt(2 / (9 * df))), 3);
            Assert.True(statistic < critical, $"gap {gap}: chi-square {statistic:F1} above {critical:F1}");
        }
    }

    [Fact]
    public void A_stay_is_the_same_in_any_batch()
    {
        HaloSampler sampler = new(NewNetwork(), Codec);
        Cohort many = sampler.Sample(12, new Seed(3), []), few = sampler.Sample(3, new Seed(3), []);
        SeriesContract.AssertEqual(SeriesContract.Head(many, 3), few);
    }

    private static HaloNetwork NewNetwork()
    {
        HaloNetwork network = new(Codec, 16, 2, 2, 0, new Seed(2));

        // Initial weights are so small that every logit would be alike.
        RandomStream stream = new Seed(5).Stream("weights");
        foreach (Parameter p in network.Parameters.Where(p => p.Shape.Rank == 2))
        {
            foreach (ref float w in p.Values)
                w += (float)(0.2 * stream.NextGaussian());
        }

        network.ApplyMasks();
        network.Evaluate();
        return network;
    }

    private static float[] SomeRows(out int[] codes)
    {
        RandomStream stream = new Seed(6).Stream("rows");
        float[] v = new float[Stays * Rows * Codec.Width];
        codes = new int[Stays * Rows * Codec.Groups.Length];
        for (int r = 0; r < Stays * Rows; r++)
        {
            for (int g = 0; g < Codec.Groups.Length; g++)
            {
                int code = codes[(r * Codec.Groups.Length) + g] = stream.NextInt(Codec.Groups[g].Width);
                v[(r * Codec.Width) + Codec.Groups[g].First + code] = 1;
            }
        }

        return v;
    }

    private static float[] Logits(HaloNetwork network, float[] v)
    {
        Tape tape = new() { Recording = false };
        tape.Reset();
        return network.Forward(tape.Input(v, new Shape(Stays, Rows, Codec.Width)), [.. Enumerable.Range(0, Stays * Rows).Select(r => r % Rows)]).Values.ToArray();
    }

    // o = M₂ ReLU(M₁u + b₁) + b₂ + U v + T c + F s, written out.
    private static float[] CodeLogits(HaloNetwork network, float[] u, float[] known)
    {
        int d = network.Hidden, codes = Codec.Width;
        float[] hidden = [.. Enumerable.Range(0, d).Select(j => Math.Max(0, network.B1.Values[j] + Enumerable.Range(0, d).Sum(k => network.M1.Values[(j * d) + k] * u[k])))];
        int[] origins = [.. network.TransitionRows];
        return [.. Enumerable.Range(0, Codec.Width).Select(k => Transition(k) + First(k) + Enumerable.Range(0, codes).Sum(j => network.U.Values[(k * codes) + j] * u[network.Width + j]) + network.B2.Values[k] + Enumerable.Range(0, d).Sum(j => network.M2.Values[(k * d) + j] * hidden[j]))];

        float First(int k)
        {
            int g = Array.FindLastIndex(Codec.Groups, group => group.First <= k), reading = Codec.FirstReading(g), statics = network.StaticWidth;
            bool counts = g > Codec.GapGroup && g < Codec.EndGroup && k - Codec.Groups[g].First >= reading && !known.AsSpan(Codec.Groups[g].First, Codec.Groups[g].Width).Contains(1f);
            return counts ? Enumerable.Range(0, statics).Sum(j => network.First.Values[(k * statics) + j] * u[network.Width + j]) : 0;
        }

        float Transition(int k)
        {
            int p = Array.FindLastIndex(origins, o => o <= k), width = network.Transitions[p].Shape[0];
            return Enumerable.Range(0, width).Sum(j => network.Transitions[p].Values[((k - origins[p]) * width) + j] * known[origins[p] + j]);
        }
    }
}
