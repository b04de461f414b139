using System.Globalization;
using Lethe.Data.Codecs;
using Lethe.Data.Cohorts;
using Lethe.Evaluation.TimeSeries;
using Lethe.Evaluation.TimeSeries.Protocols;
using Lethe.Numerics.Randomness;

namespace Lethe.SeriesBenchmarks;

/// <summary>The figures of the published tables for fitted windows, one evaluator seed a repeat.</summary>
internal static class WindowMeasuring
{
    // The evaluator's own spread is small beside the generators': fewer repeats than the papers, more generator seeds.
    private static readonly IReadOnlyList<(ISeriesScore Score, int Repeats)> Scores =
    [
        (new DiscriminativeScore(), 3),
        (new DiscriminativeScore(DiscriminativeOptions.Wide), 2),
        (new PredictiveScore(), 2),
        (new ContextFid(), 1),
        (new CorrelationalScore(), 3),
    ];

    /// <summary>Measures a fit against the windows it learnt from, as the published protocols do.</summary>
    public static void Run(BenchmarkData data, string folder, FitCost cost)
    {
        if (File.Exists(Path.Combine(folder, "measure.json")))
            return;
        SeriesSet real = SetOf(data.Train), synthetic = SetOf(CohortFolder.Read(ResultsFolder.SyntheticOf(folder)));
        Measure(real, synthetic, folder, new Seed((ulong)cost.Seed).Derive("measure"));
    }

    /// <summary>The floor: half of the real windows against the other half.</summary>
    public static void Floor(BenchmarkData data, string folder)
    {
        if (File.Exists(Path.Combine(folder, "measure.json")))
            return;
        Directory.CreateDirectory(folder);
        SeriesSet real = SetOf(data.Train);
        int[] order = new Seed(1).Stream("halves").Permutation(real.Count);
        Measure(real.Take(order.AsSpan(0, order.Length / 2)), real.Take(order.AsSpan(order.Length / 2, order.Length / 2)), folder, new Seed(1).Derive("measure"));
        ResultsFolder.Write(folder, "fit", new FitCost(data.Name, "real", 1, new Dictionary<string, string>(), 0, 0, 0, real.Count / 2, 0));
    }

    private static void Measure(SeriesSet real, SeriesSet synthetic, string folder, Seed seed)
    {
        // Sides of equal size: the classifier's accuracy means nothing else.
        if (synthetic.Count > real.Count)
            synthetic = synthetic.Take([.. Enumerable.Range(0, real.Count)]);
        Dictionary<string, double[]> figures = [];
        foreach ((ISeriesScore score, int repeats) in Scores)
        {
            RepeatedSeriesScore repeated = RepeatedSeriesScore.Of(score, real, synthetic, seed, repeats);
            figures[score.Descriptor.Name] = [.. repeated.Values];
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder}: {score.Descriptor.Name} {repeated.Mean:F4} ± {repeated.Deviation:F4}"));
        }

        ResultsFolder.Write(folder, "measure", figures);
    }

    private static SeriesSet SetOf(Cohort windows)
    {
        int steps = windows.Times.Length == 0 ? 1 : (int)MathF.Floor(windows.Times.ToArray().Max()) + 1;
        return SeriesSet.Of(windows, GridCodec.Fit(windows, new GridOptions { Steps = steps }));
    }
}
