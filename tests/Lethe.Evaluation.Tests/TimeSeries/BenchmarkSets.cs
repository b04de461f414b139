using Lethe.Data.Simulation;
using Lethe.Evaluation.TimeSeries;
using Lethe.Numerics.Randomness;

namespace Lethe.Evaluation.Tests.TimeSeries;

/// <summary>Sets whose right figures are known.</summary>
internal static class BenchmarkSets
{
    public static SeriesSet Sines(int n, ulong seed, int steps = 24, int features = 5) =>
        SeriesSet.Complete(SinesSimulator.Values(n, steps, features, new Seed(seed)), steps, features);

    public static SeriesSet Noise(int n, ulong seed, int steps = 24, int features = 5)
    {
        float[] values = new float[n * steps * features];
        new Seed(seed).Stream("noise").FillUniform(values);
        return SeriesSet.Complete(values, steps, features);
    }
}
