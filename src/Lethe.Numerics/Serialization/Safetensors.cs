using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Lethe.Numerics.Serialization;

/// <summary>
/// Reads and writes the public safetensors layout: 8 bytes of header length, a JSON header, raw little-endian arrays.
/// Reading executes nothing and refuses what does not validate: bounds, overlaps, holes, unknown types, sizes beyond
/// <see cref="SafetensorsLimits"/>, missing or trailing bytes. The same content always gives the same bytes.
/// </summary>
public static class Safetensors
{
    /// <summary>Writes arrays and optional text metadata. The stream stays open.</summary>
    /// <exception cref="ArgumentException">Two arrays share a name.</exception>
    public static void Write(Stream stream, IEnumerable<NamedArray> arrays, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        RequireLittleEndian();
        NamedArray[] ordered = [.. arrays.OrderBy(array => array.Kind).ThenBy(array => array.Name, StringComparer.Ordinal)];
        HashSet<string> names = new(StringComparer.Ordinal);
        List<HeaderEntry> entries = [];
        long position = 0;
        foreach (NamedArray array in ordered)
        {
            if (!names.Add(array.Name))
                throw new ArgumentException($"Two arrays are named '{array.Name}'.", nameof(arrays));
            long end = position + ((long)array.Length * array.Kind.Size());
            entries.Add(new HeaderEntry(array.Name, array.Kind, array.Shape.ToArray(), position, end));
            position = end;
        }

        byte[] header = SafetensorsHeader.Write(entries, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (NamedArray array in ordered)
            WriteElements(stream, array);
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">The content does not validate; the message says what and where.</exception>
    public static SafetensorsFile Read(Stream stream, SafetensorsLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireLittleEndian();
        limits ??= new SafetensorsLimits();
        Span<byte> prefix = stackalloc byte[8];
        ReadFully(stream, prefix);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > (ulong)limits.MaxHeaderBytes)
            SafetensorsThrow.HeaderTooLarge(headerLength, limits.MaxHeaderBytes);
        if (stream.CanSeek && (long)headerLength > stream.Length - stream.Position)
            SafetensorsThrow.Truncated((long)headerLength, stream.Length - stream.Position);
        byte[] header = new byte[(int)headerLength];
        ReadFully(stream, header);
        (List<HeaderEntry> entries, Dictionary<string, string> metadata) = SafetensorsHeader.Parse(header, limits);

        long dataLength = entries.Count == 0 ? 0 : entries[^1].End;
        if (stream.CanSeek && stream.Length - stream.Position < dataLength)
            SafetensorsThrow.Truncated(dataLength, stream.Length - stream.Position);
        List<NamedArray> arrays = new(entries.Count);
        foreach (HeaderEntry entry in entries)
            arrays.Add(ReadArray(stream, entry));
        if (stream.ReadByte() >= 0)
            SafetensorsThrow.TrailingBytes();
        return new SafetensorsFile(arrays, metadata);
    }

    private static NamedArray ReadArray(Stream stream, HeaderEntry entry)
    {
        Array data = entry.Kind.Allocate(entry.Length);
        ForEachChunk(data, entry.Kind, chunk => ReadFully(stream, chunk));
        return new NamedArray(entry.Name, entry.Shape, data);
    }

    private static void WriteElements(Stream stream, NamedArray array)
    {
        switch (array.Kind)
        {
            case ElementKind.Float64: ForEachChunk(array.Elements<double>(), array.Kind, chunk => stream.Write(chunk)); break;
            case ElementKind.Int64: ForEachChunk(array.Elements<long>(), array.Kind, chunk => stream.Write(chunk)); break;
            case ElementKind.Float32: ForEachChunk(array.Elements<float>(), array.Kind, chunk => stream.Write(chunk)); break;
            case ElementKind.Int32: ForEachChunk(array.Elements<int>(), array.Kind, chunk => stream.Write(chunk)); break;
            default: ForEachChunk(array.Elements<byte>(), array.Kind, chunk => stream.Write(chunk)); break;
        }
    }

    private delegate void ChunkAction(Span<byte> chunk);

    // A span counts bytes in 31 bits, an array may hold 16 GB: walk it in pieces of at most 16 MiB of elements.
    private static void ForEachChunk(Array data, ElementKind kind, ChunkAction action)
    {
        const int Step = 1 << 21;
        for (int start = 0; start < data.Length; start += Step)
        {
            int count = Math.Min(Step, data.Length - start);
            ref byte first = ref MemoryMarshal.GetArrayDataReference(data);
            ref byte at = ref System.Runtime.CompilerServices.Unsafe.AddByteOffset(ref first, (nint)start * kind.Size());
            action(MemoryMarshal.CreateSpan(ref at, count * kind.Size()));
        }
    }

    private static void ReadFully(Stream stream, Span<byte> destination)
    {
        int read = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        if (read < destination.Length)
            SafetensorsThrow.Truncated(destination.Length, read);
    }

    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Safetensors files are little-endian; this machine is not.");
    }
}
