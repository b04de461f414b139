using System.Globalization;
using Lethe.SeriesBenchmarks;

const string Usage = """
    usage: dotnet run -c Release --project benchmarks/Lethe.Series.Benchmarks -- COMMAND
      fit DATA METHOD [--seed 1] [--threads 4] [--option name=value] [--results DIR]   trains, samples, keeps the synthetic patients and the cost
      redraw DATA METHOD [--seed 1] [--threads 4] [--results DIR]                      samples again from what was fitted, after a change to how a method samples
      measure DATA [METHOD] [--threads 4] [--results DIR]                              measures what was fitted and is not measured yet
      floor DATA [--results DIR]                                                       measures real against real: two halves of the windows, or the stays apart
      table windows|icu [--results DIR] [--out FILE.md]                                writes the page of all that was measured
    DATA is sines, stocks, energy (24-step windows) or icu=FOLDER (a cohort folder, see 'lethe data import').
    LETHE_DATA_DIR names the folder that holds the public datasets. DIR is artifacts/series by default; what is there is not computed again.
    """;

if (args.Length < 2)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and int i && i + 1 < args.Length ? args[i + 1] : fallback;
int threads = int.Parse(Option("--threads", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
ResultsFolder results = new(Option("--results", Path.Combine("artifacts", "series")));
switch (args[0])
{
    case "fit" when args.Length > 2:
        Dictionary<string, string> options = Enumerable.Range(0, args.Length - 1)
            .Where(i => args[i] == "--option")
            .Select(i => args[i + 1].Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        Fitting.Run(results, BenchmarkData.Load(args[1]), args[2], int.Parse(Option("--seed", "1"), CultureInfo.InvariantCulture), threads, options);
        return 0;
    case "redraw" when args.Length > 2:
        Fitting.Redraw(results, BenchmarkData.Load(args[1]), args[2], int.Parse(Option("--seed", "1"), CultureInfo.InvariantCulture), threads);
        return 0;
    case "measure":
        Lethe.Numerics.Threading.ComputeThreads.Maximum = threads;
        BenchmarkData measured = BenchmarkData.Load(args[1]);
        foreach (string folder in results.Fits(measured.Name))
        {
            FitCost cost = ResultsFolder.Read<FitCost>(folder, "fit")!;
            if (args.Length > 2 && !args[2].StartsWith('-') && cost.Method != args[2])
                continue;
            if (measured.Holdout is not null)
                IcuMeasuring.Run(measured, folder, cost);
            else if (cost.Method != "real")
                WindowMeasuring.Run(measured, folder, cost);
        }

        return 0;
    case "floor":
        BenchmarkData real = BenchmarkData.Load(args[1]);
        string apart = results.Of(real.Name, "real", 1);
        if (real.Holdout is null)
        {
            WindowMeasuring.Floor(real, apart);
        }
        else
        {
            Directory.CreateDirectory(apart);
            FitCost nothing = new(real.Name, "real", 1, new Dictionary<string, string>(), 0, 0, 0, real.Holdout.Count, 0);
            IcuMeasuring.Run(real, apart, nothing);
            ResultsFolder.Write(apart, "fit", nothing);
        }

        return 0;
    case "table" when args[1] is "windows" or "icu":
        string page = args[1] == "icu" ? IcuPage.Write(results) : WindowsPage.Write(results);
        if (Option("--out", "-") is not "-" and var file)
            File.WriteAllText(file, page);
        else
            Console.Write(page);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
