using Lethe.Data.Cohorts;
using Lethe.Data.Tables;
using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Conditions;

namespace Lethe.Synthesis.Series.Halo;

/// <summary>
/// Exact ancestral sampling of a batch of stays: first rows (statics) until they meet the conditions, then visits until the end
/// code or the grid's end. Every stay draws from its own stream, so a stay is the same in any batch. Thread-safe.
/// </summary>
internal sealed class HaloSampler(HaloNetwork network, HaloCodec codec)
{
    // One in 20,000 first rows: beyond, the conditions are out of the model's reach.
    private const int MostAttempts = 20_000;

    private readonly CodeLevel _codes = new(network, codec);
    private readonly Lock _networkLock = new(); // the visit level runs on the network's own layers, which are not thread-safe

    public Cohort Sample(int stays, Seed seed, IReadOnlyList<Condition> conditions)
    {
        int groups = codec.Groups.Length;
        RandomStream[] streams = [.. Enumerable.Range(0, stays).Select(i => seed.Stream("stay", i))];
        int[] codes = new int[stays * groups], times = new int[stays], steps = new int[stays];
        Array.Fill(times, -1);
        Array.Fill(steps, -1);
        float[] rows = new float[stays * codec.Width], known = new float[stays * codec.Width], history = new float[stays * network.Width];
        bool[] ended = new bool[stays];
        double[][] statics = [.. codec.Statics.Select(_ => new double[stays])];
        (int Bin, float Value)[][] latest = [.. Enumerable.Range(0, stays).Select(_ => codec.Nothing)];
        CohortBuilder builder = new();
        KeyValueCache[] past = network.NewCaches(stays);
        for (int r = 0; r < codec.MostRows && !ended.All(e => e); r++)
        {
            lock (_networkLock)
                Advance(rows, known, times, past, history);
            if (r == 0)
                DrawStatics(history, codes, statics, conditions, streams);
            else
                Parallel.For(0, stays, i => DrawVisit(i));
            Array.Clear(rows);
            for (int i = 0; i < stays; i++)
            {
                if (!ended[i])
                    ended[i] = Place(i, r);
            }
        }

        return builder.Build(codec.Shape.Name, Statics(statics, stays), codec.Shape.Channels, codec.Shape.Outcomes);

        void DrawVisit(int i)
        {
            if (!ended[i])
                _codes.Draw(history.AsSpan(i * network.Width, network.Width), known.AsSpan(i * codec.Width, codec.Width), visit: true, codec.GapGroup, codes.AsSpan(i * groups, groups), streams[i]);
        }

        // Writes a drawn row where the next step reads it, and its readings to the cohort. True when the stay ends.
        bool Place(int i, int r)
        {
            ReadOnlySpan<int> row = codes.AsSpan(i * groups, groups);
            if (r > 0)
            {
                steps[i] += codec.DrawGap(row[codec.GapGroup], streams[i]);
                if (steps[i] >= codec.Steps)
                    return true;
                codec.Decode(row, i, steps[i], latest[i], builder, streams[i]);
            }

            times[i] = steps[i] + 1;
            for (int g = 0; g < groups; g++)
            {
                if (row[g] >= 0)
                    rows[(i * codec.Width) + codec.Groups[g].First + row[g]] = 1;
            }

            network.Remember(rows.AsSpan(i * codec.Width, codec.Width), known.AsSpan(i * codec.Width, codec.Width));
            return row[codec.EndGroup] == 1;
        }
    }

    private void Advance(float[] rows, float[] known, int[] times, KeyValueCache[] past, float[] history)
    {
        Tape tape = new() { Recording = false };
        tape.Reset();
        network.Step(tape.Input(rows, new Shape(times.Length, codec.Width)), tape.Input(known, new Shape(times.Length, codec.Width)), times, past).Values.CopyTo(history);
    }

    /// <summary>First rows, drawn until they meet the conditions: exact, and no visit is drawn in vain.</summary>
    private void DrawStatics(float[] history, int[] codes, double[][] statics, IReadOnlyList<Condition> conditions, RandomStream[] streams)
    {
        int groups = codec.Groups.Length;
        Condition?[] wanted = [.. codec.Statics.Select(s => conditions.FirstOrDefault(c => c.Column == s.Column.Name))];
        double[] cells = new double[codec.Statics.Count];
        float[] nothing = new float[codec.Width];
        for (int i = 0; i < streams.Length; i++)
        {
            for (int attempt = 0; ; attempt++)
            {
                Span<int> row = codes.AsSpan(i * groups, groups);
                _codes.Draw(history.AsSpan(i * network.Width, network.Width), nothing, visit: false, codec.GapGroup, row, streams[i]);
                bool met = true;
                for (int s = 0; s < cells.Length; s++)
                {
                    cells[s] = codec.Statics[s].Draw(row[s], streams[i]);
                    met &= wanted[s] is not { } condition || (condition.Codes is null ? condition.Accepts(cells[s]) : condition.Accepts((int)cells[s]));
                }

                if (met)
                    break;
                if (attempt == MostAttempts)
                    throw new SynthesisException($"No stay that meets the conditions was drawn in {MostAttempts} attempts; relax them.");
            }

            for (int s = 0; s < cells.Length; s++)
                statics[s][i] = cells[s];
        }
    }

    private Table Statics(double[][] cells, int stays)
    {
        Column[] columns = [.. codec.Statics.Select((s, j) => s.Build(cells[j]))];
        return codec.Shape.Statics(columns.Length == 0 ? null : new Table(columns, codec.Shape.Name), stays);
    }
}
