using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lethe.Benchmarks.Steps;
using Lethe.Numerics.Threading;

namespace Lethe.Benchmarks;

/// <summary>
/// Runs every step here and in PyTorch in turns (A B A B …) and prints the ratios of medians. At one thread both sides have truly
/// one; at all threads PyTorch gets the best of three settings, since its BLAS and its own pool disturb each other. The ratio of
/// least times stands beside the medians: other work on the machine slows arithmetic more than memory, and so the two sides unequally.
/// </summary>
internal static class PeerCommand
{
    private static readonly JsonSerializerOptions JsonOptions = new() { WriteIndented = true };

    private const int Rounds = 7;

    // A round lasts about this long on each side: long enough for a stable median, short enough that both sides see the same load.
    private const double RoundSeconds = 0.25;

    public static int Run(string[] arguments)
    {
        string? json = Option(arguments, "--json"), only = Option(arguments, "--only"), threads = Option(arguments, "--threads");
        string? python = TorchPeer.FindPython();
        if (python is null)
            Console.Error.WriteLine("No python3 with torch was found: Lethe's own times are shown without a peer.");
        List<Dictionary<string, object>> rows = [];
        foreach (StepKind kind in StepKinds.All.Where(kind => only is null || only.Split(',').Contains(kind.Name)))
        {
            foreach (int count in Counts(threads))
            {
                ComputeThreads.Maximum = count;
                rows.Add(kind.Private is null ? AgainstTorch(kind, count, python) : AgainstPlain(kind, count));
            }
        }

        ComputeThreads.Maximum = 1;
        double peak = KernelCommand.Peak();
        foreach ((int m, int n, int k) in new[] { (504, 256, 256), (64, 128, 128) })
        {
            double rate = KernelCommand.Product(m, n, k);
            rows.Add(new() { ["step"] = $"sgemm {m}×{n}×{k}", ["threads"] = 1, ["gflops"] = rate, ["peak_gflops"] = peak, ["share"] = rate / peak });
        }

        Print(rows);
        if (json is not null)
            File.WriteAllText(json, JsonSerializer.Serialize(rows, JsonOptions));
        return 0;
    }

