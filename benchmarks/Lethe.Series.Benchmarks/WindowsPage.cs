using System.Globalization;
using System.Text;

namespace Lethe.SeriesBenchmarks;

/// <summary>The page of the 24-step benchmarks: measured beside published figures.</summary>
internal static class WindowsPage
{
    private static readonly string[] Datasets = ["sines", "stocks", "energy"];

    /// <summary>Published discriminative and predictive scores (Sines, Stocks, Energy): Yoon et al. 2019 for TimeGAN and RCGAN, Naiman et al. 2024 for KoVAE, Yuan and Qiao 2024 for Diffusion-TS.</summary>
    private static readonly Dictionary<string, (double Discriminative, double Predictive)[]> Published = new()
    {
        ["timegan"] = [(0.011, 0.093), (0.102, 0.038), (0.236, 0.273)],
        ["rcgan"] = [(0.022, 0.097), (0.196, 0.040), (0.336, 0.292)],
        ["kovae"] = [(0.005, 0.093), (0.009, 0.037), (0.143, 0.251)],
        ["diffusion-ts"] = [(0.006, 0.093), (0.067, 0.036), (0.122, 0.250)],
    };

    public static string Write(ResultsFolder results)
    {
        StringBuilder text = new();
        text.AppendLine("# Time-series generators on the 24-step benchmarks").AppendLine();
        text.AppendLine("Windows of 24 steps: Sines (10,000 × 5, simulated), Stocks (Google 2004–2019, stride-1 windows of six columns), Energy (UCI appliances, 28");
        text.AppendLine("columns). Each generator learns from all windows with its `cpu` preset and makes as many; the scores compare them with the windows it learnt from, as the");
        text.AppendLine("published protocols do. Mean ± standard deviation over generator seeds (each the mean of 1–3 evaluator seeds); with one seed, over evaluator seeds (marked *).");
        text.AppendLine("Discriminative: |accuracy − ½| of the TimeGAN classifier (GRU of ⌊F/2⌋ units), 0 is best; *wide* is the same with 32 units, which sees what a GRU of one or two");
        text.AppendLine("units cannot. Predictive: mean absolute error of the last feature one step ahead, trained on synthetic, tested on real windows. Context-FID and");
        text.AppendLine("correlational score as in the Diffusion-TS paper. *real* is one half of the real windows against the other: no generator can be expected below it.").AppendLine();
        text.AppendLine("    export LETHE_DATA_DIR=DATA");
        text.AppendLine("    dotnet run -c Release --project benchmarks/Lethe.Series.Benchmarks -- fit sines kovae --seed 1 --threads 1    # per dataset, method and seed");
        text.AppendLine("    dotnet run -c Release --project benchmarks/Lethe.Series.Benchmarks -- measure sines");
        text.AppendLine("    dotnet run -c Release --project benchmarks/Lethe.Series.Benchmarks -- table windows --out docs/results/timeseries-benchmarks.md").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount}-core {System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}, .NET {Environment.Version.ToString(2)}; training time is wall time on the stated number of threads, other fits running beside it.");
        for (int d = 0; d < Datasets.Length; d++)
            Section(text, results, d);
        return text.ToString();
    }

    private static void Section(StringBuilder text, ResultsFolder results, int dataset)
    {
        var fits = results.Fits(Datasets[dataset])
            .Select(folder => (Cost: ResultsFolder.Read<FitCost>(folder, "fit")!, Figures: ResultsFolder.Read<Dictionary<string, double[]>>(folder, "measure")))
            .Where(f => f.Figures is not null)
            .GroupBy(f => f.Cost.Method)
            .OrderBy(g => g.Key == "real" ? 0 : 1).ThenBy(g => g.Average(f => f.Figures!["discriminative"].Average()))
            .ToArray();
        if (fits.Length == 0)
        {
            text.AppendLine().AppendLine(results.Unmeasured(Datasets[dataset]));
            return;
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {char.ToUpperInvariant(Datasets[dataset][0])}{Datasets[dataset][1..]}").AppendLine();
        text.AppendLine("| generator | seeds | discriminative | published | wide | predictive | published | context-FID | correlational | training | threads | peak memory |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var method in fits)
        {
            double[][] Of(string name) => [.. method.Select(f => f.Figures!.GetValueOrDefault(name) ?? [])];
            bool known = Published.TryGetValue(method.Key, out (double Discriminative, double Predictive)[]? published);
            bool real = method.Key == "real";
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {method.Key} | {(real ? "–" : method.Count())} | {Text(Of("discriminative"))} | {(known ? published![dataset].Discriminative.ToString("F3", CultureInfo.InvariantCulture) : "–")} | {Text(Of("discriminative-32"))} | {Text(Of("predictive"))} | {(known ? published![dataset].Predictive.ToString("F3", CultureInfo.InvariantCulture) : "–")} | {Text(Of("context-fid"))} | {Text(Of("correlational"))} | {(real ? "–" : $"{method.Average(f => f.Cost.TrainSeconds) / 60:F1} min")} | {(real ? "–" : method.First().Cost.Threads)} | {(real ? "–" : $"{method.Max(f => f.Cost.PeakMebibytes):F0} MiB")} |"));
        }

        if (results.Unmeasured(Datasets[dataset]) is { Length: > 0 } missing)
            text.AppendLine().AppendLine(missing);
    }

    private static string Text(double[][] seeds)
    {
        if (seeds.Length == 0 || seeds[0].Length == 0)
            return "–";
        double[] means = seeds.Length > 1 ? [.. seeds.Select(s => s.Average())] : seeds[0];
        double mean = means.Average();
        double sd = means.Length < 2 ? 0 : Math.Sqrt(means.Sum(m => (m - mean) * (m - mean)) / (means.Length - 1));
        return string.Create(CultureInfo.InvariantCulture, $"{mean:F3} ± {sd:F3}{(seeds.Length > 1 ? "" : "*")}");
    }
}
