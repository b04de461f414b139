using System.IO.Compression;

namespace Lethe.Synthesis.Models;

/// <summary>
/// The zip around a model: four parts, stored without compression and with one fixed time stamp, so that the same model
/// gives the same bytes and no file can unpack to more than its own size. Reading checks names, sizes and checksums.
/// </summary>
internal static class ModelArchive
{
    public const string Model = "model.json";
    public const string Schema = "schema.json";
    public const string Privacy = "privacy.json";
    public const string Weights = "weights.safetensors";

    private static readonly string[] Names = [Model, Schema, Privacy, Weights];

    // The earliest time a zip can hold: a model does not know when it was saved.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Stream stream, IReadOnlyDictionary<string, byte[]> parts)
    {
        using ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (string name in Names)
        {
            ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
            entry.LastWriteTime = Epoch;
            entry.ExternalAttributes = 0;
            using Stream part = entry.Open();
            part.Write(parts[name]);
        }
    }

    /// <exception cref="InvalidDataException">Not a zip, other parts than the four, a compressed or damaged part.</exception>
    public static Dictionary<string, byte[]> Read(Stream stream)
    {
        try
        {
            using ZipArchive zip = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count != Names.Length || !zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal).SequenceEqual(Names.Order(StringComparer.Ordinal)))
                throw new InvalidDataException($"A model file holds exactly {string.Join(", ", Names)}; this one does not.");
            return zip.Entries.ToDictionary(e => e.FullName, e => ReadPart(e, stream.Length), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or EndOfStreamException or OverflowException)
        {
            throw new InvalidDataException("The file is damaged: it cannot be read as a zip.", e);
        }
    }

    private static byte[] ReadPart(ZipArchiveEntry entry, long fileLength)
    {
        if (entry.Length != entry.CompressedLength)
            throw new InvalidDataException($"The part {entry.FullName} is compressed; model files store their parts as they are.");
        if (entry.Length > fileLength)
            throw new InvalidDataException($"The part {entry.FullName} claims {entry.Length} bytes, the whole file has {fileLength}: it is damaged or cut short.");
        if (entry.Length > Array.MaxLength)
            throw new InvalidDataException($"The part {entry.FullName} has {entry.Length} bytes; at most {Array.MaxLength} can be read.");
        byte[] bytes = new byte[entry.Length];
        using Stream part = entry.Open();
        int read = part.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length || part.ReadByte() >= 0 || Crc32.Of(bytes) != entry.Crc32)
            throw new InvalidDataException($"The part {entry.FullName} is damaged: its length or checksum does not agree.");
        return bytes;
    }
}
