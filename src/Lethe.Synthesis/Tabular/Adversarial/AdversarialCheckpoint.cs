using System.Globalization;
using Lethe.Data.Files;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Serialization;

namespace Lethe.Synthesis.Tabular.Adversarial;

/// <summary>
/// The state of an adversarial training in one safetensors file, written beside and renamed, so that a killed run leaves
/// the last whole checkpoint. Training resumed from it gives the same bits as training that was never stopped.
/// </summary>
internal sealed class AdversarialCheckpoint
{
    private const string FileName = "training.safetensors";
    private const string IdentityKey = "identity";

    private readonly string _path;
    private readonly string _identity;

    private AdversarialCheckpoint(string path, string identity) => (_path, _identity) = (path, identity);

    /// <summary>The checkpoint of a folder; null without a folder.</summary>
    public static AdversarialCheckpoint? In(string? folder, string identity)
    {
        if (folder is null)
            return null;
        Directory.CreateDirectory(folder);
        return new AdversarialCheckpoint(Path.Combine(folder, FileName), identity);
    }

    public void Save(AdversarialTrainer trainer, long step)
    {
        List<NamedArray> arrays = [NamedArray.Create("step", [1], [step])];
        var parts = trainer.Parts;
        arrays.AddRange(parts.Generator.ToArrays("generator."));
        arrays.AddRange(parts.Critic.ToArrays("critic."));
        for (int i = 0; i < parts.Optimisers.Count; i++)
            arrays.AddRange(parts.Optimisers[i].ToArrays(OptimiserPrefix(i)));
        foreach ((string name, RandomStream stream) in parts.Streams)
            arrays.Add(NamedArray.Create("stream." + name, [5], [.. stream.SaveState().Select(w => unchecked((long)w))])); // bits, not a number
        (double[][] lists, float[][]? best) = trainer.SaveHistory();
        for (int i = 0; i < lists.Length; i++)
            arrays.Add(NamedArray.Create(HistoryName(i), [lists[i].Length], lists[i]));
        for (int i = 0; i < (best?.Length ?? 0); i++)
            arrays.Add(NamedArray.Create(BestName(i), [best![i].Length], best[i]));
        AtomicFile.Write(_path, stream => Safetensors.Write(stream, arrays, new Dictionary<string, string> { [IdentityKey] = _identity }));
    }

    /// <summary>Puts the trainer where the checkpoint left it; 0 when there is none for this training.</summary>
    public long Resume(AdversarialTrainer trainer)
    {
        if (!File.Exists(_path))
            return 0;
        using FileStream stream = File.OpenRead(_path);
        SafetensorsFile file = Safetensors.Read(stream);
        if (!file.Metadata.TryGetValue(IdentityKey, out string? identity) || identity != _identity)
            return 0; // another training's: it is written over at the next save
        var parts = trainer.Parts;
        parts.Generator.Load(file, "generator.");
        parts.Critic.Load(file, "critic.");
        for (int i = 0; i < parts.Optimisers.Count; i++)
            parts.Optimisers[i].Load(file, OptimiserPrefix(i));
        foreach (string name in parts.Streams.Keys.ToArray())
            parts.Streams[name] = RandomStream.FromState([.. file["stream." + name].Elements<long>().Select(w => unchecked((ulong)w))]); // bits, not a number
        double[][] lists = [.. Enumerable.Range(0, 6).Select(i => file[HistoryName(i)].Elements<double>())];
        float[][]? best = lists[5][1] < 0 ? null : [.. Enumerable.Range(0, parts.Generator.State.Count).Select(i => file[BestName(i)].Elements<float>())];
        trainer.LoadHistory(lists, best);
        return file["step"].Elements<long>()[0];
    }

    /// <summary>Removes the checkpoint of a training that came to its end.</summary>
    public void Remove() => File.Delete(_path);

    private static string OptimiserPrefix(int i) => string.Create(CultureInfo.InvariantCulture, $"optimiser.{i}.");

    private static string HistoryName(int i) => string.Create(CultureInfo.InvariantCulture, $"history.{i}");

    private static string BestName(int i) => string.Create(CultureInfo.InvariantCulture, $"best.{i}");
}
