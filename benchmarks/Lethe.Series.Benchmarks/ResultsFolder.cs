using System.Globalization;
using System.Text.Json;
using Lethe.Synthesis.Registry;

namespace Lethe.SeriesBenchmarks;

/// <summary>One folder a fit: the synthetic cohort, what it cost, what was measured. Made so that long series of fits can be stopped and continued.</summary>
internal sealed class ResultsFolder(string path)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public string Of(string data, string method, int seed) => Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{data}.{method}.{seed}"));

    public static string SyntheticOf(string folder) => Path.Combine(folder, "synthetic");

    /// <summary>Folders of finished fits on a dataset, in order.</summary>
    public IEnumerable<string> Fits(string data) => !Directory.Exists(path)
        ? []
        : Directory.EnumerateDirectories(path, data + ".*").Where(f => File.Exists(Path.Combine(f, "fit.json"))).Order(StringComparer.Ordinal);

    /// <summary>The generators without a figure on a dataset, in a sentence; empty when there is none.</summary>
    public string Unmeasured(string data)
    {
        HashSet<string> measured = [.. Fits(data).Where(f => File.Exists(Path.Combine(f, "measure.json"))).Select(f => Read<FitCost>(f, "fit")!.Method)];
        string[] missing = [.. Methods.ForCohorts.Where(m => !m.IsControl && !measured.Contains(m.Descriptor.Name)).Select(m => m.Descriptor.Name)];
        return missing.Length == 0 ? "" : $"Not measured yet on {data}: {string.Join(", ", missing)}.";
    }

    public static void Write<T>(string folder, string name, T value) =>
        Data.Files.AtomicFile.WriteAllText(Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(value, Indented));

    public static T? Read<T>(string folder, string name)
        where T : class =>
        File.Exists(Path.Combine(folder, name + ".json")) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Combine(folder, name + ".json")), Indented) : null;
}

/// <summary>What a fit cost.</summary>
/// <param name="Data">Dataset.</param>
/// <param name="Method">Method.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Options">Options that differ from the defaults.</param>
/// <param name="Threads">Threads it was given.</param>
/// <param name="TrainSeconds">Wall time of training.</param>
/// <param name="SampleSeconds">Wall time of sampling.</param>
/// <param name="Sampled">Stays or windows sampled.</param>
/// <param name="PeakMebibytes">Peak resident memory of the process, data included.</param>
internal sealed record FitCost(
    string Data, string Method, int Seed, IReadOnlyDictionary<string, string> Options, int Threads, double TrainSeconds, double SampleSeconds, int Sampled, double PeakMebibytes);
