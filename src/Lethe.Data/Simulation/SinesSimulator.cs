using Lethe.Data.Cohorts;
using Lethe.Data.Schemas;
using Lethe.Data.Tables;
using Lethe.Numerics.Randomness;

namespace Lethe.Data.Simulation;

/// <summary>
/// The benchmark "Sines" of Yoon, Jarrett and van der Schaar (TimeGAN, NeurIPS 2019): per sequence and feature a frequency
/// η ~ U(0, 0.1) and a phase θ ~ U(0, 0.1); x_j = (sin(η·j + θ) + 1)/2 at j = 0 … T − 1.
/// </summary>
public static class SinesSimulator
{
    /// <summary>The sequences as values [sequence, step, feature].</summary>
    public static float[] Values(int sequences, int steps, int features, Seed seed)
    {
        float[] values = new float[sequences * steps * features];
        for (int i = 0; i < sequences; i++)
        {
            (double Frequency, double Phase)[] waves = Truth(i, features, seed);
            for (int f = 0; f < features; f++)
            {
                (double eta, double theta) = waves[f];
                for (int j = 0; j < steps; j++)
                    values[(((i * steps) + j) * features) + f] = (float)((Math.Sin((eta * j) + theta) + 1) / 2);
            }
        }

        return values;
    }

    /// <summary>Frequency η and phase θ of each feature of a sequence.</summary>
    public static (double Frequency, double Phase)[] Truth(int sequence, int features, Seed seed)
    {
        RandomStream r = seed.Stream("sines", sequence);
        (double, double)[] waves = new (double, double)[features];
        for (int f = 0; f < features; f++)
            waves[f] = (0.1 * r.NextDouble(), 0.1 * r.NextDouble());
        return waves;
    }

    /// <summary>The sequences as a cohort: one step an hour, every channel observed at every step.</summary>
    public static Cohort Simulate(int sequences, Seed seed, int steps = 24, int features = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequences);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        float[] values = Values(sequences, steps, features, seed);
        CohortBuilder builder = new();
        for (int e = 0; e < values.Length; e++)
            builder.Add(e / (steps * features), e / features % steps, e % features, values[e]);
        Table statics = new([new TextColumn(new ColumnSchema { Name = Cohort.StayIdColumn, Kind = ColumnKind.Text, Role = ColumnRole.Identifier }, [.. Enumerable.Range(0, sequences).Select(i => $"SINE{i:D6}")])]);
        return builder.Build("sines", statics, [.. Enumerable.Range(0, features).Select(f => new Channel { Name = $"sine_{f}", Kind = ChannelKind.Vital, Decimals = 7, PlausibleRange = new Bounds(0, 1, Origin.Public) })], []);
    }
}
