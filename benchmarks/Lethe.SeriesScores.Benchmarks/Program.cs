using System.Diagnostics;
using System.Globalization;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Simulation;
using Lethe.Evaluation.TimeSeries;
using Lethe.Evaluation.TimeSeries.Protocols;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Threading;

// usage: sines | SERIES.csv[.gz] [--scores a,b] [--repeats 3] [--threads 1] [--seed 1] [--most 10000]
// Judges the judges: what each score says of real against real (its floor), of real against white noise, and of a set against itself.
if (args.Length == 0)
{
    Console.Error.WriteLine("usage: sines | SERIES.csv[.gz] [--scores a,b] [--repeats 3] [--threads 1] [--seed 1] [--most 10000]");
    return 2;
}

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and int i ? args[i + 1] : fallback;
int Number(string name, string fallback) => int.Parse(Option(name, fallback), CultureInfo.InvariantCulture);
int repeats = Number("--repeats", "3"), most = Number("--most", "100000");
ComputeThreads.Maximum = Number("--threads", "1");
Seed seed = new((ulong)Number("--seed", "1"));
string[] wanted = Option("--scores", "").Split(',', StringSplitOptions.RemoveEmptyEntries);

SeriesSet real = args[0] == "sines"
    ? SeriesSet.Complete(SinesSimulator.Values(Math.Min(most, 10_000), 24, 5, seed.Derive("sines")), 24, 5)
    : Windows(BenchmarkWindows.Read(args[0]));
float[] white = new float[real.Values.Length];
seed.Stream("noise").FillUniform(white);
SeriesSet noise = SeriesSet.Complete(white, real.Steps, real.Features, real.Names);

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{args[0]}: {real.Count} × {real.Steps} × {real.Features}, {repeats} repeats, seed {seed.Value}"));
Console.WriteLine("| score | halves of the real set | real against noise | the real set itself | seconds a run |");
Console.WriteLine("|---|---|---|---|---|");
foreach (ISeriesScore score in SeriesScores.All.Where(s => wanted.Length == 0 || wanted.Contains(s.Descriptor.Name)))
{
    Stopwatch watch = Stopwatch.StartNew();
    RepeatedSeriesScore itself = RepeatedSeriesScore.Of(score, real, real, seed.Derive("itself"), repeats);
    double seconds = watch.Elapsed.TotalSeconds / repeats;
    RepeatedSeriesScore floor = RepeatedSeriesScore.Floor(score, real, seed.Derive("floor"), repeats), far = RepeatedSeriesScore.Of(score, real, noise, seed.Derive("noise"), repeats);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {score.Descriptor.Name} | {Text(floor)} | {Text(far)} | {Text(itself)} | {seconds:F1} |"));
}

return 0;

SeriesSet Windows(BenchmarkWindows windows)
{
    int[] chosen = seed.Stream("windows").Permutation(windows.Count)[..Math.Min(most, windows.Count)];
    return SeriesSet.Complete(windows.Values(chosen), windows.Window, windows.Columns.Count, windows.Columns);
}

static string Text(RepeatedSeriesScore score) => score.Values.Count < 2
    ? string.Create(CultureInfo.InvariantCulture, $"{score.Mean:0.0000}")
    : string.Create(CultureInfo.InvariantCulture, $"{score.Mean:0.0000} ± {score.Interval!.Upper - score.Mean:0.0000}");
