using System.Diagnostics;
using System.Globalization;
using Lethe.Data.Cohorts;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Threading;
using Lethe.Synthesis;
using Lethe.Synthesis.Models;
using Lethe.Synthesis.Registry;

namespace Lethe.SeriesBenchmarks;

/// <summary>Trains one method and keeps what it makes.</summary>
internal static class Fitting
{
    public static void Run(ResultsFolder results, BenchmarkData data, string method, int seed, int threads, Dictionary<string, string> options)
    {
        string folder = results.Of(data.Name, method, seed);
        if (File.Exists(Path.Combine(folder, "fit.json")))
        {
            Console.Error.WriteLine($"{folder}: fitted already");
            return;
        }

        ComputeThreads.Maximum = threads;
        Directory.CreateDirectory(folder);
        Seed root = new Seed((ulong)seed).Derive(data.Name);
        Stopwatch watch = Stopwatch.StartNew();
        FittedCohortSynthesizer model = (FittedCohortSynthesizer)Methods.Get(method).Create(options).Fit(data.Train, new FitContext
        {
            Seed = root.Derive("fit"),
            MaxThreads = threads,
            CheckpointFolder = Path.Combine(folder, "checkpoint"),
            Progress = new Teller(watch),
        });
        double trained = watch.Elapsed.TotalSeconds;
        watch.Restart();
        Cohort synthetic = model.SampleCohort(data.Train.Count, root.Derive("sample"));
        double sampled = watch.Elapsed.TotalSeconds;
        CohortFolder.Write(ResultsFolder.SyntheticOf(folder), synthetic);
        if (model.CanSave)
            ModelFile.Save(model, Path.Combine(folder, "model.lethe"));
        using Process process = Process.GetCurrentProcess();
        process.Refresh();
        FitCost cost = new(data.Name, method, seed, options, threads, trained, sampled, synthetic.Count, process.PeakWorkingSet64 / 1048576.0);
        ResultsFolder.Write(folder, "fit", cost);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder}: trained in {trained:F0} s, sampled in {sampled:F0} s, peak {cost.PeakMebibytes:F0} MiB"));
    }

    /// <summary>Draws again from what was fitted, with the same seed: after a change to how a method samples.</summary>
    public static void Redraw(ResultsFolder results, BenchmarkData data, string method, int seed, int threads)
    {
        string folder = results.Of(data.Name, method, seed);
        ComputeThreads.Maximum = threads;
        FittedCohortSynthesizer model = (FittedCohortSynthesizer)ModelFile.Load(Path.Combine(folder, "model.lethe"));
        Stopwatch watch = Stopwatch.StartNew();
        Cohort synthetic = model.SampleCohort(data.Train.Count, new Seed((ulong)seed).Derive(data.Name).Derive("sample"));
        double sampled = watch.Elapsed.TotalSeconds;
        CohortFolder.Write(ResultsFolder.SyntheticOf(folder), synthetic);
        ResultsFolder.Write(folder, "fit", ResultsFolder.Read<FitCost>(folder, "fit")! with { SampleSeconds = sampled });
        File.Delete(Path.Combine(folder, "measure.json"));
    }

    /// <summary>A line every half minute.</summary>
    private sealed class Teller(Stopwatch watch) : IProgress<FitProgress>
    {
        private double _next;

        public void Report(FitProgress value)
        {
            if (watch.Elapsed.TotalSeconds < _next)
                return;
            _next = watch.Elapsed.TotalSeconds + 30;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds,6:F0} s  {value.Stage} {value.Done}/{value.Total}  {string.Join("  ", value.Losses.Select(l => $"{l.Key} {l.Value:G4}"))}"));
        }
    }
}
