namespace Lethe.Data.Files;

/// <summary>A folder that is there whole or not at all: written beside its place as <c>{name}.partial</c>, then renamed.</summary>
public static class AtomicFolder
{
    /// <summary>Fills a new folder and puts it in its place, over an older one; if <paramref name="fill"/> throws, nothing changes on the disk.</summary>
    /// <param name="folder">The place.</param>
    /// <param name="fill">Is given the path of an empty folder beside it.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(string folder, Action<string> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string partial = place + AtomicFile.PartialSuffix;
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true); // of a run that was killed
        Directory.CreateDirectory(partial);
        try
        {
            fill(partial);
            Replace(place, partial);
        }
        catch
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
            throw;
        }
    }

    /// <summary>Two renames: a reader sees the old folder, for an instant none, then the new one; never a mixture.</summary>
    private static void Replace(string place, string partial)
    {
        string old = place + ".old";
        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
        if (Directory.Exists(place))
            Directory.Move(place, old);
        Directory.Move(partial, place);
        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
    }
}