    /// <summary>Lethe's own times, best and median: for work on the engine, where the peer does not matter.</summary>
    public static int RunSteps(string[] arguments)
    {
        string? only = Option(arguments, "--only");
        ComputeThreads.Maximum = int.Parse(Option(arguments, "--threads") ?? "1", CultureInfo.InvariantCulture);
        foreach (StepKind kind in StepKinds.All.Where(kind => only is null || only.Split(',').Contains(kind.Name)))
        {
            foreach (Func<ITrainingStep>? make in new[] { kind.Make, kind.Private })
            {
                if (make is null)
                    continue;
                ITrainingStep step = make();
                int steps = WarmUp(step);
                List<double> times = [];
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 6 * steps; i++)
                {
                    long start = Stopwatch.GetTimestamp();
                    step.Run();
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                }

                long allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (6 * steps);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind.Name}{(make == kind.Make ? "" : " (private)")}: best {times.Min():F0} µs, median {Median(times):F0} µs, {allocated} bytes allocated per step"));
            }
        }

        return 0;
    }

    private static int[] Counts(string? threads) => threads switch
    {
        "1" => [1],
        "all" => [Environment.ProcessorCount],
        _ => Environment.ProcessorCount > 1 ? [1, Environment.ProcessorCount] : [1],
    };

    private static Dictionary<string, object> AgainstTorch(StepKind kind, int threads, string? python)
    {
        ITrainingStep step = kind.Make();
        int steps = WarmUp(step);
        (int Blas, int Torch)[] settings = threads == 1 ? [(1, 1)] : [(threads, 1), (1, threads), (threads, threads)];
        List<double> ours = [];
        double ourBest = double.MaxValue, theirBest = double.MaxValue;
        Dictionary<(int, int), List<double>> theirs = settings.ToDictionary(setting => setting, _ => new List<double>());
        if (python is null)
        {
            for (int round = 0; round < Rounds; round++)
                ours.Add(Measure(step, steps).Median);
            return new() { ["step"] = kind.Name, ["threads"] = threads, ["lethe_us"] = Median(ours) };
        }

        foreach ((int Blas, int Torch) setting in settings)
        {
            using TorchPeer peer = TorchPeer.Start(python, kind.Script!, kind.Name, setting.Blas, setting.Torch, kind.Layout?.Invoke());
            double first = peer.Measure(3).Median;
            int peerSteps = Math.Clamp((int)(RoundSeconds * 1e6 / peer.Measure(Math.Max(3, (int)(1e5 / first))).Median), 3, 1000);
            for (int round = 0; round < Rounds; round++)
            {
                (double Median, double Best) here = Measure(step, steps), there = peer.Measure(peerSteps);
                ours.Add(here.Median);
                theirs[setting].Add(there.Median);
                (ourBest, theirBest) = (Math.Min(ourBest, here.Best), Math.Min(theirBest, there.Best));
            }
        }

        (int Blas, int Torch) best = settings.MinBy(setting => Median(theirs[setting]));
        int at = Array.IndexOf(settings, best) * Rounds;
        double[] ratios = [.. theirs[best].Select((time, i) => time / ours[at + i])];
        double lethe = Median(ours.GetRange(at, Rounds)), torch = Median(theirs[best]), ratio = Median(ratios);
        return new()
        {
            ["step"] = kind.Name,
            ["threads"] = threads,
            ["lethe_us"] = lethe,
            ["torch_us"] = torch,
            ["ratio"] = ratio,
            ["spread"] = (ratios.Max() - ratios.Min()) / ratio,
            ["lethe_best_us"] = ourBest,
            ["torch_best_us"] = theirBest,
            ["ratio_best"] = theirBest / ourBest,
            ["torch_setting"] = $"BLAS {best.Blas}, torch {best.Torch}",
        };
    }

    private static Dictionary<string, object> AgainstPlain(StepKind kind, int threads)
    {
        ITrainingStep plain = kind.Make(), priv = kind.Private!();
        int steps = WarmUp(plain);
        WarmUp(priv);
        List<double> a = [], b = [];
        for (int round = 0; round < Rounds; round++)
        {
            a.Add(Measure(plain, steps).Median);
            b.Add(Measure(priv, steps).Median);
        }

        double[] ratios = [.. b.Select((time, i) => time / a[i])];
        double ratio = Median(ratios);
        return new() { ["step"] = kind.Name, ["threads"] = threads, ["plain_us"] = Median(a), ["dp_us"] = Median(b), ["ratio"] = ratio, ["spread"] = (ratios.Max() - ratios.Min()) / ratio };
    }

    /// <summary>Runs until compiled and steady (on one core the compiler shares it); gives the number of steps of a round.</summary>
    private static int WarmUp(ITrainingStep step)
    {
        long start = Stopwatch.GetTimestamp();
        int done = 0;
        while ((done < 40 && Stopwatch.GetElapsedTime(start).TotalSeconds < 10) || (Stopwatch.GetElapsedTime(start).TotalSeconds < 4 && done < 20_000))
        {
            step.Run();
            done++;
        }

        return Math.Clamp((int)(RoundSeconds * 1e6 / Measure(step, 5).Median), 3, 3000);
    }

    private static (double Median, double Best) Measure(ITrainingStep step, int steps)
    {
        List<double> times = [];
        for (int i = 0; i < steps; i++)
        {
            long start = Stopwatch.GetTimestamp();
            step.Run();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return (Median(times), times.Min());
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static void Print(List<Dictionary<string, object>> rows)
    {
        Console.WriteLine("| step | threads | Lethe µs | PyTorch µs | PyTorch/Lethe | spread | best Lethe µs | best PyTorch µs | of best | PyTorch's setting |\n|---|---|---|---|---|---|---|---|---|---|");
        foreach (Dictionary<string, object> row in rows.Where(row => row.ContainsKey("lethe_us")))
            Console.WriteLine($"| {row["step"]} | {row["threads"]} | {Number(row, "lethe_us", "F0")} | {Number(row, "torch_us", "F0")} | {Number(row, "ratio", "F2")} | {Number(row, "spread", "P0")} | {Number(row, "lethe_best_us", "F0")} | {Number(row, "torch_best_us", "F0")} | {Number(row, "ratio_best", "F2")} | {row.GetValueOrDefault("torch_setting", "")} |");
        Console.WriteLine("\n| step | threads | plain µs | with per-example clipping µs | ratio | spread |\n|---|---|---|---|---|---|");
        foreach (Dictionary<string, object> row in rows.Where(row => row.ContainsKey("plain_us")))
            Console.WriteLine($"| {row["step"]} | {row["threads"]} | {Number(row, "plain_us", "F0")} | {Number(row, "dp_us", "F0")} | {Number(row, "ratio", "F2")} | {Number(row, "spread", "P0")} |");
        Console.WriteLine("\n| product | GFLOP/s | hardware peak | share |\n|---|---|---|---|");
        foreach (Dictionary<string, object> row in rows.Where(row => row.ContainsKey("gflops")))
            Console.WriteLine($"| {row["step"]} | {Number(row, "gflops", "F0")} | {Number(row, "peak_gflops", "F0")} | {Number(row, "share", "P0")} |");
    }

    private static string Number(Dictionary<string, object> row, string key, string format) =>
        row.TryGetValue(key, out object? value) ? ((double)value).ToString(format, CultureInfo.InvariantCulture) : "–";

    private static string? Option(string[] arguments, string name)
    {
        int at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }
}
