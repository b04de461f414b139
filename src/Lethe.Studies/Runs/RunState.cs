using System.Text.Json;
using Lethe.Data.Files;

namespace Lethe.Studies.Runs;

/// <summary>
/// Which stages of a run are done, with the hashes of what each wrote. A stage counts as done only while its files are
/// the ones it wrote; so a run that was killed at any moment, or edited by hand, repeats exactly what is not there whole.
/// </summary>
internal sealed class RunState
{
    private const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly RunFolder _folder;
    private readonly Dictionary<string, Dictionary<string, string>> _stages;

    private RunState(RunFolder folder, string? key, Dictionary<string, Dictionary<string, string>> stages)
    {
        _folder = folder;
        Key = key;
        _stages = stages;
    }

    /// <summary>What the results in the folder were computed from: data, configuration, version. Null when nothing was.</summary>
    public string? Key { get; private set; }

    /// <summary>The state of the folder; an absent, damaged or foreign file means that nothing is done.</summary>
    public static RunState Load(RunFolder folder)
    {
        try
        {
            if (File.Exists(folder.State)
                && JsonSerializer.Deserialize<Document>(File.ReadAllBytes(folder.State), Indented) is { Format: CurrentFormat } document)
                return new RunState(folder, document.Key, document.Stages);
        }
        catch (JsonException)
        {
            // Nothing is trusted from a file that cannot be read: every stage runs again.
        }

        return new RunState(folder, null, []);
    }

    /// <summary>Begins a run of this key; what another key left behind no longer counts.</summary>
    public void Begin(string key)
    {
        if (Key == key)
            return;
        Key = key;
        _stages.Clear();
        Save();
    }

    /// <summary>True when the stage was done and its files are unchanged.</summary>
    public bool IsDone(string stage) =>
        _stages.TryGetValue(stage, out Dictionary<string, string>? files)
        && files.All(f => Path.Combine(_folder.Path, f.Key) is var path && File.Exists(path) && Fingerprint.OfFile(path) == f.Value);

    /// <summary>Records that a stage has written these files, and makes the record durable.</summary>
    public void Complete(string stage, params IReadOnlyList<string> files)
    {
        _stages[stage] = files.ToDictionary(f => Path.GetRelativePath(_folder.Path, f), Fingerprint.OfFile);
        Save();
    }

    private void Save() => AtomicFile.WriteAllText(_folder.State, JsonSerializer.Serialize(new Document(CurrentFormat, Key, _stages), Indented));

    private sealed record Document(int Format, string? Key, Dictionary<string, Dictionary<string, string>> Stages);
}
