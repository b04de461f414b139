using System.IO.Compression;
using Lethe.Data.Files;

namespace Lethe.Data.Tables.Writing;

/// <summary>Text files that appear whole or not at all, gzip when their names end in <c>.gz</c>.</summary>
internal static class TextFiles
{
    /// <summary>Writes a file through <paramref name="write"/>.</summary>
    public static void Write(string path, Action<Stream> write) => AtomicFile.Write(path, stream =>
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            write(stream);
            return;
        }

        using GZipStream gzip = new(stream, CompressionLevel.Optimal, leaveOpen: true);
        write(gzip);
    });
}
