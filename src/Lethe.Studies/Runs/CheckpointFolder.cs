using Lethe.Data.Files;

namespace Lethe.Studies.Runs;

/// <summary>
/// The folder of a fit's checkpoints, tied to what is being fitted: a checkpoint of other data, options or versions is
/// removed rather than continued.
/// </summary>
internal static class CheckpointFolder
{
    private const string KeyFile = "key.txt";

    /// <summary>Makes the folder ready for a fit of this key.</summary>
    public static void Claim(string folder, string key)
    {
        string file = Path.Combine(folder, KeyFile);
        if (File.Exists(file) && File.ReadAllText(file) == key)
            return;
        Remove(folder);
        AtomicFile.WriteAllText(file, key);
    }

    /// <summary>Removes the folder once its model is saved.</summary>
    public static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
