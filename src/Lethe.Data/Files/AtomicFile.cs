using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Lethe.Data.Files;

/// <summary>
/// A file that is either there whole or not at all: written beside its place as <c>{name}.partial</c>, flushed to the
/// disk, then renamed. A run killed at any moment leaves the old file as it was. Not thread-safe.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    /// <summary>Suffix of the file while it is being written.</summary>
    public const string PartialSuffix = ".partial";

    private readonly FileStream _stream;
    private bool _closed;

    /// <summary>Opens <c>{path}.partial</c> for writing; makes the folder when it does not exist.</summary>
    /// <exception cref="IOException">The file cannot be made, or another writer has it open.</exception>
    public AtomicFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FinalPath = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(FinalPath)!);
        _stream = new FileStream(FinalPath + PartialSuffix, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
    }

    /// <summary>The full path that <see cref="Commit"/> gives the file.</summary>
    public string FinalPath { get; }

    /// <summary>Where to write. Disposing it does no harm; only <see cref="Commit"/> finishes the file.</summary>
    public Stream Stream => _stream;

    /// <summary>Flushes to the disk and puts the file in its place, over an older one.</summary>
    /// <exception cref="InvalidOperationException">Called twice or after disposal.</exception>
    public void Commit()
    {
        if (_closed)
            throw new InvalidOperationException("The file is already closed.");
        _stream.Dispose();
        _closed = true;
        // Reopened, because a writer on top (gzip, CSV) may have closed the stream before its bytes reached the disk.
        using (SafeFileHandle handle = File.OpenHandle(FinalPath + PartialSuffix, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(handle);
        File.Move(FinalPath + PartialSuffix, FinalPath, overwrite: true);
    }

    /// <summary>Closes; a file that was not committed is removed.</summary>
    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        _stream.Dispose();
        File.Delete(FinalPath + PartialSuffix);
    }

    /// <summary>Writes a whole file through <paramref name="write"/>; if that throws, nothing changes on the disk.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        using AtomicFile file = new(path);
        write(file.Stream);
        file.Commit();
    }

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    public static void WriteAllText(string path, string text) => Write(path, s => s.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes bytes.</summary>
    public static void WriteAllBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, s => s.Write(bytes.Span));
}
