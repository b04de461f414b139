namespace Lethe.Numerics.Serialization;

/// <summary>Writes a file so that a reader, or a restart after a crash, sees the old content or the new, never half of one.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes to a neighbour file, flushes it to disk, then renames it over the target. When <paramref name="write"/>
    /// throws, the target is untouched and the neighbour removed.
    /// </summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string neighbour = path + ".partial";
        try
        {
            using (FileStream stream = new(neighbour, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(neighbour, path, overwrite: true);
        }
        catch
        {
            File.Delete(neighbour);
            throw;
        }
    }
}
