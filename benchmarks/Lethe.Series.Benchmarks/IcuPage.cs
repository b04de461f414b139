using System.Globalization;
using System.Text;
using Lethe.Results;

namespace Lethe.SeriesBenchmarks;

/// <summary>The page of the hospital cohort: every generator beside real stays never learnt from.</summary>
internal static class IcuPage
{
    private static readonly string[] Learners = ["logistic regression on summaries", "gradient boosting on summaries", "recurrent network (GRU) on the grid"];

    public static string Write(ResultsFolder results)
    {
        var fits = results.Fits("icu")
            .Select(folder => (Cost: ResultsFolder.Read<FitCost>(folder, "fit")!, Measures: ResultsFolder.Read<List<Measure>>(folder, "measure")))
            .Where(f => f.Measures is not null)
            .ToArray();
        var generators = fits.Where(f => f.Cost.Method != "real").OrderByDescending(f => Find(f.Measures!, "utility.mean-auroc", null)?.Value).ToArray();
        StringBuilder text = new();
        text.AppendLine("# Time-series generators on intensive-care stays").AppendLine();
        text.AppendLine("PhysioNet/CinC Challenge 2012, set A as distributed with the benchmark data: 2,800 stays, first 48 hours, fifteen channels (heart rate, three blood pressures,");
        text.AppendLine("temperature, GCS, urine output, FiO2, pH, creatinine, urea nitrogen, potassium, platelets, glucose, white cells), statics age, sex and type of unit, outcome");
        text.AppendLine("in-hospital death. 1,960 stays to learn from, 840 apart, stratified on the outcome. Every generator with its `cpu` preset and seed 1 makes 1,960 stays.").AppendLine();
        text.AppendLine("    lethe data import physionet-2012 --from DATA/physionet-2012 --cohort benchmarks/Lethe.Series.Benchmarks/icu.yaml --out icu");
        text.AppendLine("    dotnet run -c Release --project benchmarks/Lethe.Series.Benchmarks -- fit icu=icu METHOD --threads 1      # per method");
        text.AppendLine("    dotnet run -c Release --project benchmarks/Lethe.Series.Benchmarks -- floor icu=icu");
        text.AppendLine("    dotnet run -c Release --project benchmarks/Lethe.Series.Benchmarks -- measure icu=icu");
        text.AppendLine("    dotnet run -c Release --project benchmarks/Lethe.Series.Benchmarks -- table icu --out docs/results/timeseries-icu.md").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount}-core {System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}, .NET {Environment.Version.ToString(2)}. Wall times were taken with other fits running beside.").AppendLine();
        if (generators.Length == 0)
            return text.ToString();

        if (results.Unmeasured("icu") is { Length: > 0 } missing)
            text.AppendLine(missing).AppendLine();
        text.AppendLine("## Is the outcome learnt?").AppendLine();
        text.AppendLine("AUROC for in-hospital death on the 840 real stays apart, of models trained on synthetic stays; first row: trained on the real ones. Intervals: 95 %, stratified");
        text.AppendLine("bootstrap of the test stays; the difference is paired.").AppendLine();
        text.AppendLine("| trained on | logistic regression | gradient boosting | GRU | mean | mean, minus real |");
        text.AppendLine("|---|---|---|---|---|---|");
        var first = generators[0].Measures!;
        text.AppendLine(CultureInfo.InvariantCulture, $"| real stays | {string.Join(" | ", Learners.Select(l => Reference(Find(first, "utility.auroc", l))))} | {Reference(Find(first, "utility.mean-auroc", null))} | – |");
        foreach (var f in generators)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {f.Cost.Method} | {string.Join(" | ", Learners.Select(l => Text(Find(f.Measures!, "utility.auroc", l))))} | {Text(Find(f.Measures!, "utility.mean-auroc", null))} | {Text(Find(f.Measures!, "utility.mean-auroc-difference", null))} |");

        text.AppendLine().AppendLine("## Are the courses like real ones?").AppendLine();
        text.AppendLine("Detection: |accuracy − ½| of a GRU of 32 units on values and masks. Missingness error: root mean square difference of observation rates over channels and hours. The last row is real stays");
        text.AppendLine("apart against the training stays: the floor.").AppendLine();
        (string Id, string Title)[] columns = [.. Ids(first)];
        text.AppendLine(CultureInfo.InvariantCulture, $"| generator | detection | {string.Join(" | ", columns.Select(c => c.Title))} |");
        text.AppendLine($"|---|---|{string.Concat(columns.Select(_ => "---|"))}");
        foreach (var f in generators.Concat(fits.Where(f => f.Cost.Method == "real")))
            text.AppendLine(CultureInfo.InvariantCulture, $"| {f.Cost.Method} | {Short(Find(f.Measures!, "series.discriminative-32", null))} | {string.Join(" | ", columns.Select(c => Short(Find(f.Measures!, c.Id, null))))} |");

        text.AppendLine().AppendLine("## What it costs").AppendLine();
        text.AppendLine("| generator | training | sampling 1,960 stays | threads | peak memory, data included |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (var f in generators)
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| {f.Cost.Method} | {f.Cost.TrainSeconds / 60:F1} min | {f.Cost.SampleSeconds:F1} s | {f.Cost.Threads} | {f.Cost.PeakMebibytes:F0} MiB |"));
        return text.ToString();
    }

    /// <summary>The figures over all channels, in the order of the report.</summary>
    private static IEnumerable<(string Id, string Title)> Ids(List<Measure> measures) => measures
        .Where(m => m.Subject is null && m.Id.StartsWith("series.", StringComparison.Ordinal) && !m.Id.Contains("discriminative", StringComparison.Ordinal))
        .Select(m => (m.Id, m.Id["series.".Length..].Replace('-', ' ')))
        .Distinct();

    private static Measure? Find(List<Measure> measures, string id, string? subject) => measures.FirstOrDefault(m => m.Id == id && m.Subject == subject);

    private static string Text(Measure? m) => m?.Value is not { } value ? "–" : string.Create(CultureInfo.InvariantCulture, $"{value:F3}{(m.Interval is { } i ? $" [{i.Lower:F3}, {i.Upper:F3}]" : "")}");

    private static string Short(Measure? m) => m?.Value is not { } value ? "–" : value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Reference(Measure? m) => m?.Reference is not { } value ? "–" : string.Create(CultureInfo.InvariantCulture, $"{value:F3}{(m.ReferenceInterval is { } i ? $" [{i.Lower:F3}, {i.Upper:F3}]" : "")}");
}
