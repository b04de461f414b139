using Lethe.Data.Problems;

namespace Lethe.Data.Tables.Reading;

/// <summary>
/// Bytes that can be read from the start as often as needed: a file, or a stream (standard input) kept in memory, since
/// a copy on the disk would be a copy of patients. Gzip is recognised by its first bytes, whatever the name says.
/// </summary>
internal sealed class TextSource
{
    private readonly Func<Stream> _open;
    private readonly bool _gzip;

    private TextSource(string name, Func<Stream> open)
    {
        Name = name;
        _open = open;
        using Stream s = open();
        Span<byte> start = stackalloc byte[16];
        int read = s.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        start = start[..read];
        _gzip = start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
        string? other = start.StartsWith("PK\u0003\u0004"u8) ? "a zip archive or an Excel workbook"
            : start.StartsWith("SQLite format 3"u8) ? "an SQLite database"
            : start.StartsWith("PAR1"u8) ? "a Parquet file"
            : start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? "an old Excel workbook"
            : null;
        if (other is not null)
            throw ReadThrow.NotText(name, other);
    }

    /// <summary>What messages call it: the path as given, or "standard input".</summary>
    public string Name { get; }

    /// <summary>A file, or standard input when <paramref name="path"/> is <c>-</c>.</summary>
    public static TextSource FromPath(string path)
    {
        if (path == "-")
        {
            using Stream input = Console.OpenStandardInput();
            return FromStream(input, "standard input");
        }

        if (Directory.Exists(path))
            throw ReadThrow.IsFolder(path);
        if (!File.Exists(path))
            throw ReadThrow.NotFound(path);
        try
        {
            return new TextSource(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ReadThrow.CannotOpen(path, e);
        }
    }

    /// <summary>The rest of <paramref name="stream"/>, read to its end now.</summary>
    public static TextSource FromStream(Stream stream, string name)
    {
        MemoryStream kept = new();
        try
        {
            stream.CopyTo(kept);
        }
        catch (IOException e) when (kept.Length > Array.MaxLength / 2)
        {
            throw ReadThrow.TooLongForMemory(name, e);
        }

        byte[] bytes = kept.GetBuffer();
        int length = (int)kept.Length;
        return new TextSource(name, () => new MemoryStream(bytes, 0, length, writable: false));
    }

    /// <summary>The (decompressed) bytes from the start.</summary>
    public Stream Open() => _gzip ? new WholeGzipStream(_open) : _open();

    /// <summary>The first bytes, at most <paramref name="count"/>, and whether that is all there is.</summary>
    public (byte[] Bytes, bool Whole) Sample(int count)
    {
        byte[] sample = new byte[count];
        try
        {
            using Stream s = Open();
            int read = s.ReadAtLeast(sample, count, throwOnEndOfStream: false);
            return (sample[..read], read < count);
        }
        catch (InvalidDataException e)
        {
            throw ReadThrow.DamagedGzip(Name, e);
        }
    }
}
