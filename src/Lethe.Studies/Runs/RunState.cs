using System.Text.Json;
using Lethe.Data.Files;

namespace Lethe.Studies.Runs;

/// <summary>
/// Which stages of a run are done: for each the key of what it was computed from, and the hashes of what it wrote. A stage
/// counts as done only while its key is the wanted one and its files are the ones it wrote; so a run killed at any moment,
/// or edited by hand, repeats exactly what is not there whole.
/// </summary>
internal sealed class RunState
{
    private const int CurrentFormat = 1;

    private readonly RunFolder _folder;
    private readonly Dictionary<string, StageRecord> _stages;

    private RunState(RunFolder folder, Dictionary<string, StageRecord> stages)
    {
        _folder = folder;
        _stages = stages;
    }

    /// <summary>The state of the folder; an absent, damaged or foreign file means that nothing is done.</summary>
    public static RunState Load(RunFolder folder)
    {
        try
        {
            if (File.Exists(folder.State)
                && JsonSerializer.Deserialize<Document>(File.ReadAllBytes(folder.State), JsonSerializerOptions.Web) is { Format: CurrentFormat } document)
                return new RunState(folder, document.Stages);
        }
        catch (JsonException)
        {
            // Nothing is trusted from a file that cannot be read: every stage runs again.
        }

        return new RunState(folder, []);
    }

    /// <summary>True when the stage was done from the same inputs and its files are unchanged.</summary>
    public bool IsDone(string stage, string key) =>
        _stages.TryGetValue(stage, out StageRecord? record)
        && record.Key == key
        && record.Files.All(f => Absolute(f.Key) is var path && File.Exists(path) && Fingerprint.OfFile(path) == f.Value);

    /// <summary>Records that a stage has written these files, and makes the record durable.</summary>
    public void Complete(string stage, string key, params IReadOnlyList<string> files)
    {
        _stages[stage] = new StageRecord(key, files.ToDictionary(f => Path.GetRelativePath(_folder.Path, f), Fingerprint.OfFile));
        AtomicFile.WriteAllText(_folder.State, JsonSerializer.Serialize(new Document(CurrentFormat, _stages), Indented));
    }

    private static JsonSerializerOptions Indented { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private string Absolute(string relative) => Path.Combine(_folder.Path, relative);

    private sealed record StageRecord(string Key, Dictionary<string, string> Files);

    private sealed record Document(int Format, Dictionary<string, StageRecord> Stages);
}
